import { booleanPointInPolygon } from '@turf/turf';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildRoadGraph } from '../../server/road/assemble.ts';
import { NearestField } from '../../server/road/band.ts';
import { buildHierarchy } from '../../server/road/contraction.ts';
import { contourRings } from '../../server/road/contour.ts';
import { distanceM, type LngLat } from '../../server/road/geo.ts';
import { edgeSlice, nodePosition, type RoadGraph } from '../../server/road/graph.ts';
import type { MultiPolygon } from '../../server/road/outline.ts';
import { RoadRouter } from '../../server/road/router.ts';
import { gridTown, seededRandom } from './gridTown.ts';
import { projectOn } from './oracles.ts';

type Point = [number, number];

/** Whether a point lies within an odd number of rings. */
function isInside(rings: Point[][], [x, y]: Point): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [[ax, ay], [bx, by]] = [ring[i - 1]!, ring[i]!];
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
    }
  }
  return inside;
}

const signedArea = (ring: Point[]): number =>
  ring.slice(1).reduce((sum, [x, y], i) => sum + (ring[i]![0] * y - x * ring[i]![1]) / 2, 0);

/** Random fields whose rim is 0. */
const field = fc
  .tuple(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 3, max: 9 }))
  .chain(([columns, rows]) =>
    fc
      .array(fc.constantFrom(0, 0.2, 0.6, 0.9, 1), { minLength: columns * rows, maxLength: columns * rows })
      .map(values => ({
        columns,
        rows,
        values: Float32Array.from(values, (value, i) => {
          const [x, y] = [i % columns, Math.floor(i / columns)];
          return x === 0 || y === 0 || x === columns - 1 || y === rows - 1 ? 0 : value;
        }),
      })),
  );

describe('contourRings', () => {
  it('closes every ring and parts what is above the level from what is not', () => {
    fc.assert(
      fc.property(field, ({ columns, rows, values }) => {
        const rings = contourRings({ columns, rows, values }, 0.5);
        for (const ring of rings) {
          expect(ring.length).toBeGreaterThan(3);
          expect(ring.at(-1)).toEqual(ring[0]);
        }
        values.forEach((value, i) => {
          // A hair beside the corner, because a ring may run through it.
          const corner: Point = [(i % columns) + 1e-7, Math.floor(i / columns) + 1.3e-7];
          expect(isInside(rings, corner)).toBe(value > 0.5);
        });
      }),
      { numRuns: 500 },
    );
  });

  it('runs counter-clockwise around an island and clockwise around the lake in it', () => {
    const values = new Float32Array(49);
    for (let y = 1; y < 6; y++) for (let x = 1; x < 6; x++) values[y * 7 + x] = x === 3 && y === 3 ? 0 : 1;
    const areas = contourRings({ columns: 7, rows: 7, values }, 0.5).map(signedArea);
    expect(areas.map(Math.sign)).toEqual([1, -1]);
  });
});

describe('NearestField', () => {
  it('knows each distance to within half a cell', () => {
    const coordinate = fc.integer({ min: 30, max: 170 }).map(tenths => tenths / 10);
    const segments = fc.array(fc.tuple(coordinate, coordinate, coordinate, coordinate), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(segments, lines => {
        const nearest = new NearestField(21, 21);
        for (const line of lines) nearest.addSegment(...line);
        nearest.spread();
        const closeness = nearest.closeness(3);
        for (let y = 1; y < 20; y++) {
          for (let x = 1; x < 20; x++) {
            const distances = lines.map(([ax, ay, bx, by]) => {
              const t = projectOn(ax, ay, bx, by, x, y);
              return Math.hypot(ax + (bx - ax) * t - x, ay + (by - ay) * t - y);
            });
            const expected = Math.max(0, 3 - Math.min(...distances));
            expect(Math.abs(closeness[y * 21 + x]! - expected)).toBeLessThan(0.5);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('RoadRouter.isochrone', () => {
  let graph: RoadGraph;
  let router: RoadRouter;
  beforeAll(() => {
    graph = buildRoadGraph(gridTown(2500, 4));
    router = new RoadRouter(graph, buildHierarchy(graph));
  });
  const inside = (outline: MultiPolygon, position: LngLat): boolean =>
    booleanPointInPolygon(position, outline);
  const starts = (count: number): LngLat[] => {
    const random = seededRandom(2);
    return Array.from({ length: count }, () => nodePosition(graph, Math.floor(random() * graph.nodeCount)));
  };

  it('holds every point of road that is reached in time, and grows with time', () => {
    const random = seededRandom(8);
    for (const start of starts(4)) {
      const reach = router.reachFrom(start)!;
      for (const limitS of [60, 180, 400]) {
        const { outline } = router.isochrone(start, limitS)!;
        const longer = router.isochrone(start, limitS + 60)!.outline;
        for (let i = 0; i < 300; i++) {
          const [point] = edgeSlice(graph, Math.floor(random() * graph.edgeCount), random(), 1);
          if (reach.secondsAt(point!) > limitS - 1) continue;
          expect(inside(outline, point!)).toBe(true);
          expect(inside(longer, point!)).toBe(true);
        }
      }
    }
  });

  it('keeps to the roads: what is far from every reached road is outside', () => {
    for (const start of starts(4)) {
      const reach = router.reachFrom(start)!;
      const { outline } = router.isochrone(start, 120)!;
      const reached: LngLat[] = [];
      for (let node = 0; node < graph.nodeCount; node++) {
        if (reach.nodeDs[node]! <= 1200) reached.push(nodePosition(graph, node));
      }
      for (let node = 0; node < graph.nodeCount; node += 7) {
        const position = nodePosition(graph, node);
        // An arm of road may reach out for the longest block and the width of the band beyond the last node reached.
        const nearestM = Math.min(...reached.map(other => distanceM(position, other)));
        if (nearestM > 450) expect(inside(outline, position)).toBe(false);
      }
    }
  });

  it('is well formed: closed rings, outer ones counter-clockwise, holes clockwise and inside', () => {
    for (const start of starts(6)) {
      for (const [outer, ...holes] of router.isochrone(start, 300)!.outline.coordinates) {
        for (const ring of [outer!, ...holes]) expect(ring.at(-1)).toEqual(ring[0]);
        expect(signedArea(outer!)).toBeGreaterThan(0);
        for (const hole of holes) {
          expect(signedArea(hole)).toBeLessThan(0);
          expect(isInside([outer!], hole[0]!)).toBe(true);
        }
      }
    }
  });

  it('is empty when the walk to the road takes longer', () => {
    const [lng, lat] = nodePosition(graph, 0);
    const farOff: LngLat = [lng, lat - 0.005];
    expect(router.isochrone(farOff, 60)!.outline.coordinates).toEqual([]);
    expect(router.isochrone(farOff, 3600)!.outline.coordinates).not.toEqual([]);
  });
});
