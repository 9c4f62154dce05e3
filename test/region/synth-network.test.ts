import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Network } from '../../server/region/synth/network.ts';
import { buildPartition } from '../../server/region/synth/partition.ts';
import {
  crossFraction,
  insideRing,
  type Line,
  signedArea,
  type Vec,
} from '../../server/region/synth/plane.ts';
import { createRandom } from '#domain/random.ts';
import { contourRings, polygonsOf, Raster } from '../../server/region/synth/raster.ts';

const point = fc.tuple(fc.integer({ min: -300, max: 300 }), fc.integer({ min: -300, max: 300 }));
const style = { roadClass: 'residential', speedKmh: 30 } as const;

describe('network', () => {
  it('never lets two ground roads cross without a node, whatever is laid', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(point, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 14 }),
        lines => {
          const network = new Network();
          for (const line of lines) network.addLine(line as Line, style);
          const found: string[] = [];
          const live = network.edges.filter(edge => edge.alive);
          for (const [i, one] of live.entries()) {
            for (const other of live.slice(i + 1)) {
              if ([one.a, one.b].some(node => node === other.a || node === other.b)) continue;
              const [a, b, c, d] = [one.a, one.b, other.a, other.b].map(
                node => network.nodes[node] as Vec,
              ) as [Vec, Vec, Vec, Vec];
              const t = crossFraction(a, b, c, d);
              const u = crossFraction(c, d, a, b);
              const proper = t !== null && u !== null && t > 1e-6 && t < 1 - 1e-6 && u > 1e-6 && u < 1 - 1e-6;
              if (proper) found.push(`${one.a}–${one.b} × ${other.a}–${other.b}`);
            }
          }
          expect(found).toEqual([]);
        },
      ),
      { numRuns: 80 },
    );
  });

  it('lets a road of a higher level pass over', () => {
    const network = new Network();
    network.addLine(
      [
        [-50, 0],
        [50, 0],
      ],
      style,
    );
    network.addLine(
      [
        [0, -50],
        [0, 50],
      ],
      { ...style, level: 1 },
    );
    for (const edge of network.edges)
      expect(edge.alive && network.edgesAt(edge.a).length).toBeLessThanOrEqual(2);
    network.addLine(
      [
        [10, -50],
        [10, 50],
      ],
      style,
    );
    const junctions = network.nodes.filter((_, node) => network.edgesAt(node).length === 4);
    expect(junctions).toEqual([[10, 0]]);
  });
});

describe('partition', () => {
  it('puts every point that is in any area in exactly one, for random seeds of areas', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 2, max: 9 }), (seed, count) => {
        const random = createRandom(seed);
        const seeds = Array.from(
          { length: count },
          (): Vec => [random.range(-900, 900), random.range(-900, 900)],
        );
        const nearest = (p: Vec): number => {
          const distances = seeds.map(other => Math.hypot(other[0] - p[0], other[1] - p[1]));
          return Math.hypot(...p) > 1_000 ? -1 : distances.indexOf(Math.min(...distances));
        };
        const { polygons, borders } = buildPartition(new Raster([0, 0], 1_300, 50), nearest, count);
        expect(borders.length).toBeGreaterThan(0);
        for (let i = 0; i < 200; i++) {
          const angle = random.range(0, Math.PI * 2);
          const p: Vec = [Math.cos(angle) * random.range(0, 880), Math.sin(angle) * random.range(0, 880)];
          const holders = polygons.filter(area =>
            area.some(rings => rings.filter(ring => insideRing(p, ring)).length % 2 === 1),
          );
          expect(holders.length).toBe(1);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('contour', () => {
  it('outlines a ring-shaped hill as one polygon with a hole of the right areas', () => {
    const raster = new Raster([0, 0], 500, 10).fill((x, y) => 100 - Math.abs(Math.hypot(x, y) - 300));
    const polygons = polygonsOf(contourRings(raster), 10);
    expect(polygons.length).toBe(1);
    const [outer, hole] = polygons[0] as [Line, Line];
    expect(signedArea(outer)).toBeCloseTo(Math.PI * 400 ** 2, -4);
    expect(-signedArea(hole)).toBeCloseTo(Math.PI * 200 ** 2, -4);
  });
});
