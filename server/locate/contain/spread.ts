/** How soon each node can be reached from any of several beginnings. */
import type { Seed } from '#road/engine.ts';
import { noArc, type RoadGraph, unreached } from '#road/graph.ts';
import { MinHeap } from '#road/heap.ts';

/** Tenths of a second at each node by Dijkstra's algorithm, `unreached` beyond the limit. */
export function spreadDs(graph: RoadGraph, seeds: Iterable<Seed>, limitDs: number): Int32Array {
  const ds = new Int32Array(graph.nodeCount).fill(unreached);
  const heap = new MinHeap();
  const reach = (node: number, at: number): void => {
    if (at >= ds[node]! || at > limitDs) return;
    ds[node] = at;
    heap.push(at, node);
  };
  for (const seed of seeds) reach(seed.node, seed.ds);
  while (heap.size > 0) {
    const at = heap.topKey;
    const node = heap.pop();
    if (at > ds[node]!) continue;
    for (let arc = graph.arcOffset[node]!; arc < graph.arcOffset[node + 1]!; arc++)
      reach(graph.arcTo[arc]!, at + graph.arcDs[arc]!);
  }
  return ds;
}

/** The soonest at each junction, whichever way one comes in, in seconds; Infinity where not reached. */
export function soonestS(graph: RoadGraph, nodeDs: Int32Array): Float64Array {
  const seconds = new Float64Array(graph.junctionCount).fill(Infinity);
  for (let node = 0; node < nodeDs.length; node++) {
    const junction = graph.nodeJunction[node]!;
    const at = nodeDs[node]! / 10;
    if (nodeDs[node]! < unreached && at < seconds[junction]!) seconds[junction] = at;
  }
  return seconds;
}

/** The nodes that somebody on these edges may come to first, whichever way they drive: at once, to be safe. */
export function* edgeEnds(graph: RoadGraph, edges: Iterable<number>): Generator<Seed> {
  for (const edge of edges)
    for (const arc of [graph.edgeArc[edge * 2]!, graph.edgeArc[edge * 2 + 1]!])
      if (arc !== noArc) yield { node: graph.arcTo[arc]!, ds: 0 };
}
