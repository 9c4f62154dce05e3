/** Driving times between targets and from units to targets, kept as long as the roads are the same. */
import { accessDs, alongEdgeDs, arrivals, type Snap, walkSpeedMps } from '#road/access.ts';
import { distanceM } from '#road/geo.ts';
import { type RoadGraph, unreached } from '#road/graph.ts';
import type { RoadRouter } from '#road/router.ts';
import type { Ground } from '../ground.ts';

/** Bytes of rows that one router may keep. */
const rowBudget = 48e6;
/** Times to all targets cost as much as this many nodes are settled; beyond it the many-to-many search is quicker. */
const sweepBudget = 200_000;
/** A patrol on foot is sent no farther, and streets are longer than the straight line. */
const footReachM = 1500;
const footDetour = 1.3;

const tables = new WeakMap<RoadRouter, TravelTable>();

/** The table of a router; a router with other closures or speeds is another one. */
export function travelTable(router: RoadRouter, ground: Ground): TravelTable {
  let table = tables.get(router);
  if (table?.ground !== ground) {
    table = new TravelTable(router, ground);
    tables.set(router, table);
  }
  return table;
}

export class TravelTable {
  readonly ground: Ground;
  private readonly router: RoadRouter;
  /** The nodes by which target j is reached: `seedNode[offset[j] … offset[j + 1]]`, each with what is left from there. */
  private readonly offset: Uint32Array;
  private readonly seedNode: Uint32Array;
  private readonly seedDs: Int32Array;
  private readonly onEdge: Map<number, number[]>;
  /** Target → seconds to every target; NaN where nobody asked yet. */
  private readonly rows = new Map<number, Float32Array>();

  constructor(router: RoadRouter, ground: Ground) {
    this.ground = ground;
    this.router = router;
    const { targetSnap } = ground;
    const seeds = targetSnap.map(snap =>
      snap ? arrivals(router.graph, snap).map(({ node, ds }) => ({ node, ds: ds + accessDs(snap) })) : [],
    );
    this.offset = new Uint32Array(seeds.length + 1);
    seeds.forEach((list, j) => {
      this.offset[j + 1] = this.offset[j]! + list.length;
    });
    this.seedNode = Uint32Array.from(seeds.flat(), ({ node }) => node);
    this.seedDs = Int32Array.from(seeds.flat(), ({ ds }) => ds);
    this.onEdge = new Map();
    targetSnap.forEach((snap, j) => {
      if (!snap) return;
      const list = this.onEdge.get(snap.edge);
      if (list) list.push(j);
      else this.onEdge.set(snap.edge, [j]);
    });
  }

  /** Seconds from node times to a target. */
  secondsTo(nodeDs: Int32Array, target: number): number {
    let best = unreached;
    for (let k = this.offset[target]!; k < this.offset[target + 1]!; k++)
      best = Math.min(best, nodeDs[this.seedNode[k]!]! + this.seedDs[k]!);
    return best >= unreached ? Infinity : best / 10;
  }

  /** Seconds from each position to each target, row-major. */
  fromSnaps(snaps: readonly Snap[], targets: readonly number[]): Float32Array {
    const seconds = new Float32Array(snaps.length * targets.length);
    if (snaps.length * this.router.graph.nodeCount > sweepBudget) {
      const to = targets.map(target => this.ground.targetSnap[target]!);
      seconds.set(this.router.matrix(snaps, to));
      return seconds;
    }
    snaps.forEach((snap, row) => {
      const all = this.sweep(snap, targets);
      seconds.set(all, row * targets.length);
    });
    return seconds;
  }

  /** Seconds between targets that all have a place on the road, row-major. */
  between(targets: readonly number[]): Float32Array {
    const most = rowBudget / (4 * this.ground.targets.length);
    if (this.rows.size + targets.length > most) this.rows.clear();
    const fresh = targets.filter(from => {
      const row = this.rows.get(from);
      return !row || targets.some(to => Number.isNaN(row[to]!));
    });
    if (fresh.length * this.router.graph.nodeCount <= sweepBudget) {
      for (const from of fresh) this.rows.set(from, this.sweep(this.ground.targetSnap[from]!));
    } else {
      this.askMatrix(fresh, targets);
    }
    const seconds = new Float32Array(targets.length * targets.length);
    targets.forEach((from, a) => {
      const row = this.rows.get(from)!;
      for (let b = 0; b < targets.length; b++) seconds[a * targets.length + b] = row[targets[b]!]!;
    });
    return seconds;
  }

  private askMatrix(from: readonly number[], to: readonly number[]): void {
    const snapOf = (target: number): Snap => this.ground.targetSnap[target]!;
    const answer = this.router.matrix(from.map(snapOf), to.map(snapOf));
    from.forEach((target, a) => {
      const row = this.rows.get(target) ?? new Float32Array(this.ground.targets.length).fill(NaN);
      for (let b = 0; b < to.length; b++) row[to[b]!] = answer[a * to.length + b]!;
      this.rows.set(target, row);
    });
  }

  /** Seconds from a position to these targets, or to all. */
  private sweep(from: Snap, targets?: readonly number[]): Float32Array {
    const reach = this.router.reachFrom(from);
    const access = accessDs(from) / 10;
    const count = targets?.length ?? this.ground.targets.length;
    const seconds = new Float32Array(count).fill(Infinity);
    if (!reach) return seconds;
    for (let i = 0; i < count; i++)
      seconds[i] = this.secondsTo(reach.nodeDs, targets ? targets[i]! : i) + access;
    // Along their common edge it may be quicker than by its ends.
    for (const target of this.onEdge.get(from.edge) ?? []) {
      const i = targets ? targets.indexOf(target) : target;
      if (i < 0) continue;
      seconds[i] = Math.min(seconds[i]!, this.alongEdgeS(this.router.graph, from, target));
    }
    return seconds;
  }

  private alongEdgeS(graph: RoadGraph, from: Snap, target: number): number {
    const to = this.ground.targetSnap[target]!;
    const ds = alongEdgeDs(graph, from, to);
    return ds >= unreached ? Infinity : (ds + accessDs(from) + accessDs(to)) / 10;
  }
}

/** Seconds on foot from one position to another; Infinity where that is too far to be sent. */
export function onFootS(from: Snap, to: Snap): number {
  const straightM = distanceM(from.asked, to.asked);
  return straightM > footReachM ? Infinity : (straightM * footDetour) / walkSpeedMps;
}
