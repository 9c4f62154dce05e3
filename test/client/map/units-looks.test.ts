import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unitAt } from '../../../client/map/sources/hit.ts';
import { unitLabelFeatures } from '../../../client/map/sources/unit-labels.ts';
import { lookStride, spriteOf, staleAfterMs, writeLooks } from '../../../client/map/sources/unit-looks.ts';
import { unitKinds, unitStates, UnitSlots } from '../../../client/map/sources/unit-slots.ts';
import type { LngLat } from '../../../client/map/scene.ts';

const nowAt = 1_000_000;

function slotsWith(
  units: { state?: (typeof unitStates)[number]; fixAt?: number; speedMps?: number; position?: LngLat }[],
): UnitSlots {
  const slots = new UnitSlots();
  units.forEach(({ state = 'available', fixAt = nowAt, speedMps = 10, position = [103, 25] }, slot) => {
    slots.describe(slot, { id: `u${slot}`, callsign: `C${slot}`, kind: 'car', state });
    slots.place(slot, position[0], position[1], fixAt, speedMps, 270);
  });
  return slots;
}

function looksOf(
  slots: UnitSlots,
  options: { hidden?: number[]; selectedSlot?: number; visible?: boolean } = {},
): Float32Array {
  const looks = new Float32Array(lookStride * slots.fixAt.length);
  const hidden = new Uint8Array(slots.count);
  for (const slot of options.hidden ?? []) hidden[slot] = 1;
  writeLooks(slots, looks, {
    nowAt,
    hidden,
    selectedSlot: options.selectedSlot ?? -1,
    visible: options.visible ?? true,
  });
  return looks;
}

describe('looks of units', () => {
  it('give every kind, state and freshness a sprite of its own', () => {
    const sprites = new Set(
      [false, true].flatMap(stale =>
        unitKinds.flatMap((_, kind) => unitStates.map((__, state) => spriteOf(kind, state, stale))),
      ),
    );
    expect(sprites.size).toBe(2 * unitKinds.length * unitStates.length);
  });

  it('hide clustered units but never the selected one, and all when switched off', () => {
    const slots = slotsWith([{}, {}, {}]);
    const looks = looksOf(slots, { hidden: [0, 1], selectedSlot: 1 });
    expect([0, 1, 2].map(slot => looks[lookStride * slot + 1]! > 0)).toEqual([false, true, true]);
    const off = looksOf(slots, { selectedSlot: 1, visible: false });
    expect([0, 1, 2].map(slot => off[lookStride * slot + 1])).toEqual([0, 0, 0]);
  });

  it('show a course only while it means something: fresh and moving', () => {
    const looks = looksOf(slotsWith([{}, { speedMps: 0.2 }, { fixAt: nowAt - staleAfterMs - 1 }]));
    expect([0, 1, 2].map(slot => looks[lookStride * slot + 2])).toEqual([270, -1, -1]);
  });
});

describe('names of units', () => {
  const options = {
    view: { west: 102, south: 24, east: 104, north: 26, zoom: 14 },
    inView: 3,
    hidden: new Uint8Array(3),
    selectedSlot: -1,
    nowAt,
    lang: 'zh',
    labels: true,
  } as const;
  const texts = (slots: UnitSlots, more: object = {}) =>
    unitLabelFeatures(slots, {
      ...options,
      drawnAt: slot => [slots.lngLat[2 * slot]!, slots.lngLat[2 * slot + 1]!],
      ...more,
    }).map(one => String(one.properties?.text));

  it('say the age of what has not been heard of', () => {
    expect(texts(slotsWith([{}, { fixAt: nowAt - 180_000 }]))).toEqual(['C0', 'C1\n3分前']);
  });

  it('are kept to busy and selected units when there are many', () => {
    const slots = slotsWith([{}, { state: 'enRoute' }, {}]);
    expect(texts(slots, { inView: 1000 })).toEqual(['C1']);
    expect(texts(slots, { inView: 1000, selectedSlot: 2 })).toEqual(['C2', 'C1']);
    expect(texts(slots, { labels: false, selectedSlot: 2 })).toEqual(['C2']);
  });
});

describe('unitAt', () => {
  it('finds the same unit as a search over all of them', () => {
    const place = fc.tuple(
      fc.double({ min: -50, max: 50, noNaN: true }),
      fc.double({ min: -50, max: 50, noNaN: true }),
    );
    fc.assert(
      fc.property(
        fc.array(place, { maxLength: 40 }),
        place,
        fc.array(fc.nat(39)),
        (places, pointer, hidden) => {
          const perPx = 1e-4;
          const slots = slotsWith(places.map(([x, y]) => ({ position: [103 + x * perPx, 25 - y * perPx] })));
          const looks = looksOf(slots, { hidden });
          const at = {
            x: pointer[0],
            y: pointer[1],
            position: [103 + pointer[0] * perPx, 25 - pointer[1] * perPx] as LngLat,
          };
          const found = unitAt(slots, at, 16, {
            looks,
            drawnAt: slot => [slots.lngLat[2 * slot]!, slots.lngLat[2 * slot + 1]!],
            project: ([lng, lat]) => ({ x: (lng - 103) / perPx, y: (25 - lat) / perPx }),
            reachDeg: 20 * perPx,
          });
          const distancePx = (slot: number) =>
            Math.hypot(places[slot]![0] - pointer[0], places[slot]![1] - pointer[1]);
          const candidates = places
            .map((_, slot) => slot)
            .filter(slot => !hidden.includes(slot) && distancePx(slot) <= 15.999);
          if (candidates.length === 0) expect(found === -1 || distancePx(found) > 15.99).toBe(true);
          else expect(distancePx(found)).toBeCloseTo(Math.min(...candidates.map(distancePx)), 3);
        },
      ),
    );
  });
});
