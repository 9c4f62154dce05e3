import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildGround } from '#locate/ground/build.ts';
import { distanceM } from '#road/geo.ts';
import { cellPoints, zOrder } from '../../server/locating/cells.ts';
import { townGround } from '../builders/ground.ts';

const { ground: source, router } = townGround();
const ground = buildGround(router.graph, source.tables);
const order = zOrder(ground);
const sum = (values: Iterable<number>) => Array.from(values).reduce((total, value) => total + value, 0);

it('the order holds each cell once, and keeps neighbours together', () => {
  expect(order.toSorted()).toEqual(Uint32Array.from({ length: ground.cellCount }, (_, i) => i));
  const at = (cell: number): [number, number] => [ground.cellLng[cell]!, ground.cellLat[cell]!];
  const steps = Array.from(order.subarray(1), (cell, i) => distanceM(at(order[i]!), at(cell)));
  expect(sum(steps) / steps.length).toBeLessThan(400);
});

it('points hold what the cells hold, lie on cells, and are told one by one where they are worth it', () => {
  const masses = fc.record({ seed: fc.nat(), peak: fc.double({ min: 0.1, max: 8, noNaN: true }) });
  fc.assert(
    fc.property(masses, ({ seed, peak }) => {
      const mass = Float64Array.from({ length: ground.cellCount }, (_, i) => {
        const x = Math.abs(Math.sin(i * 12.9898 + seed) * 43758.5453) % 1;
        return x < 0.2 ? 0 : x ** peak;
      });
      const total = sum(mass);
      const share = mass.map(m => m / total);
      const { lng, lat, p } = cellPoints(ground, order, share);
      expect(sum(p)).toBeCloseTo(1, 9);
      expect(p.length).toBeLessThanOrEqual(3001);
      expect(p.slice(0, -1).every(each => each >= 1e-5)).toBe(true);
      const known = new Set(
        Array.from(share.keys(), i => `${ground.cellLng[i]!.toFixed(6)} ${ground.cellLat[i]!.toFixed(6)}`),
      );
      p.forEach((_, i) => expect(known.has(`${lng[i]!.toFixed(6)} ${lat[i]!.toFixed(6)}`)).toBe(true));
      const likeliest = share.indexOf(Math.max(...share));
      expect(p).toContain(share[likeliest]);
    }),
    { numRuns: 30 },
  );
});
