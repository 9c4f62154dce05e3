/** Builds a contraction hierarchy: removes nodes from the least to the most important, leaving shortcuts behind. */
import { unreached } from './graph.ts';
import { MinHeap } from './heap.ts';
import type { Arcs, Hierarchy, Ladder } from './hierarchy.ts';

/** How many nodes a witness search may settle before it gives up and a shortcut is made, needed or not. */
const witnessLimit = { estimating: 40, contracting: 120 };

/** An original arc shows as its own index, a shortcut as `~middle`. */
export function buildHierarchy(graph: Arcs): Hierarchy {
  const remaining = new RemainingGraph(graph);
  const nodeAt = remaining.importanceOrder(new Contractor(remaining).contractAll());
  const { nodeCount } = graph;
  const rankOf = new Uint32Array(nodeCount);
  nodeAt.forEach((node, rank) => {
    rankOf[node] = rank;
  });
  return {
    nodeCount,
    rankOf,
    nodeAt,
    up: remaining.ladder(rankOf, nodeAt, field.outDs),
    down: remaining.ladder(rankOf, nodeAt, field.inDs),
  };
}

/** Fields of one neighbour entry; `via` follows its `ds`. */
const field = { neighbour: 0, outDs: 1, outVia: 2, inDs: 3, inVia: 4 } as const;
const stride = 5;

/**
 * The graph that is still to be contracted: per node one list of neighbours, each entry with the best way there and
 * back. Lists live in one array and move to its end when they outgrow their place. A contracted node keeps its list:
 * by then all its neighbours are more important, so the list is its part of the ladders.
 */
class RemainingGraph {
  readonly nodeCount: number;
  entries: Int32Array;
  /** Index of the first entry's first field. */
  readonly start: Uint32Array;
  readonly count: Uint32Array;
  private readonly capacity: Uint32Array;
  private used = 0;

  constructor(graph: Arcs) {
    const { nodeCount, arcOffset, arcTo, arcDs } = graph;
    this.nodeCount = nodeCount;
    this.start = new Uint32Array(nodeCount);
    this.count = new Uint32Array(nodeCount);
    this.capacity = new Uint32Array(nodeCount);
    this.entries = new Int32Array(stride * Math.max(16, arcTo.length * 3));
    for (let node = 0; node < nodeCount; node++) {
      for (let arc = arcOffset[node]!; arc < arcOffset[node + 1]!; arc++) {
        if (arcTo[arc] !== node) this.addArc(node, arcTo[arc]!, arcDs[arc]!, arc);
      }
    }
  }

  /** Adds an arc, or improves the one that is there. */
  addArc(from: number, to: number, ds: number, via: number): void {
    const out = this.entryOf(from, to) + field.outDs;
    if (ds >= this.entries[out]!) return;
    this.entries[out] = ds;
    this.entries[out + 1] = via;
    const back = this.entryOf(to, from) + field.inDs;
    this.entries[back] = ds;
    this.entries[back + 1] = via;
  }

  removeNeighbour(node: number, neighbour: number): void {
    const { entries } = this;
    const start = this.start[node]!;
    const last = start + --this.count[node]! * stride;
    let at = start;
    while (entries[at] !== neighbour) at += stride;
    entries.copyWithin(at, last, last + stride);
  }

  private entryOf(node: number, neighbour: number): number {
    const start = this.start[node]!;
    const end = start + this.count[node]! * stride;
    for (let at = start; at < end; at += stride) if (this.entries[at] === neighbour) return at;
    return this.append(node, neighbour);
  }

  private append(node: number, neighbour: number): number {
    const count = this.count[node]!;
    if (count === this.capacity[node]) this.relocate(node, Math.max(4, count * 2));
    const at = this.start[node]! + count * stride;
    this.entries[at + field.neighbour] = neighbour;
    this.entries[at + field.outDs] = unreached;
    this.entries[at + field.inDs] = unreached;
    this.count[node] = count + 1;
    return at;
  }

  private relocate(node: number, capacity: number): void {
    if (this.used + capacity * stride > this.entries.length) {
      const larger = new Int32Array(Math.max(this.entries.length * 2, this.used + capacity * stride));
      larger.set(this.entries.subarray(0, this.used));
      this.entries = larger;
    }
    const start = this.start[node]!;
    this.entries.copyWithin(this.used, start, start + this.count[node]! * stride);
    this.start[node] = this.used;
    this.capacity[node] = capacity;
    this.used += capacity * stride;
  }

  /**
   * The nodes from the most important to the least, once all are contracted. Any order with every node after its
   * neighbours would do; by level, and within a level by number of arcs, the loops of a sweep keep the same length
   * for long, which the processor's branch prediction rewards by a quarter of the time.
   */
  importanceOrder(contracted: Uint32Array): Uint32Array {
    const level = new Uint32Array(this.nodeCount);
    for (let i = contracted.length - 1; i >= 0; i--) {
      const node = contracted[i]!;
      const end = this.start[node]! + this.count[node]! * stride;
      for (let at = this.start[node]!; at < end; at += stride) {
        level[node] = Math.max(level[node]!, level[this.entries[at]!]! + 1);
      }
    }
    return contracted.toSorted((a, b) => level[a]! - level[b]! || this.count[a]! - this.count[b]! || a - b);
  }

  /** The contracted nodes' arcs upward (`outDs`) or their arcs from above (`inDs`), in hierarchy numbers. */
  ladder(rankOf: Uint32Array, nodeAt: Uint32Array, dsField: number): Ladder {
    const offset = new Uint32Array(this.nodeCount + 1);
    const arcs: number[] = [];
    const vias: number[] = [];
    for (let rank = 0; rank < this.nodeCount; rank++) {
      const start = this.start[nodeAt[rank]!]!;
      const end = start + this.count[nodeAt[rank]!]! * stride;
      for (let at = start; at < end; at += stride) {
        const ds = this.entries[at + dsField]!;
        if (ds === unreached) continue;
        const via = this.entries[at + dsField + 1]!;
        arcs.push(rankOf[this.entries[at]!]!, ds);
        vias.push(via < 0 ? ~rankOf[~via]! : via);
      }
      offset[rank + 1] = vias.length;
    }
    return { offset, arc: Int32Array.from(arcs), via: Int32Array.from(vias) };
  }
}

/** Chooses the order and makes the shortcuts. */
class Contractor {
  private readonly graph: RemainingGraph;
  /** Of each node: how many neighbours are gone, and how deep the shortcuts below it are nested. */
  private readonly goneNeighbours: Int32Array;
  private readonly depth: Int32Array;
  private readonly bestDs: Int32Array;
  private readonly touched: number[] = [];
  private readonly frontier = new MinHeap();

  constructor(graph: RemainingGraph) {
    this.graph = graph;
    this.goneNeighbours = new Int32Array(graph.nodeCount);
    this.depth = new Int32Array(graph.nodeCount);
    this.bestDs = new Int32Array(graph.nodeCount).fill(unreached);
  }

  /** Returns the nodes in the order of their contraction. */
  contractAll(): Uint32Array {
    const { nodeCount } = this.graph;
    const queue = new MinHeap(nodeCount + 1);
    for (let node = 0; node < nodeCount; node++) queue.push(this.priority(node), node);
    const order = new Uint32Array(nodeCount);
    for (let done = 0; done < nodeCount; ) {
      const node = queue.pop();
      // Priorities in the queue grow stale as neighbours go; renew the first one until it stays first.
      const priority = this.priority(node);
      if (queue.size > 0 && priority > queue.topKey) {
        queue.push(priority, node);
        continue;
      }
      this.contract(node);
      order[done++] = node;
    }
    return order;
  }

  /** Few new shortcuts for many removed arcs first; evenly over the map; shallow before deep. */
  private priority(node: number): number {
    const shortcuts = this.bypass(node, false);
    return shortcuts * 4 - this.graph.count[node]! * 4 + this.goneNeighbours[node]! + this.depth[node]! * 2;
  }

  private contract(node: number): void {
    const { graph } = this;
    this.bypass(node, true);
    const start = graph.start[node]!;
    const end = start + graph.count[node]! * stride;
    for (let at = start; at < end; at += stride) {
      const neighbour = graph.entries[at]!;
      graph.removeNeighbour(neighbour, node);
      this.goneNeighbours[neighbour]!++;
      this.depth[neighbour] = Math.max(this.depth[neighbour]!, this.depth[node]! + 1);
    }
  }

  /** Counts the shortcuts that the graph needs when `node` goes away, and adds them when `apply` is set. */
  private bypass(node: number, apply: boolean): number {
    const { graph, bestDs } = this;
    let shortcuts = 0;
    const count = graph.count[node]!;
    for (let i = 0; i < count; i++) {
      const entry = graph.start[node]! + i * stride;
      const inDs = graph.entries[entry + field.inDs]!;
      if (inDs === unreached) continue;
      const source = graph.entries[entry]!;
      const farthest = this.farthestTarget(node, source);
      if (farthest < 0) continue;
      this.searchWitnesses(
        source,
        node,
        inDs + farthest,
        apply ? witnessLimit.contracting : witnessLimit.estimating,
      );
      for (let j = 0; j < count; j++) {
        const targetEntry = graph.start[node]! + j * stride;
        const outDs = graph.entries[targetEntry + field.outDs]!;
        const target = graph.entries[targetEntry]!;
        if (outDs === unreached || target === source || bestDs[target]! <= inDs + outDs) continue;
        shortcuts++;
        if (apply) graph.addArc(source, target, inDs + outDs, ~node);
      }
    }
    return shortcuts;
  }

  private farthestTarget(node: number, source: number): number {
    const { entries, start, count } = this.graph;
    let farthest = -1;
    const end = start[node]! + count[node]! * stride;
    for (let at = start[node]!; at < end; at += stride) {
      const outDs = entries[at + field.outDs]!;
      if (outDs !== unreached && entries[at] !== source && outDs > farthest) farthest = outDs;
    }
    return farthest;
  }

  /** Local Dijkstra from `source` around `avoided`, up to `limitDs`; leaves its times in `bestDs`. */
  private searchWitnesses(source: number, avoided: number, limitDs: number, settleLimit: number): void {
    const { graph, bestDs, frontier, touched } = this;
    for (const node of touched) bestDs[node] = unreached;
    touched.length = 0;
    frontier.clear();
    bestDs[source] = 0;
    touched.push(source);
    frontier.push(0, source);
    const { entries, start, count } = graph;
    for (let settled = 0; frontier.size > 0 && settled < settleLimit; ) {
      const ds = frontier.topKey;
      if (ds > limitDs) return;
      const node = frontier.pop();
      if (ds > bestDs[node]!) continue;
      settled++;
      const end = start[node]! + count[node]! * stride;
      for (let at = start[node]!; at < end; at += stride) {
        const next = entries[at]!;
        const nextDs = ds + entries[at + field.outDs]!;
        if (nextDs > limitDs || nextDs >= bestDs[next]! || next === avoided) continue;
        if (bestDs[next] === unreached) touched.push(next);
        bestDs[next] = nextDs;
        frontier.push(nextDs, next);
      }
    }
  }
}
