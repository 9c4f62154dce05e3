import {
  booleanIntersects,
  intersect,
  featureCollection,
  area as areaM2,
  multiPolygon,
  polygon,
} from '@turf/turf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areasOf, type OwnerRaster } from '../../server/region/partition.ts';

type Point = [number, number];

/** Rasters of patches, as a nearest-sample assignment gives them, and of noise, which it never gives. */
const rasters = (most: number): fc.Arbitrary<{ raster: OwnerRaster; owners: number }> =>
  fc
    .record({
      columns: fc.integer({ min: 1, max: 24 }),
      rows: fc.integer({ min: 1, max: 24 }),
      owners: fc.integer({ min: 1, max: 5 }),
      noise: fc.boolean(),
    })
    .chain(({ columns, rows, owners, noise }) =>
      fc
        .array(fc.tuple(fc.nat(columns * 10), fc.nat(rows * 10), fc.nat(owners - 1)), {
          minLength: 1,
          maxLength: noise ? most * 4 : most,
        })
        .map(sites => {
          const owner = Int32Array.from({ length: columns * rows }, (_, cell) => {
            const [x, y] = [(cell % columns) * 10, Math.floor(cell / columns) * 10];
            return sites.reduce((a, b) => (off(b, x, y) < off(a, x, y) ? b : a))[2];
          });
          return { raster: { columns, rows, owner }, owners };
        }),
    );
const off = ([x, y]: readonly [number, number, number], atX: number, atY: number) =>
  (x - atX) ** 2 + (y - atY) ** 2;

const ringArea = (ring: readonly Point[]) =>
  ring.slice(1).reduce((sum, [x, y], i) => sum + ring[i]![0] * y - x * ring[i]![1], 0) / 2;

describe('areas of a raster', () => {
  it('rings are closed, outer ones turn left, holes right', () => {
    fc.assert(
      fc.property(rasters(12), ({ raster, owners }) => {
        for (const [outer, ...holes] of areasOf(raster, owners).flat()) {
          for (const ring of [outer!, ...holes]) {
            expect(ring.length).toBeGreaterThanOrEqual(4);
            expect(ring.at(-1)).toEqual(ring[0]);
          }
          expect(ringArea(outer!)).toBeGreaterThan(0);
          for (const hole of holes) expect(ringArea(hole)).toBeLessThan(0);
        }
      }),
    );
  });

  it('together they cover the raster but for its cut corners, and no two of them overlap', () => {
    fc.assert(
      fc.property(rasters(10), ({ raster, owners }) => {
        const areas = areasOf(raster, owners);
        const sum = areas.flat(2).reduce((total, ring) => total + ringArea(ring), 0);
        // Every inner border is shared, so what one loses the other wins; only the frame's own corners can be cut.
        expect(sum).toBeLessThanOrEqual(raster.columns * raster.rows + 1e-6);
        expect(sum).toBeGreaterThanOrEqual(raster.columns * raster.rows - 2);
        // Small, so that turf takes the plane for a piece of the earth.
        const shapes = areas
          .filter(polygons => polygons.length > 0)
          .map(polygons =>
            multiPolygon(
              polygons.map(rings => rings.map(ring => ring.map(([x, y]) => [x / 1000, y / 1000]))),
            ),
          );
        for (const [i, a] of shapes.entries()) {
          for (const b of shapes.slice(i + 1)) {
            const common = intersect(featureCollection([a, b]));
            expect(common ? areaM2(common) : 0).toBeLessThan(1);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('a cell whose surroundings are of one owner lies in that owner’s area', () => {
    fc.assert(
      fc.property(rasters(6), ({ raster, owners }) => {
        const { columns, rows, owner } = raster;
        const shapes = areasOf(raster, owners);
        for (let y = 2; y < rows - 2; y++)
          for (let x = 2; x < columns - 2; x++) {
            const own = owner[y * columns + x]!;
            let alone = true;
            for (let dy = -2; dy <= 2; dy++)
              for (let dx = -2; dx <= 2; dx++) alone &&= owner[(y + dy) * columns + x + dx] === own;
            if (!alone) continue;
            const cell = polygon([
              [
                [x + 0.4, y + 0.4],
                [x + 0.6, y + 0.4],
                [x + 0.6, y + 0.6],
                [x + 0.4, y + 0.4],
              ],
            ]);
            const holders = shapes.flatMap((polygons, i) =>
              polygons.length > 0 && booleanIntersects(multiPolygon(polygons), cell) ? [i] : [],
            );
            expect(holders).toEqual([own]);
          }
      }),
      { numRuns: 40 },
    );
  });

  it('a lake in a county: a ring and its hole', () => {
    const owner = new Int32Array(100);
    for (const [x, y] of [
      [4, 4],
      [5, 4],
      [4, 5],
      [5, 5],
    ] as const)
      owner[y * 10 + x] = 1;
    const [land, lake] = areasOf({ columns: 10, rows: 10, owner }, 2);
    expect(land).toHaveLength(1);
    expect(land![0]).toHaveLength(2);
    expect(lake).toHaveLength(1);
  });
});
