import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { giveLooks, lookParts, routeColors, routeDashes } from '../../../client/map/layers/route-looks.ts';
import type { MapPlan } from '../../../client/map/scene.ts';
import { planFeatures } from '../../../client/map/sources/plan.ts';
import { contrastRatio, themeColors } from '../../../client/ui/tokens.ts';
import { deuteranope, rgbOf } from './vision.ts';

const at = Date.parse('2026-11-22T01:47:00Z');
const route = (unitId: string, more: Partial<MapPlan['routes'][number]> = {}): MapPlan['routes'][number] => ({
  unitId,
  callsign: `茶口-${unitId}`,
  look: 0,
  path: [
    [103.3, 24.8],
    [103.31, 24.8],
  ],
  stops: [
    { position: [103.31, 24.8], order: 1, etaAt: at },
    { position: [103.32, 24.8], order: 2, etaAt: at + 600_000 },
  ],
  selected: false,
  ...more,
});
const plan = (routes: MapPlan['routes']): MapPlan => ({ routes, intercepts: [], exits: [] });

describe('the plan on the map', () => {
  it('numbers the stops of a unit and says when it is there', () => {
    const texts = planFeatures(plan([route('1')]))
      .filter(one => one.properties?.role === 'stop')
      .map(one => one.properties?.text);
    expect(texts).toEqual(['茶口-1 ① 09:47', '② 09:57']);
  });

  it('lets the way that is looked at stand out, on top of the others', () => {
    const ways = planFeatures(plan([route('1', { selected: true }), route('2')])).filter(
      one => one.properties?.role === 'way',
    );
    expect(ways.map(one => [one.properties?.unitId, one.properties?.strength])).toEqual([
      ['2', 0.35],
      ['1', 1],
    ]);
    const all = planFeatures(plan([route('1'), route('2')]));
    expect(all.every(one => one.properties?.strength === 1)).toBe(true);
  });

  it('draws no way without length, and posts with unit, time and share', () => {
    const features = planFeatures({
      routes: [route('1', { path: [[103, 24]], stops: [] })],
      intercepts: [{ unitId: 'u', callsign: 'A', position: [103, 24], arriveAt: at, share: 0.34 }],
      exits: [{ unitId: 'u', callsign: 'B', position: [103, 24], arriveAt: at }],
    });
    expect(features.map(one => one.properties)).toEqual([
      { role: 'exit', text: 'B 09:47' },
      { role: 'intercept', text: 'A 09:47 · 34%' },
    ]);
    expect(planFeatures(null)).toEqual([]);
  });
});

describe('looks of ways', () => {
  it('stay with their unit from plan to plan and are never given twice', () => {
    const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(ids, ids, (first, second) => {
        const before = giveLooks({}, first);
        const after = giveLooks(before, second);
        expect(Object.keys(after).sort()).toEqual([...second].sort());
        expect(new Set(Object.values(after)).size).toBe(second.length);
        for (const id of second) if (id in before) expect(after[id]).toBe(before[id]);
      }),
    );
  });

  it('differ in colour and dash between neighbours, and in one of them among eighteen', () => {
    const all = Array.from({ length: 18 }, (_, look) => lookParts(look));
    expect(new Set(all.map(({ color, dash }) => `${color} ${dash}`)).size).toBe(18);
    all.slice(1).forEach((next, i) => expect(next.color).not.toBe(all[i]!.color));
    for (const { color, dash } of all) {
      expect(routeColors.dark[color]).toBeDefined();
      expect(routeDashes[dash]).toBeDefined();
    }
  });

  it.each(['dark', 'light'] as const)(
    'read on their ground, and neighbours apart for a deuteranope (%s)',
    theme => {
      const colors = routeColors[theme];
      for (const color of colors) expect(contrastRatio(color, themeColors[theme].bg)).toBeGreaterThan(4.5);
      Array.from({ length: 17 }, (_, look) => [lookParts(look), lookParts(look + 1)] as const).forEach(
        ([a, b]) => {
          const [seenA, seenB] = [a, b].map(({ color }) => deuteranope(rgbOf(colors[color]!)));
          const apart = Math.hypot(...seenA!.map((byte, i) => byte - seenB![i]!));
          expect(apart > 25 || a.dash !== b.dash).toBe(true);
        },
      );
    },
  );
});
