/** The ways that she may take from one point to everywhere: a shortest-path tree over times as she believes them. */
import type { Snap } from '#road/access.ts';
import type { Seeds } from '#road/engine.ts';
import { roadClasses } from '#road/build.ts';
import { type RoadGraph, unreached } from '#road/graph.ts';
import { hashOf, normalOf } from './draws.ts';

/** How her idea of the roads differs from the map's: the same factor for the whole length of an edge, both ways. */
export class RoadNoise {
  private readonly byEdge = new Float32Array(1024);
  private readonly byClass = new Float32Array(roadClasses.length);

  /** Zero sigmas: as the map says. */
  constructor(seed: number, roadSigma: number, classSigma: number) {
    const factor = (i: number, sigma: number) => Math.exp(sigma * normalOf(hashOf(seed, i) / 4294967296));
    for (let i = 0; i < this.byEdge.length; i++) this.byEdge[i] = factor(i, roadSigma);
    for (let i = 0; i < this.byClass.length; i++) this.byClass[i] = factor(5000 + i, classSigma);
  }

  of(graph: RoadGraph, edge: number): number {
    return this.byEdge[(Math.imul(edge, 0x9e3779b1) >>> 20) & 1023]! * this.byClass[graph.edgeClass[edge]!]!;
  }
}

/** Times are whole tenths of a second (`Ds`). */
export class RouteTree {
  readonly source: Snap;
  readonly noise: RoadNoise;
  /** At each node; `unreached` if never. */
  readonly distDs: Int32Array;
  /** Node before, -1 at the beginning; the arc between. */
  readonly parent: Int32Array;
  readonly parentArc: Int32Array;
  /** An ancestor farther up, so that any of them is found in a logarithm of steps (Myers 1983). */
  private readonly jump: Int32Array;
  /** The nodes beyond v are those that have their `enter` from `enter[v]` up to but not including `leave[v]`. */
  readonly enter: Int32Array;
  readonly leave: Int32Array;
  /** The nodes that can be reached, nearest first. */
  readonly order: Int32Array;

  /** @param seeds where she drives off from the source, as `departures` gives them */
  constructor(graph: RoadGraph, source: Snap, seeds: Seeds, noise: RoadNoise) {
    const n = graph.nodeCount;
    this.source = source;
    this.noise = noise;
    this.distDs = new Int32Array(n).fill(unreached);
    this.parent = new Int32Array(n).fill(-1);
    this.parentArc = new Int32Array(n).fill(-1);
    this.jump = new Int32Array(n);
    this.enter = new Int32Array(n);
    this.leave = new Int32Array(n);
    this.order = this.search(graph, seeds);
    this.link(this.order);
    this.number(this.order);
  }

  /** The node on the way to `node` at which she is beyond `ds`, but was not yet at the one before it. */
  ancestorAt(node: number, ds: number): number {
    const { distDs, parent, jump } = this;
    let v = node;
    for (;;) {
      const before = parent[v]!;
      if (before < 0 || distDs[before]! <= ds) return v;
      const far = jump[v]!;
      v = distDs[far]! > ds ? far : before;
    }
  }

  /** Whether the way to `node` leads over `over`. */
  leadsOver(node: number, over: number): boolean {
    const at = this.enter[node]!;
    return this.distDs[node]! < unreached && at >= this.enter[over]! && at < this.leave[over]!;
  }

  /** Dijkstra with buckets of one unit (Dial 1969). Returns the reached nodes, nearest first. */
  private search(graph: RoadGraph, seeds: Seeds): Int32Array {
    const { distDs, parent, parentArc, noise } = this;
    const { arcOffset, arcTo, arcDs, arcEdge } = graph;
    const costs = new Int32Array(graph.arcCount);
    let longest = 1;
    for (let arc = 0; arc < costs.length; arc++) {
      const ds = Math.max(1, Math.round(arcDs[arc]! * noise.of(graph, arcEdge[arc]!)));
      costs[arc] = ds;
      if (ds > longest) longest = ds;
    }
    for (const { ds } of seeds) longest = Math.max(longest, ds);
    const mask = (1 << Math.ceil(Math.log2(longest + 2))) - 1;
    const head = new Int32Array(mask + 1).fill(-1);
    const queueNode = new Int32Array(graph.arcCount + seeds.length);
    const queueNext = new Int32Array(queueNode.length);
    let queued = 0;
    let waiting = 0;
    const push = (node: number, ds: number): void => {
      distDs[node] = ds;
      queueNode[queued] = node;
      queueNext[queued] = head[ds & mask]!;
      head[ds & mask] = queued++;
      waiting++;
    };
    for (const { node, ds } of seeds) if (ds < distDs[node]!) push(node, ds);
    const order = new Int32Array(graph.nodeCount);
    let settled = 0;
    const done = new Uint8Array(graph.nodeCount);
    for (let now = 0; waiting > 0; now++) {
      // An arc takes at least one unit, so nothing joins the bucket that is being emptied.
      for (let item = head[now & mask]!; item >= 0; item = queueNext[item]!) {
        waiting--;
        const node = queueNode[item]!;
        if (done[node] === 1) continue;
        done[node] = 1;
        order[settled++] = node;
        for (let arc = arcOffset[node]!; arc < arcOffset[node + 1]!; arc++) {
          const to = arcTo[arc]!;
          const ds = now + costs[arc]!;
          if (ds >= distDs[to]!) continue;
          parent[to] = node;
          parentArc[to] = arc;
          push(to, ds);
        }
      }
      head[now & mask] = -1;
    }
    return order.subarray(0, settled);
  }

  private link(order: Int32Array): void {
    const { parent, jump } = this;
    const depth = new Int32Array(jump.length);
    for (let i = 0; i < order.length; i++) {
      const v = order[i]!;
      const p = parent[v]!;
      if (p < 0) {
        jump[v] = v;
        continue;
      }
      depth[v] = depth[p]! + 1;
      const q = jump[p]!;
      jump[v] = depth[p]! - depth[q]! === depth[q]! - depth[jump[q]!]! ? jump[q]! : p;
    }
  }

  /** Numbers the nodes so that what lies beyond one is a range. */
  private number(order: Int32Array): void {
    const { parent, enter, leave } = this;
    const size = new Int32Array(enter.length).fill(1);
    for (let i = order.length - 1; i >= 0; i--) {
      const p = parent[order[i]!]!;
      if (p >= 0) size[p]! += size[order[i]!]!;
    }
    const next = new Int32Array(enter.length);
    let root = 0;
    for (let i = 0; i < order.length; i++) {
      const v = order[i]!;
      const p = parent[v]!;
      const at = p < 0 ? root : next[p]!;
      if (p < 0) root += size[v]!;
      else next[p] = at + size[v]!;
      enter[v] = at;
      next[v] = at + 1;
      leave[v] = at + size[v]!;
    }
  }
}
