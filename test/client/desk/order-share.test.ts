import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { follow, isSettled, likeliestStation, type Settled } from '../../../client/desk/loop/order-share.ts';

/** Squares of one degree side by side; the second has a hole in its middle. */
const square = (west: number, inset = 0) => [
  [west + inset, inset],
  [west + 1 - inset, inset],
  [west + 1 - inset, 1 - inset],
  [west + inset, 1 - inset],
  [west + inset, inset],
];
const area = (id: string, ...rings: number[][][]) => ({
  id,
  jurisdiction: { area: { type: 'MultiPolygon' as const, coordinates: [rings] }, estimated: false },
});
const stations = [
  area('a', square(0)),
  area('b', square(1), square(1, 0.4)),
  { id: 'c', jurisdiction: null },
];

describe('in whose area she most likely is', () => {
  it('sums the belief of cells and places inside each area, its holes and what lies outside left out', () => {
    const coordinate = fc.integer({ min: -50, max: 250 }).map(n => n / 100 + 0.001);
    const points = fc.array(fc.record({ lng: coordinate, lat: coordinate, p: fc.nat(100) }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(points, points, (cells, places) => {
        const all = [...cells, ...places];
        const within = ({ lng, lat }: { lng: number; lat: number }, west: number, inset = 0) =>
          lng > west + inset && lng < west + 1 - inset && lat > inset && lat < 1 - inset;
        const sum = (holds: (point: { lng: number; lat: number }) => boolean) =>
          all.filter(holds).reduce((total, { p }) => total + p, 0);
        const a = sum(point => within(point, 0));
        const b = sum(point => within(point, 1) && !within(point, 1, 0.4));
        const found = likeliestStation(
          {
            cells: {
              lng: cells.map(({ lng }) => lng),
              lat: cells.map(({ lat }) => lat),
              p: cells.map(({ p }) => p),
            },
            places: places.map(({ lng, lat, p }) => ({ position: { lng, lat }, poa: p })),
          },
          stations,
        );
        expect(found?.share ?? 0).toBe(Math.max(a, b));
        if (a !== b) expect(found?.stationId).toBe(a > b ? 'a' : 'b');
      }),
    );
  });

  it('counts as settled after five minutes above the bar in one area, and begins anew elsewhere', () => {
    const steps = fc.array(
      fc.record({ stationId: fc.constantFrom('a', 'b'), share: fc.constantFrom(0.5, 0.7, 0.9) }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(steps, beliefs => {
        let settled: Settled | null = null;
        beliefs.forEach((belief, minute) => (settled = follow(settled, belief, minute * 60_000)));
        const newest = beliefs.at(-1);
        const other = beliefs.findLastIndex(
          ({ stationId, share }) => share < 0.7 || stationId !== newest?.stationId,
        );
        const minutes = beliefs.length - 1 - (other + 1);
        const now = (beliefs.length - 1) * 60_000;
        const fit = newest !== undefined && newest.share >= 0.7;
        expect(settled !== null && isSettled(settled, now)).toBe(fit && minutes >= 5);
      }),
    );
    expect(follow(null, null, 0)).toBeNull();
  });
});
