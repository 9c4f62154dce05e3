/** Somebody who may be driving any of many ways through a made-up town, and units that may stand in her way. */
import type { InterceptUnit } from '../../server/locate/intercept/index.ts';
import type { Way } from '../../server/locate/intercept/problem.ts';
import { buildRoadGraph } from '../../server/road/assemble.ts';
import { buildHierarchy } from '../../server/road/contraction.ts';
import { nodePosition, type RoadGraph } from '../../server/road/graph.ts';
import { MinHeap } from '../../server/road/heap.ts';
import { RoadRouter } from '../../server/road/router.ts';
import { gridTown, seededRandom } from '../road/gridTown.ts';

export interface Chase {
  router: RoadRouter;
  ways: Way[];
  units: InterceptUnit[];
}

/** She is on the road near one of some junctions, and drives a noisy shortest way to one of many. */
export function chase(seed: number, { junctions = 1000, ways = 500, units = 5, starts = 3 } = {}): Chase {
  const random = seededRandom(seed);
  const graph = buildRoadGraph(gridTown(junctions, seed));
  const router = new RoadRouter(graph, buildHierarchy(graph));
  const anyJunction = (): number => Math.floor(random() * graph.junctionCount);
  const from = Array.from({ length: starts }, anyJunction);
  const made: Way[] = [];
  while (made.length < ways) {
    const start = from[Math.floor(random() * starts)]!;
    const tree = noisyTree(graph, start, random);
    for (let i = 0; i < 10 && made.length < ways; i++) {
      const way = tree(anyJunction());
      if (way) made.push({ ...way, weight: -Math.log(1 - random()) });
    }
  }
  const standing = Array.from({ length: units }, (_, i) => ({
    id: `u${i}`,
    at: router.snap(nodePosition(graph, anyJunction()))!,
    freeInS: 0,
  }));
  return { router, ways: made, units: standing };
}

/** Shortest ways from a junction when every arc takes up to 40 % more than it should. */
function noisyTree(
  graph: RoadGraph,
  start: number,
  random: () => number,
): (end: number) => Omit<Way, 'weight'> | null {
  const arcDs = graph.arcDs.map(ds => Math.round(ds * (1 + 0.4 * random())));
  const ds = new Int32Array(graph.nodeCount).fill(-1);
  const via = new Int32Array(graph.nodeCount).fill(-1);
  const heap = new MinHeap();
  ds[start] = 0;
  heap.push(0, start);
  while (heap.size > 0) {
    const at = heap.topKey;
    const node = heap.pop();
    if (at > ds[node]!) continue;
    for (let arc = graph.arcOffset[node]!; arc < graph.arcOffset[node + 1]!; arc++) {
      const to = graph.arcTo[arc]!;
      const toDs = at + arcDs[arc]!;
      if (ds[to]! >= 0 && toDs >= ds[to]!) continue;
      ds[to] = toDs;
      via[to] = arc;
      heap.push(toDs, to);
    }
  }
  return end => {
    if (ds[end]! < 0 || end === start) return null;
    const nodes: number[] = [];
    for (let node = end; node !== start; node = graph.arcFrom[via[node]!]!) nodes.push(node);
    nodes.reverse();
    return {
      junctions: nodes.map(node => graph.nodeJunction[node]!),
      atS: nodes.map(node => ds[node]! / 10),
    };
  };
}
