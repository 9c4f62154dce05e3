/** Plain Dijkstra on the graph: slow, short, and the reference for every other engine. */
import type { NodePath, Seeds, TravelEngine } from '../../server/road/engine.ts';
import { type RoadGraph, unreached } from '../../server/road/graph.ts';
import { MinHeap } from '../../server/road/heap.ts';

interface Search {
  ds: Int32Array;
  /** The arc by which a node was reached; −1 at a seed or when not reached. */
  arc: Int32Array;
}

/** Closed edges cannot be driven through from end to end; who is on one may still leave it, and help may come in. */
export class DijkstraEngine implements TravelEngine {
  private readonly graph: RoadGraph;
  private readonly closedEdges: ReadonlySet<number>;
  private readonly frontier = new MinHeap();

  constructor(graph: RoadGraph, closedEdges: ReadonlySet<number> = new Set()) {
    this.graph = graph;
    this.closedEdges = closedEdges;
  }

  matrix(from: readonly Seeds[], to: readonly Seeds[]): Int32Array {
    const result = new Int32Array(from.length * to.length).fill(unreached);
    from.forEach((seeds, row) => {
      const { ds } = this.search(seeds, true);
      to.forEach((ends, column) => {
        for (const end of ends) {
          const cell = row * to.length + column;
          result[cell] = Math.min(result[cell]!, ds[end.node]! + end.ds);
        }
      });
    });
    return result;
  }

  path(from: Seeds, to: Seeds): NodePath | null {
    const { ds, arc } = this.search(from, true);
    let best = { node: -1, ds: unreached };
    for (const end of to)
      if (ds[end.node]! + end.ds < best.ds) best = { node: end.node, ds: ds[end.node]! + end.ds };
    if (best.node < 0) return null;
    const arcs: number[] = [];
    let node = best.node;
    for (; arc[node]! >= 0; node = this.graph.arcFrom[arc[node]!]!) arcs.push(arc[node]!);
    return { ds: best.ds, startNode: node, arcs: arcs.reverse() };
  }

  timesFrom(seeds: Seeds): Int32Array {
    return this.search(seeds, true).ds;
  }

  timesTo(seeds: Seeds): Int32Array {
    return this.search(seeds, false).ds;
  }

  private search(seeds: Seeds, ahead: boolean): Search {
    const { frontier, graph } = this;
    const ds = new Int32Array(graph.nodeCount).fill(unreached);
    const arcs = new Int32Array(graph.nodeCount).fill(-1);
    frontier.clear();
    for (const seed of seeds) {
      if (seed.ds >= ds[seed.node]!) continue;
      ds[seed.node] = seed.ds;
      frontier.push(seed.ds, seed.node);
    }
    const offset = ahead ? graph.arcOffset : graph.inOffset;
    const ends = ahead ? graph.arcTo : graph.arcFrom;
    while (frontier.size > 0) {
      const nodeDs = frontier.topKey;
      const node = frontier.pop();
      if (nodeDs > ds[node]!) continue;
      for (let k = offset[node]!; k < offset[node + 1]!; k++) {
        const arc = ahead ? k : graph.inArc[k]!;
        const end = ends[arc]!;
        const endDs = nodeDs + graph.arcDs[arc]!;
        if (endDs >= ds[end]! || this.closedEdges.has(graph.arcEdge[arc]!)) continue;
        ds[end] = endDs;
        arcs[end] = arc;
        frontier.push(endDs, end);
      }
    }
    return { ds, arc: arcs };
  }
}
