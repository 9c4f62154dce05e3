/** Trips that begin at one point: her home, or where a camera, a good fix or somebody saw her. */
import type { Ground } from '#locate/ground.ts';
import { unreached } from '#road/graph.ts';
import { type Arrival, arrivalAt, cellOnEdge, dartArcsOf } from './approach.ts';
import { type Hypotheses, selectTrips, type TripPlan } from './hypotheses.ts';
import type { RouteTree } from './tree.ts';

/** Log-likelihoods are counted in whole units of 2^-20, so that their sums are exact and no order of facts can matter. */
export const logUnit = 2 ** 20;
export const toLogUnits = (log: number): number => Math.round(log * logUnit);

/** How she came to where a family begins: by one of the ways, at one of the paces. */
export interface Approach {
  /** Key of the fact at which the family begins. */
  of: string;
  atS: number;
  ways: readonly { tree: RouteTree; arrival: Arrival }[];
  paces: readonly Pace[];
}
export interface Pace {
  /** Her time ÷ the tree's. */
  slowness: number;
  /** Probability. */
  share: number;
}

/** Beyond every spot. */
export const nowhere = -1;

export class Family {
  readonly ground: Ground;
  /** What its trips were drawn from. */
  readonly plan: TripPlan;
  readonly trees: readonly RouteTree[];
  readonly hypotheses: Hypotheses;
  /** Null where trips begin at her home, or where nobody knows it. */
  readonly approach: Approach | null;
  /** Who went back is there again; null where trips began on the way. */
  readonly home: { target: number } | null;
  /** Log-likelihood of the facts so far, as modelled and for an odd trip. */
  readonly plain: Float64Array;
  readonly odd: Float64Array;
  /** Log weight of the whole family against the one from her home. */
  readonly offset: number;
  readonly logPrior: Float64Array;
  private readonly places: Int32Array;
  private placesTime = NaN;

  constructor(
    ground: Ground,
    plan: TripPlan,
    hypotheses: Hypotheses,
    begin: { approach?: Approach; offset?: number; home?: { target: number } | null } = {},
  ) {
    const { approach = null, offset = 0, home = null } = begin;
    this.home = home;
    this.ground = ground;
    this.plan = plan;
    this.trees = plan.trees;
    this.hypotheses = hypotheses;
    this.approach = approach;
    this.offset = offset;
    this.plain = new Float64Array(hypotheses.count);
    this.odd = new Float64Array(hypotheses.count);
    this.places = new Int32Array(hypotheses.count);
    this.logPrior = new Float64Array(hypotheses.count);
    for (let h = 0; h < hypotheses.count; h++) this.logPrior[h] = Math.log(hypotheses.prior[h]!);
  }

  /**
   * Per trip `2 × spot + 1` where she stands, `2 × spot` where she drives, `nowhere` where nobody knows; a spot is a cell,
   * or `cellCount` + the index of a place. Valid until the next call.
   */
  placesAt(atS: number): Int32Array {
    if (this.placesTime === atS) return this.places;
    this.placesTime = atS;
    const { places } = this;
    const { arriveS, leaveS, rest } = this.hypotheses;
    for (let h = 0; h < places.length; h++) {
      if (atS >= arriveS[h]! && atS < leaveS[h]!) {
        places[h] = rest[h]! * 2 + 1;
        continue;
      }
      const spot = this.spotAt(h, atS);
      places[h] = spot < 0 ? nowhere : spot * 2 + (this.stands(h, atS) ? 1 : 0);
    }
    return places;
  }

  /** Some of its trips, without the facts. */
  select(trips: readonly number[]): Family {
    return this.with(selectTrips(this.hypotheses, trips));
  }

  /** Other trips that begin as these do; they know no facts. */
  with(hypotheses: Hypotheses): Family {
    const { ground, plan, approach, offset, home } = this;
    return new Family(ground, plan, hypotheses, { ...(approach && { approach }), offset, home });
  }

  /**
   * Mean over the approach of what holds at a cell, at a moment before the family begins; null where nobody knows how
   * she came. It is the same for all trips: how she came must not tell one destination from another.
   */
  meanBefore(atS: number, valueAt: (cell: number) => number): number | null {
    const { ways, paces, atS: beginsS } = this.approach!;
    if (ways.length === 0) return null;
    const goal = this.sourceSpot();
    let mean = 0;
    for (const { tree, arrival } of ways) {
      const { entry, end, ds } = arrival;
      for (const { slowness, share } of paces) {
        const droveDs = ds - ((beginsS - atS) * 10) / slowness;
        const cell = cellOnWay(this.ground, tree, entry, end, ds, goal, droveDs);
        mean += (share * valueAt(cell)) / ways.length;
      }
    }
    return mean;
  }

  /** Whether the family begins later than that. */
  beginsAfter(atS: number): boolean {
    return this.approach !== null && atS < this.approach.atS;
  }

  /** Whether she is not driving. */
  stands(h: number, atS: number): boolean {
    const { arriveS, leaveS, departS, stopS } = this.hypotheses;
    if (atS >= arriveS[h]!) return atS < leaveS[h]! || this.isBack(h, atS);
    if (atS < departS[h]!) return this.approach === null;
    return stopS[h]! > 0 && this.drivenS(h, atS) === this.stopTimeS(h);
  }

  /** Whether she is where the trip began, again. */
  isBack(h: number, atS: number): boolean {
    return atS >= this.backS(h);
  }

  /** When; Infinity for who stays. */
  backS(h: number): number {
    const { leaveS, driveDs, slowness } = this.hypotheses;
    return leaveS[h]! + (driveDs[h]! / 10) * slowness[h]!;
  }

  /** Whether she is where she wanted to go. */
  rests(h: number, atS: number): boolean {
    const { arriveS, leaveS } = this.hypotheses;
    return atS >= arriveS[h]! && atS < leaveS[h]!;
  }

  /** A cell, or `cellCount` + the index of a place; `nowhere` when nobody knows. */
  spotAt(h: number, atS: number): number {
    const { arriveS, leaveS, rest, departS, slowness, driveDs } = this.hypotheses;
    if (atS >= arriveS[h]!) {
      if (atS < leaveS[h]!) return rest[h]!;
      return this.cellAlong(h, driveDs[h]! - ((atS - leaveS[h]!) * 10) / slowness[h]!);
    }
    if (atS < departS[h]!) return this.sourceSpot();
    return this.cellAlong(h, (this.drivenS(h, atS) * 10) / slowness[h]!);
  }

  /** When she passes a point that the tree reaches at `ds`, on her way out. */
  passesAtS(h: number, ds: number): number {
    const { departS, slowness, stopS, stopAt, driveDs } = this.hypotheses;
    const late = ds > driveDs[h]! * stopAt[h]! ? stopS[h]! : 0;
    return departS[h]! + (ds / 10) * slowness[h]! + late;
  }

  /** Her tree's time of what she has driven until `atS`; at most the whole way out. */
  drivenDs(h: number, atS: number): number {
    const { departS, slowness, driveDs } = this.hypotheses;
    if (atS <= departS[h]!) return 0;
    return Math.min(driveDs[h]!, (this.drivenS(h, atS) * 10) / slowness[h]!);
  }

  /** Seconds of driving until `atS`, with the stop taken out. */
  private drivenS(h: number, atS: number): number {
    const { departS, stopS } = this.hypotheses;
    const sinceS = atS - departS[h]!;
    const stopTimeS = stopS[h]! > 0 ? this.stopTimeS(h) : Infinity;
    return sinceS <= stopTimeS ? sinceS : Math.max(stopTimeS, sinceS - stopS[h]!);
  }

  private stopTimeS(h: number): number {
    const { driveDs, slowness, stopAt } = this.hypotheses;
    return (driveDs[h]! / 10) * slowness[h]! * stopAt[h]!;
  }

  /** Where the drive of trip h has come to after `ds` of its tree's time. */
  private cellAlong(h: number, ds: number): number {
    const { tree, entry, end, cell, driveDs } = this.hypotheses;
    return cellOnWay(this.ground, this.trees[tree[h]!]!, entry[h]!, end[h]!, driveDs[h]!, cell[h]!, ds);
  }

  private sourceSpot(): number {
    const source = this.trees[0]?.source;
    return source ? cellOnEdge(this.ground, source.edge, source.fraction) : nowhere;
  }
}

/** The cell on a tree's way to `goal` after `ds` of its time; the way is told by the parts of an `Arrival`. */
function cellOnWay(
  ground: Ground,
  tree: RouteTree,
  entry: number,
  end: number,
  arriveDs: number,
  goal: number,
  ds: number,
): number {
  const { graph, cellOffset, cellEdge } = ground;
  const { source } = tree;
  if (ds <= 0) return cellOnEdge(ground, source.edge, source.fraction);
  if (ds >= arriveDs) return goal;
  const edge = cellEdge[goal]!;
  if (entry < 0) {
    const goalFraction = (goal - cellOffset[edge]! + 0.5) / (cellOffset[edge + 1]! - cellOffset[edge]!);
    return cellOnEdge(ground, edge, source.fraction + (goalFraction - source.fraction) * (ds / arriveDs));
  }
  const entryDs = tree.distDs[entry]!;
  if (ds >= entryDs) {
    const count = cellOffset[edge + 1]! - cellOffset[edge]!;
    const share = (ds - entryDs) / (arriveDs - entryDs);
    const goalFraction = (goal - cellOffset[edge]! + 0.5) / count;
    return cellOnEdge(ground, edge, end === 0 ? goalFraction * share : 1 - (1 - goalFraction) * share);
  }
  const node = tree.ancestorAt(entry, ds);
  const before = tree.parent[node]!;
  if (before < 0) return cellOnEdge(ground, source.edge, source.fraction);
  const arc = tree.parentArc[node]!;
  const beforeDs = tree.distDs[before]!;
  const share = (ds - beforeDs) / (tree.distDs[node]! - beforeDs);
  const along = graph.arcEdge[arc]!;
  const ahead = graph.nodeJunction[before] === graph.edgeFrom[along];
  return cellOnEdge(ground, along, ahead ? share : 1 - share);
}

/** How a family's source was come to from her home, by each of that family's trees that leads there. */
export function approachTo(
  ground: Ground,
  trees: readonly RouteTree[],
  source: { edge: number; fraction: number },
  begin: Pick<Approach, 'of' | 'atS' | 'paces'>,
): Approach {
  const arcs = dartArcsOf(ground);
  const cell = cellOnEdge(ground, source.edge, source.fraction);
  const ways = trees.map(tree => ({ tree, arrival: arrivalAt(ground, arcs, tree, cell) }));
  return { ...begin, ways: ways.filter(({ arrival }) => arrival.ds < unreached) };
}
