/** Driving times between targets and from units to targets, kept as long as the roads are the same. */
import { accessDs, arrivals, type Snap, walkSpeedMps } from '#road/access.ts';
import { distanceM } from '#road/geo.ts';
import { unreached } from '#road/graph.ts';
import type { RoadRouter } from '#road/router.ts';
import type { Ground } from '../ground.ts';

/** Times among so many targets are kept for a router. */
const mostKept = 1024;
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
  /** Target → its row and column among the times that are kept. */
  private readonly numberOf = new Map<number, number>();
  /** Rows × columns; NaN where nobody asked yet. */
  private keptS = new Float32Array(0);
  private width = 0;

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
    return Float32Array.from(this.router.matrix(snaps, this.snapsOf(targets)));
  }

  /** Seconds between targets that all have a place on the road, row-major. Only what is not known yet is asked. */
  between(targets: readonly number[]): Float32Array {
    const numbers = this.numbersOf(targets);
    const isMissing = (a: number, b: number): boolean =>
      Number.isNaN(this.keptS[numbers[a]! * this.width + numbers[b]!]!);
    const all = Array.from(targets.keys());
    const [fresh, had] = [all.filter(i => isMissing(i, i)), all.filter(i => !isMissing(i, i))];
    this.ask(targets, numbers, fresh, all);
    const columns = new Set<number>(fresh);
    const rows = had.filter(a => {
      const missing = had.filter(b => isMissing(a, b));
      for (const b of missing) columns.add(b);
      return missing.length > 0 || fresh.length > 0;
    });
    this.ask(targets, numbers, rows, [...columns]);
    const seconds = new Float32Array(targets.length * targets.length);
    for (let a = 0, i = 0; a < numbers.length; a++)
      for (let b = 0; b < numbers.length; b++, i++)
        seconds[i] = this.keptS[numbers[a]! * this.width + numbers[b]!]!;
    return seconds;
  }

  /** The numbers of the targets among those that are kept; when there are too many, the others are forgotten. */
  private numbersOf(targets: readonly number[]): number[] {
    const fresh = targets.filter(target => !this.numberOf.has(target)).length;
    if (this.numberOf.size + fresh > this.width) {
      this.width = Math.max(mostKept, targets.length);
      this.keptS = new Float32Array(this.width ** 2).fill(NaN);
      this.numberOf.clear();
    }
    return targets.map(target => {
      const number = this.numberOf.get(target) ?? this.numberOf.size;
      this.numberOf.set(target, number);
      return number;
    });
  }

  private ask(
    targets: readonly number[],
    numbers: readonly number[],
    rows: readonly number[],
    columns: readonly number[],
  ): void {
    if (rows.length === 0 || columns.length === 0) return;
    const seconds = this.fromSnaps(
      this.snapsOf(rows.map(i => targets[i]!)),
      columns.map(i => targets[i]!),
    );
    for (let a = 0, i = 0; a < rows.length; a++)
      for (let b = 0; b < columns.length; b++, i++)
        this.keptS[numbers[rows[a]!]! * this.width + numbers[columns[b]!]!] = seconds[i]!;
  }

  private snapsOf(targets: readonly number[]): Snap[] {
    return targets.map(target => this.ground.targetSnap[target]!);
  }
}

/** Seconds on foot from one position to another; Infinity where that is too far to be sent. */
export function onFootS(from: Snap, to: Snap): number {
  const straightM = distanceM(from.asked, to.asked);
  return straightM > footReachM ? Infinity : (straightM * footDetour) / walkSpeedMps;
}
