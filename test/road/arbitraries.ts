/** Random small road networks for property tests. */
import fc from 'fast-check';
import { type RoadInput, type RoadWay, roadClasses, type TurnRestriction } from '../../server/road/build.ts';
import type { LngLat } from '../../server/road/geo.ts';

const origin: LngLat = [103.2, 24.7];

/** A position within about a kilometre of the random networks. */
export const positionNearby: fc.Arbitrary<LngLat> = fc.tuple(
  fc.integer({ min: -5000, max: 15_000 }).map(step => origin[0] + step * 1e-6),
  fc.integer({ min: -5000, max: 15_000 }).map(step => origin[1] + step * 1e-6),
);

const wayOver = (nodeCount: number, maxLength: number): fc.Arbitrary<Omit<RoadWay, 'id'>> =>
  fc.record({
    nodes: fc.array(fc.integer({ min: 0, max: nodeCount - 1 }), { minLength: 2, maxLength }),
    oneway: fc.constantFrom(-1, 0, 0, 1),
    speedKmh: fc.integer({ min: 10, max: 100 }),
    roadClass: fc.constantFrom(...roadClasses),
    link: fc.boolean(),
    surface: fc.constantFrom('paved', 'unpaved'),
    bridge: fc.boolean(),
    tunnel: fc.boolean(),
    name: fc.constantFrom('迎宾路', '石林中路', '环城北路'),
  });

const networkOf = (mostNodes: number, longestWay: number): fc.Arbitrary<RoadInput> =>
  fc.integer({ min: 2, max: mostNodes }).chain(nodeCount =>
    fc
      .tuple(
        fc.array(fc.tuple(fc.nat(10_000), fc.nat(10_000)), { minLength: nodeCount, maxLength: nodeCount }),
        fc.array(wayOver(nodeCount, longestWay), { minLength: 1, maxLength: 14 }),
      )
      .map(([offsets, ways]) => ({
        nodes: new Map(
          offsets.map(([x, y], ref): [number, LngLat] => [ref, [origin[0] + x * 1e-6, origin[1] + y * 1e-6]]),
        ),
        ways: ways.map((way, i) => ({ ...way, id: 1000 + i })),
        restrictions: [],
        barriers: [],
      })),
  );

/** Up to 12 nodes and 14 ways: loops, parallel roads, one-ways, dead ends and islands all occur. */
export const roadInput: fc.Arbitrary<RoadInput> = networkOf(12, 6);

interface Turn {
  only: boolean;
  firstWay: number;
  /** Each: where on the way that one is on, and into which of the ways that come by there. */
  turnings: [number, number][];
}
const turn: fc.Arbitrary<Turn> = fc.record({
  only: fc.boolean(),
  firstWay: fc.nat(),
  turnings: fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 3 }),
});

function restrictionOn({ ways }: RoadInput, { only, firstWay, turnings }: Turn, id: number): TurnRestriction {
  const course = [ways[firstWay % ways.length]!];
  const nodes: number[] = [];
  for (const [where, which] of turnings) {
    const last = course.at(-1)!;
    // Mostly at an end of the way, where it is clear which part of it is meant.
    const node = where % 3 > 0 ? last.nodes.at(-(where % 2))! : last.nodes[where % last.nodes.length]!;
    const passing = ways.filter(way => way.nodes.includes(node));
    nodes.push(node);
    course.push(passing[which % passing.length]!);
  }
  const ids = course.map(way => way.id);
  const via = ids.length === 2 ? { node: nodes[0]! } : { ways: ids.slice(1, -1) };
  return { id, only, from: [ids[0]!], via, to: [ids.at(-1)!] };
}

/** Networks of short ways with up to eight turn restrictions, about one of which holds, and now and then a barrier. */
export const restrictedInput: fc.Arbitrary<RoadInput> = fc
  .tuple(
    networkOf(8, 3),
    fc.array(turn, { minLength: 1, maxLength: 8 }),
    fc.array(fc.nat(40), { maxLength: 1 }),
  )
  .map(([input, turns, barriers]) => ({
    ...input,
    restrictions: turns.map((each, i) => restrictionOn(input, each, i)),
    barriers,
  }));

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
