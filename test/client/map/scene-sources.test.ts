import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMarkName } from '../../../client/map/layers/mark-images.ts';
import type { MapIncident } from '../../../client/map/scene.ts';
import { ageText, distanceText, durationText, scaleBar } from '../../../client/map/sources/age.ts';
import { incidentMarks } from '../../../client/map/sources/incidents.ts';
import { lengthM, measureFeatures } from '../../../client/map/sources/measure.ts';
import { nearestFeatures, routeFeatures } from '../../../client/map/sources/routes.ts';

describe('texts', () => {
  it('say ages and lengths in few characters', () => {
    expect([0, 45_000, 12 * 60_000, 80 * 60_000].map(ms => ageText(ms, 'zh'))).toEqual([
      '刚刚',
      '45秒前',
      '12分前',
      '1时20分前',
    ]);
    expect(ageText(-5000, 'en')).toBe('now');
    expect([30, 600, 4800, 300_000].map(s => durationText(s, 'en'))).toEqual(['30s', '10min', '1h20', '3d']);
    expect([4, 853, 2440, 36_400].map(m => distanceText(m, 'en'))).toEqual([
      '0 m',
      '850 m',
      '2.4 km',
      '36 km',
    ]);
  });

  it('make a scale bar that is as long as its label says, round, and fits', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 5000, noNaN: true }),
        fc.integer({ min: 60, max: 300 }),
        (metresPerPx, maxPx) => {
          const { metres, widthPx } = scaleBar(metresPerPx, maxPx);
          expect(widthPx).toBeLessThanOrEqual(maxPx + 1e-9);
          expect(widthPx).toBeGreaterThan(maxPx / 2.6);
          expect(metres / metresPerPx).toBeCloseTo(widthPx);
          expect([1, 2, 5]).toContain(Math.round(metres / 10 ** Math.floor(Math.log10(metres) + 1e-9)));
        },
      ),
    );
  });
});

describe('incidents', () => {
  const incident = (id: string, more: Partial<MapIncident> = {}): MapIncident => ({
    id,
    position: [103.3, 24.8],
    risk: 'low',
    number: 1,
    openedAt: 0,
    ...more,
  });

  it('at one place lie side by side, gravest first, around the place', () => {
    const marks = incidentMarks(
      [incident('a'), incident('b', { risk: 'extraHigh' }), incident('c', { risk: 'high' })],
      null,
      0,
      'zh',
    );
    const byX = [...marks].sort((a, b) => a.offsetPx[0] - b.offsetPx[0]).map(mark => mark.id);
    expect(byX).toEqual(['b', 'c', 'a']);
    expect(marks.reduce((sum, mark) => sum + mark.offsetPx[0], 0)).toBeCloseTo(0);
  });

  it('closed ones go, unless they are what is looked at; the selected one lies on top', () => {
    const list = [incident('a', { closed: true }), incident('b', { risk: 'extraHigh', position: [103, 24] })];
    expect(incidentMarks(list, null, 0, 'zh').map(mark => mark.id)).toEqual(['b']);
    const [a, b] = incidentMarks(list, { kind: 'incident', id: 'a' }, 0, 'zh');
    expect(a?.selected).toBe(true);
    expect(a!.order).toBeGreaterThan(b!.order);
  });
});

describe('ways', () => {
  it('show road and straight line of each nearest unit, the best on top', () => {
    const items = [0, 1].map(i => ({
      unitId: `u${i}`,
      position: [103 + i, 24] as [number, number],
      travelTimeS: 180,
      distanceM: 1500,
      path: [
        [103 + i, 24],
        [104, 25],
      ] as [number, number][],
    }));
    const features = nearestFeatures({ to: [104, 25], items }, 'zh');
    const roads = features.filter(one => one.properties?.role === 'road');
    expect(roads.map(one => one.properties?.order)).toEqual([1, 0]);
    expect(features.filter(one => one.properties?.role === 'straight')).toHaveLength(2);
    expect(
      features.find(one => one.properties?.role === 'time' && one.properties.order === 0)?.properties?.text,
    ).toBe('1 · 3分 · 1.5公里');
    expect(nearestFeatures(null, 'zh')).toEqual([]);
  });

  it('say what is left until arrival, and skip ways without length', () => {
    const route = {
      unitId: 'u',
      path: [
        [1, 2],
        [3, 4],
      ] as [number, number][],
      proposed: true,
      etaAt: 125_000,
    };
    expect(routeFeatures([route], 5000, 'en').map(one => one.properties)).toEqual([
      { role: 'proposed', unitId: 'u' },
      { role: 'end', text: '2min', unitId: 'u' },
    ]);
    expect(routeFeatures([{ ...route, path: [[1, 2]] }], 0, 'en')).toEqual([]);
  });

  it('measure along great circles', () => {
    expect(
      lengthM([
        [0, 0],
        [0, 1],
      ]),
    ).toBeCloseTo(111_195, -1);
    expect(lengthM([[0, 0]])).toBe(0);
    const texts = measureFeatures(
      [
        [0, 0],
        [0, 0.01],
        [0, 0.02],
      ],
      'en',
    )
      .filter(one => one.properties?.role === 'corner')
      .map(one => one.properties?.text);
    expect(texts).toEqual(['', '1.1 km', '2.2 km']);
  });
});

describe('mark names', () => {
  it('are read back as they were meant, and nothing else is', () => {
    expect(parseMarkName('mark/dark/sighting-cell/3/newest')).toEqual({
      theme: 'dark',
      icon: 'sighting-cell',
      label: '3',
      variant: 'newest',
    });
    for (const other of ['shield', 'mark/dim/x/1/newest', 'mark/dark/x/1/unknown', 'mark/dark//1/newest'])
      expect(parseMarkName(other)).toBeNull();
  });
});
