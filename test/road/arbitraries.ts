/** Random small road networks for property tests. */
import fc from 'fast-check';
import { type RoadInput, type RoadWay, roadClasses } from '../../server/road/build.ts';
import type { LngLat } from '../../server/road/geo.ts';

const origin: LngLat = [103.2, 24.7];

/** A position within about a kilometre of the random networks. */
export const positionNearby: fc.Arbitrary<LngLat> = fc.tuple(
  fc.integer({ min: -5000, max: 15_000 }).map(step => origin[0] + step * 1e-6),
  fc.integer({ min: -5000, max: 15_000 }).map(step => origin[1] + step * 1e-6),
);

const wayOver = (nodeCount: number): fc.Arbitrary<Omit<RoadWay, 'id'>> =>
  fc.record({
    nodes: fc.array(fc.integer({ min: 0, max: nodeCount - 1 }), { minLength: 2, maxLength: 6 }),
    oneway: fc.constantFrom(-1, 0, 0, 1),
    speedKmh: fc.integer({ min: 10, max: 100 }),
    roadClass: fc.constantFrom(...roadClasses),
    link: fc.boolean(),
    surface: fc.constantFrom('paved', 'unpaved'),
    bridge: fc.boolean(),
    tunnel: fc.boolean(),
    name: fc.constantFrom('迎宾路', '石林中路', '环城北路'),
  });

/** Up to 12 nodes and 14 ways: loops, parallel roads, one-ways, dead ends and islands all occur. */
export const roadInput: fc.Arbitrary<RoadInput> = fc.integer({ min: 2, max: 12 }).chain(nodeCount =>
  fc
    .tuple(
      fc.array(fc.tuple(fc.nat(10_000), fc.nat(10_000)), { minLength: nodeCount, maxLength: nodeCount }),
      fc.array(wayOver(nodeCount), { minLength: 1, maxLength: 14 }),
    )
    .map(([offsets, ways]) => ({
      nodes: new Map(
        offsets.map(([x, y], ref): [number, LngLat] => [ref, [origin[0] + x * 1e-6, origin[1] + y * 1e-6]]),
      ),
      ways: ways.map((way, i) => ({ ...way, id: 1000 + i })),
    })),
);

/** Any directed graph: parts without connection, loops and parallel arcs included. */
export interface Digraph {
  nodeCount: number;
  arcs: [from: number, to: number, ds: number][];
}

export const digraph: fc.Arbitrary<Digraph> = fc.integer({ min: 1, max: 18 }).chain(nodeCount => {
  const node = fc.integer({ min: 0, max: nodeCount - 1 });
  return fc
    .array(fc.tuple(node, node, fc.integer({ min: 1, max: 30 })), { maxLength: nodeCount * 4 })
    .map(arcs => ({ nodeCount, arcs: arcs.sort((a, b) => a[0] - b[0]) }));
});
