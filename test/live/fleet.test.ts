import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LngLat } from '#road/geo.ts';
import { Fleet, type LatestFix } from '../../server/live/fleet.ts';

type Offered = Parameters<Fleet['offer']>[0];

const fixes = fc.array(
  fc.record({
    slot: fc.nat(5),
    observedAtMs: fc.integer({ min: 1000, max: 1020 }),
    lng: fc.integer({ min: -180, max: 180 }),
    lat: fc.integer({ min: -90, max: 90 }),
    speedMps: fc.option(fc.integer({ min: 0, max: 50 })),
    future: fc.boolean(),
  }),
  { maxLength: 60 },
);

const offered = (fix: {
  slot: number;
  observedAtMs: number;
  lng: number;
  lat: number;
  speedMps: number | null;
  future: boolean;
}): Offered => ({
  ...fix,
  unitId: `u${fix.slot}`,
  stationId: fix.slot % 2 === 0 ? 'even' : 'odd',
  accuracyM: null,
  courseDeg: null,
  batteryPct: null,
  key: JSON.stringify(fix),
});

function stateOf(fleet: Fleet): LatestFix[] {
  const state: LatestFix[] = [];
  fleet.forEach(fix => state.push(fix));
  return state;
}

describe('Fleet', () => {
  it('R2 holds the newest fix of each unit, whatever the order and repetition', () => {
    fc.assert(
      fc.property(fixes, fc.infiniteStream(fc.nat()), (input, random) => {
        const all = input.map(offered);
        const straight = new Fleet();
        for (const fix of all) straight.offer(fix);
        const shuffled = new Fleet();
        const order = [...all, ...all]
          .map(fix => ({ fix, by: random.next().value! }))
          .sort((a, b) => a.by - b.by);
        for (const { fix } of order) shuffled.offer(fix);
        expect(stateOf(shuffled)).toEqual(stateOf(straight));

        for (let slot = 0; slot <= 5; slot++) {
          const candidates = all.filter(fix => fix.slot === slot && !fix.future);
          const newest = candidates.sort(
            (a, b) => b.observedAtMs - a.observedAtMs || (a.key < b.key ? 1 : -1),
          )[0];
          const held = straight.latest(`u${slot}`);
          expect(held?.observedAtMs).toBe(newest?.observedAtMs);
          expect(held && [held.lng, held.lat, held.speedMps]).toEqual(
            newest && [newest.lng, newest.lat, newest.speedMps],
          );
        }
      }),
    );
  });

  it('R3 a fix flagged as future is never the latest', () => {
    const fleet = new Fleet();
    const base = { slot: 3, lng: 1, lat: 2, speedMps: null };
    fleet.offer(offered({ ...base, observedAtMs: 100, future: false }));
    expect(fleet.offer(offered({ ...base, observedAtMs: 900, future: true }))).toBe(false);
    expect(fleet.latest('u3')?.observedAtMs).toBe(100);
  });

  it('tells which slots changed since a version, by station too', () => {
    fc.assert(
      fc.property(fixes, fixes, (before, after) => {
        const fleet = new Fleet();
        for (const fix of before) fleet.offer(offered(fix));
        const { version } = fleet;
        const moved = new Set(after.filter(fix => fleet.offer(offered(fix))).map(fix => fix.slot));
        const slots = [...moved].sort((a, b) => a - b);
        expect(fleet.changedSince(version)).toEqual(slots);
        expect(fleet.changedSince(version, 'odd')).toEqual(slots.filter(slot => slot % 2 === 1));
        expect(fleet.changedSince(fleet.version)).toEqual([]);
      }),
    );
  });

  it('ties the newest fix to the road, once, and no other', () => {
    const asked: LngLat[] = [];
    const fleet = new Fleet(position => {
      asked.push(position);
      return { asked: position, edge: 7, fraction: 0.5, position, distanceM: 0 };
    });
    const fix = { slot: 2, lat: 1, speedMps: null, future: false };
    fleet.offer(offered({ ...fix, lng: 3, observedAtMs: 100 }));
    fleet.offer(offered({ ...fix, lng: 4, observedAtMs: 50 }));
    fleet.offer(offered({ ...fix, lng: 5, observedAtMs: 200 }));
    expect(asked).toEqual([
      [3, 1],
      [5, 1],
    ]);
    expect(fleet.snapAt(2)?.asked).toEqual([5, 1]);
    expect(fleet.snapAt(1)).toBeNull();
    expect(new Fleet().snapAt(2)).toBeNull();
  });

  it('keeps what it holds while it grows', () => {
    const fleet = new Fleet();
    for (let slot = 0; slot < 3000; slot += 7) {
      fleet.offer(
        offered({ slot, observedAtMs: slot + 1, lng: slot % 180, lat: 1, speedMps: 2, future: false }),
      );
    }
    for (let slot = 0; slot < 3000; slot += 7) expect(fleet.latest(`u${slot}`)?.lng).toBe(slot % 180);
    expect(fleet.at(1)).toBeUndefined();
    expect(fleet.latest('nobody')).toBeUndefined();
  });
});
