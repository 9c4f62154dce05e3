/** Queries on a contraction hierarchy: every search only climbs to more important nodes and stays small. */
import type { NodePath, Seeds, TravelEngine } from './engine.ts';
import { unreached } from './graph.ts';
import { MinHeap } from './heap.ts';
import type { Hierarchy, Ladder } from './hierarchy.ts';

/** The arc index of a graph that ends at a node; all that unpacking needs of the graph. */
interface ArcEnds {
  arcFrom: Uint32Array;
}

/** One search up a ladder. Its results stay readable until the next one. */
class Climb {
  /** Hierarchy nodes reached with their final upward time, in settling order; the first `count` are valid. */
  readonly settled: Uint32Array;
  count = 0;
  /** Per hierarchy node the time of the last climb; `unreached` if it did not come there. */
  readonly ds: Int32Array;
  /** Ladder entry by which a node was reached, −1 at a seed, and the node it came from; valid where reached. */
  readonly entry: Int32Array;
  readonly parent: Int32Array;
  private readonly touched: Uint32Array;
  private touchedCount = 0;
  private readonly frontier = new MinHeap();

  constructor(nodeCount: number) {
    this.settled = new Uint32Array(nodeCount);
    this.touched = new Uint32Array(nodeCount);
    this.ds = new Int32Array(nodeCount).fill(unreached);
    this.entry = new Int32Array(nodeCount);
    this.parent = new Int32Array(nodeCount);
  }

  /**
   * Climbs `ladder` from the seeds. `opposite` is the other ladder: a node that is reached quicker over a more
   * important one cannot be on a shortest path's climb, so it is neither settled nor left (stall on demand).
   */
  climb(ladder: Ladder, opposite: Ladder, rankOf: Uint32Array, seeds: Seeds): void {
    const { settled, ds, frontier } = this;
    const { offset, arc } = ladder;
    this.reset();
    let count = 0;
    for (const seed of seeds) this.reach(rankOf[seed.node]!, seed.ds, -1, -1);
    while (frontier.size > 0) {
      const nodeDs = frontier.topKey;
      const node = frontier.pop();
      if (nodeDs > ds[node]! || this.isStalled(node, nodeDs, opposite)) continue;
      settled[count++] = node;
      const last = offset[node + 1]!;
      for (let k = offset[node]!; k < last; k++) {
        const above = arc[k * 2]!;
        const aboveDs = nodeDs + arc[k * 2 + 1]!;
        if (aboveDs < ds[above]!) this.reach(above, aboveDs, k, node);
      }
    }
    this.count = count;
  }

  /** A copy of what the last climb came to. */
  label(): Label {
    const nodes = this.settled.slice(0, this.count);
    return { nodes, ds: Int32Array.from(nodes, node => this.ds[node]!) };
  }

  private reset(): void {
    for (let i = 0; i < this.touchedCount; i++) this.ds[this.touched[i]!] = unreached;
    this.touchedCount = 0;
    this.frontier.clear();
  }

  private reach(node: number, ds: number, entry: number, parent: number): void {
    const before = this.ds[node]!;
    if (before <= ds) return;
    if (before === unreached) this.touched[this.touchedCount++] = node;
    this.ds[node] = ds;
    this.entry[node] = entry;
    this.parent[node] = parent;
    this.frontier.push(ds, node);
  }

  private isStalled(node: number, nodeDs: number, opposite: Ladder): boolean {
    const { ds } = this;
    const { offset, arc } = opposite;
    const last = offset[node + 1]! * 2;
    for (let k = offset[node]! * 2; k < last; k += 2) {
      if (ds[arc[k]!]! + arc[k + 1]! < nodeDs) return true;
    }
    return false;
  }
}

/** What a climb came to: hierarchy nodes, each with its time. */
interface Label {
  nodes: Uint32Array;
  ds: Int32Array;
}

/**
 * The engine for ordinary days. One per thread: its work arrays are not for sharing, the hierarchy is. Climbs of a matrix
 * are remembered as long as the caller keeps the list of seeds: who asks for the same places again pays for the new ones.
 */
export class HierarchyEngine implements TravelEngine {
  private readonly graph: ArcEnds;
  private readonly hierarchy: Hierarchy;
  private readonly ahead: Climb;
  private readonly back: Climb;
  private readonly sweepDs: Int32Array;
  private readonly buckets: Buckets;
  private readonly labelsAhead = new WeakMap<Seeds, Label>();
  private readonly labelsBack = new WeakMap<Seeds, Label>();

  constructor(graph: ArcEnds, hierarchy: Hierarchy) {
    this.graph = graph;
    this.hierarchy = hierarchy;
    this.ahead = new Climb(hierarchy.nodeCount);
    this.back = new Climb(hierarchy.nodeCount);
    this.sweepDs = new Int32Array(hierarchy.nodeCount);
    this.buckets = new Buckets(hierarchy.nodeCount);
  }

  /** Many-to-many by buckets (Knopp et al. 2007): each target leaves its time at the nodes it climbs to, each source collects. */
  matrix(from: readonly Seeds[], to: readonly Seeds[]): Int32Array {
    const { buckets } = this;
    buckets.clear();
    to.forEach((seeds, column) => {
      const { nodes, ds } = this.labelBack(seeds);
      for (let i = 0; i < nodes.length; i++) buckets.add(nodes[i]!, column, ds[i]!);
    });
    const result = new Int32Array(from.length * to.length).fill(unreached);
    from.forEach((seeds, row) => {
      const { nodes, ds } = this.labelAhead(seeds);
      const cells = result.subarray(row * to.length, (row + 1) * to.length);
      for (let i = 0; i < nodes.length; i++) buckets.collect(nodes[i]!, ds[i]!, cells);
    });
    return result;
  }

  private labelAhead(seeds: Seeds): Label {
    const { up, down, rankOf } = this.hierarchy;
    let label = this.labelsAhead.get(seeds);
    if (!label) {
      this.ahead.climb(up, down, rankOf, seeds);
      this.labelsAhead.set(seeds, (label = this.ahead.label()));
    }
    return label;
  }

  private labelBack(seeds: Seeds): Label {
    const { up, down, rankOf } = this.hierarchy;
    let label = this.labelsBack.get(seeds);
    if (!label) {
      this.back.climb(down, up, rankOf, seeds);
      this.labelsBack.set(seeds, (label = this.back.label()));
    }
    return label;
  }

  path(from: Seeds, to: Seeds): NodePath | null {
    const { ahead, back } = this;
    const { up, down, rankOf, nodeAt } = this.hierarchy;
    ahead.climb(up, down, rankOf, from);
    back.climb(down, up, rankOf, to);
    let ds = unreached;
    let summit = -1;
    for (let i = 0; i < ahead.count; i++) {
      const node = ahead.settled[i]!;
      const total = ahead.ds[node]! + back.ds[node]!;
      if (total >= ds) continue;
      ds = total;
      summit = node;
    }
    if (summit < 0) return null;

    const arcs: number[] = [];
    const climbed: number[] = [];
    let start = summit;
    for (; ahead.entry[start]! >= 0; start = ahead.parent[start]!) climbed.push(start);
    for (const node of climbed.reverse())
      this.unpack(up.via[ahead.entry[node]!]!, ahead.parent[node]!, node, arcs);
    for (let node = summit; back.entry[node]! >= 0; node = back.parent[node]!) {
      this.unpack(down.via[back.entry[node]!]!, node, back.parent[node]!, arcs);
    }
    return { ds, startNode: arcs.length > 0 ? this.graph.arcFrom[arcs[0]!]! : nodeAt[start]!, arcs };
  }

  timesFrom(seeds: Seeds): Int32Array {
    return this.sweep(this.hierarchy.up, this.hierarchy.down, seeds);
  }

  timesTo(seeds: Seeds): Int32Array {
    return this.sweep(this.hierarchy.down, this.hierarchy.up, seeds);
  }

  /** PHAST (Delling et al. 2011): one climb, then a single pass over all nodes from the most important down. */
  private sweep(climbing: Ladder, descending: Ladder, seeds: Seeds): Int32Array {
    const { sweepDs, ahead } = this;
    const { nodeCount, rankOf } = this.hierarchy;
    ahead.climb(climbing, descending, rankOf, seeds);
    sweepDs.fill(unreached);
    for (let i = 0; i < ahead.count; i++) sweepDs[ahead.settled[i]!] = ahead.ds[ahead.settled[i]!]!;
    const { offset, arc } = descending;
    for (let node = 0, k = 0; node < nodeCount; node++) {
      let best = sweepDs[node]!;
      for (const last = offset[node + 1]!; k < last; k++) {
        // A minimum without a branch, which would be mispredicted half the time: this loop is the whole cost.
        const gain = (sweepDs[arc[k * 2]!]! + arc[k * 2 + 1]! - best) | 0;
        best = (best + (gain & (gain >> 31))) | 0;
      }
      sweepDs[node] = best;
    }
    const result = new Int32Array(nodeCount);
    for (let node = 0; node < nodeCount; node++) result[node] = sweepDs[rankOf[node]!]!;
    return result;
  }

  /** Appends the graph arcs behind a ladder entry that leads from one hierarchy node to another. */
  private unpack(via: number, from: number, to: number, arcs: number[]): void {
    if (via >= 0) {
      arcs.push(via);
      return;
    }
    const middle = ~via;
    const { up, down } = this.hierarchy;
    this.unpack(viaOf(down, middle, from), from, middle, arcs);
    this.unpack(viaOf(up, middle, to), middle, to, arcs);
  }
}

function viaOf(ladder: Ladder, node: number, end: number): number {
  for (let k = ladder.offset[node]!; k < ladder.offset[node + 1]!; k++)
    if (ladder.arc[k * 2] === end) return ladder.via[k]!;
  throw new Error(`The hierarchy is damaged: shortcut over node ${node} has no arc to node ${end}.`);
}

/** Per hierarchy node a linked list of (column, time). */
class Buckets {
  private readonly head: Int32Array;
  private readonly used: number[] = [];
  /** Triples: next, column, ds. */
  private items = new Int32Array(3 * 4096);
  private size = 0;

  constructor(nodeCount: number) {
    this.head = new Int32Array(nodeCount).fill(-1);
  }

  clear(): void {
    for (const node of this.used) this.head[node] = -1;
    this.used.length = 0;
    this.size = 0;
  }

  add(node: number, column: number, ds: number): void {
    if (this.size + 3 > this.items.length) {
      const larger = new Int32Array(this.items.length * 2);
      larger.set(this.items);
      this.items = larger;
    }
    if (this.head[node] === -1) this.used.push(node);
    this.items[this.size] = this.head[node]!;
    this.items[this.size + 1] = column;
    this.items[this.size + 2] = ds;
    this.head[node] = this.size;
    this.size += 3;
  }

  /** Improves each column's time by way of this node, which the source reaches in `ds`. */
  collect(node: number, ds: number, cells: Int32Array): void {
    const { items } = this;
    for (let at = this.head[node]!; at >= 0; at = items[at]!) {
      const column = items[at + 1]!;
      const total = ds + items[at + 2]!;
      if (total < cells[column]!) cells[column] = total;
    }
  }
}
