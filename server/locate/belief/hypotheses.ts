/** Whole trips that she may have made, several for each target: when she left, which way, how fast, what stop, how long she stays. */
import type { Ground } from '#locate/ground.ts';
import { unreached } from '#road/graph.ts';
import { type Arrival, arrivalAt, type DartArcs, dartArcsOf } from './approach.ts';
import { normalOf, spreadOf, uniformOf } from './draws.ts';
import type { Model } from './model.ts';
import type { RouteTree } from './tree.ts';

/** One array a property; the trips to target i are `first[i] … first[i + 1]`, after them those of the one who stays at home. */
export interface Hypotheses {
  count: number;
  /** Empty where the trips are a selection. */
  first: Uint32Array;
  /** Its number among all trips of the family. */
  number: Uint32Array;
  /** -1: at home, which is no target. */
  target: Int32Array;
  /** Index into the family's trees. */
  tree: Uint8Array;
  /** See `Arrival`. */
  entry: Int32Array;
  end: Uint8Array;
  /** The cell where the drive ends, and the tree's time to it. */
  cell: Int32Array;
  driveDs: Float32Array;
  /** Where she stays: a cell, or `cellCount` + the index of a place. */
  rest: Int32Array;
  departS: Float64Array;
  /** Her time ÷ the tree's. */
  slowness: Float32Array;
  /** A stop on the way, after this share of the drive; 0 seconds: none. */
  stopS: Float32Array;
  stopAt: Float32Array;
  arriveS: Float64Array;
  /** When she goes back again; Infinity if she stays. */
  leaveS: Float64Array;
  /** Prior weight; they sum to 1. */
  prior: Float64Array;
  /** 1: she walks, or takes the bus. */
  foot: Uint8Array;
  /** What was drawn for each trip, `drawCount` numbers in [0, 1): see `draw`. Empty where the trips are a selection. */
  draws: Float32Array;
}

/** What is drawn for a trip: when she leaves, how fast she is, where she stops, where at the target, whether she stops and goes back. */
export const draw = { depart: 0, pace: 1, stopAt: 2, cell: 3, stop: 4, back: 5 } as const;
export const drawCount = 6;
/** A number below 1 must stay below 1 when it is stored in 32 bits. */
export const belowOne = (u: number): number => Math.min(u, 1 - 2 ** -24);

/** When she left the family's source, as a quantile function. */
export type Departure = (u: number) => number;

export interface TripPlan {
  seed: number;
  trees: readonly RouteTree[];
  /** Of the targets: the prior, and what the drawn ones stand for. */
  destinations: Float64Array;
  weights: Float64Array;
  /** How many trips for each target. */
  counts: Uint16Array;
  departure: Departure;
  footShare: number;
  /** Weight of having stayed at home, and where that is. */
  home: { share: number; target: number; rest: number } | null;
}

/** At least `perTarget` for each target that can be reached (one where it is very unlikely), more in proportion to its weight. */
export function evenCounts(weights: Float64Array, model: Model): Uint16Array {
  const counts = new Uint16Array(weights.length);
  const unlikely = unlikelyTimes / weights.length;
  for (let i = 0; i < counts.length; i++) {
    if (weights[i]! <= 0) continue;
    const least = weights[i]! < unlikely ? 1 : model.perTarget;
    counts[i] = Math.max(least, Math.min(model.perTargetMax, Math.round(model.hypotheses * weights[i]!)));
  }
  return counts;
}

/** Less than this part of an even share. */
const unlikelyTimes = 0.1;

/** Systematic: `total` in all, each target its weight's share rounded up or down so that its expectation is right. */
export function systematicCounts(weights: Float64Array, total: number, u: number): Uint16Array {
  let sum = 0;
  let given = 0;
  const counts = new Uint16Array(weights.length);
  for (let i = 0; i < counts.length; i++) {
    sum += weights[i]! * total;
    const upTo = Math.floor(sum + u);
    counts[i] = upTo - given;
    given = upTo;
  }
  return counts;
}

/** A target that was drawn although its share is less than one trip stands for its whole stratum: weight 1 ÷ `total`. */
export function systematicWeights(weights: Float64Array, counts: Uint16Array, total: number): Float64Array {
  return weights.map((weight, i) => (counts[i]! === 0 ? 0 : Math.max(weight, counts[i]! / total)));
}

export function makeHypotheses(ground: Ground, plan: TripPlan, model: Model): Hypotheses {
  const { weights, counts, trees, home } = plan;
  const trips = counts.reduce((sum, count) => sum + count, 0);
  const made = emptyHypotheses(trips + (home ? 1 : 0), counts.length);
  const arcs = dartArcsOf(ground);
  let h = 0;
  for (let target = 0; target < counts.length; target++) {
    made.first[target] = h;
    const count = counts[target]!;
    const onFoot = trees.length > 0 && (count >= 3 || (count === 2 && plan.footShare > 0.3)) ? 1 : 0;
    for (let k = 0; k < count; k++, h++) {
      const foot = k >= count - onFoot;
      drawTrip(made, h, { plan, target, k, foot });
      layTrip(ground, arcs, made, h, { plan, model });
      made.prior[h] = foot
        ? plan.footShare * weights[target]! * Math.exp(-walkAway(made, h, model))
        : ((1 - plan.footShare) * weights[target]!) / (count - onFoot);
    }
  }
  made.first[counts.length] = h;
  normalise(made, h, 1 - (home?.share ?? 0));
  if (home) addStay(made, h, home);
  return made;
}

/** Who goes on foot does not go far: minus the logarithm of the share that does, relative to others on foot. */
export const walkAway = ({ driveDs, slowness }: Hypotheses, h: number, model: Model): number =>
  ((driveDs[h]! / 10) * slowness[h]!) / model.footRangeS;

function normalise({ prior }: Hypotheses, trips: number, share: number): void {
  let sum = 0;
  for (let h = 0; h < trips; h++) sum += prior[h]!;
  if (sum > 0) for (let h = 0; h < trips; h++) prior[h]! *= share / sum;
}

interface Trip {
  plan: TripPlan;
  target: number;
  k: number;
  foot: boolean;
}

function drawTrip(into: Hypotheses, h: number, { plan, target, k, foot }: Trip): void {
  const { seed, trees } = plan;
  const shift = uniformOf(seed, target, 1);
  const spread = (dimension: number): number => spreadOf(k, dimension, (shift * 997 * (dimension + 1)) % 1);
  into.target[h] = target;
  into.foot[h] = foot ? 1 : 0;
  into.tree[h] = trees.length > 0 ? (k + target) % trees.length : 0;
  const at = h * drawCount;
  into.draws[at + draw.depart] = belowOne(spread(0));
  into.draws[at + draw.pace] = belowOne(spread(1));
  into.draws[at + draw.stopAt] = belowOne(spread(2));
  into.draws[at + draw.cell] = belowOne(spread(4));
  into.draws[at + draw.stop] = belowOne(uniformOf(seed, target, k, 2));
  into.draws[at + draw.back] = belowOne(uniformOf(seed, target, k, 3));
}

/** Works a trip out from its target, its tree and what was drawn for it. */
export function layTrip(
  ground: Ground,
  arcs: DartArcs,
  into: Hypotheses,
  h: number,
  by: { plan: TripPlan; model: Model },
): void {
  const { trees } = by.plan;
  const { offset, items } = ground.targetCells;
  const target = into.target[h]!;
  const drawn = (what: keyof typeof draw): number => into.draws[h * drawCount + draw[what]]!;
  const cells = offset[target + 1]! - offset[target]!;
  const cell = items[offset[target]! + Math.min(cells - 1, Math.floor(drawn('cell') * cells))]!;
  into.cell[h] = cell;
  into.rest[h] = target < ground.placeCount ? ground.cellCount + target : cell;
  const arrival = trees.length > 0 ? arrivalAt(ground, arcs, trees[into.tree[h]!]!, cell) : null;
  if (!arrival || arrival.ds >= unreached) return addResident(into, h);
  setArrival(into, h, arrival);
  timeTrip(into, h, by);
}

/** The same way at the times and the pace that were drawn. */
export function timeTrip(
  into: Hypotheses,
  h: number,
  { plan, model }: { plan: TripPlan; model: Model },
): void {
  const drawn = (what: keyof typeof draw): number => into.draws[h * drawCount + draw[what]]!;
  const pace = Math.exp(model.speedSigma * normalOf(drawn('pace')));
  into.departS[h] = plan.departure(drawn('depart'));
  into.slowness[h] = pace * (into.foot[h] === 1 ? model.footSlowness : model.slowness);
  const stop = drawn('stop');
  into.stopS[h] =
    stop < model.stopShare
      ? model.stopFromS + (stop / model.stopShare) * (model.stopToS - model.stopFromS)
      : 0;
  into.stopAt[h] = drawn('stopAt');
  into.arriveS[h] = into.departS[h]! + (into.driveDs[h]! / 10) * into.slowness[h]! + into.stopS[h]!;
  const back = drawn('back');
  into.leaveS[h] =
    back < model.returnShare
      ? into.arriveS[h]! - model.stayS * Math.log(Math.max(1e-6, back / model.returnShare))
      : Infinity;
}

function setArrival(into: Hypotheses, h: number, { entry, end, ds }: Arrival): void {
  into.entry[h] = entry;
  into.end[h] = end;
  into.driveDs[h] = ds;
}

/** See `addResident`. */
export const isResident = ({ departS }: Hypotheses, h: number): boolean => departS[h] === -Infinity;

/** Where nobody knows how she came: she is there all the time. */
function addResident(into: Hypotheses, h: number): void {
  into.entry[h] = -1;
  into.tree[h] = 0;
  into.driveDs[h] = 0;
  into.stopS[h] = 0;
  into.slowness[h] = 1;
  into.departS[h] = -Infinity;
  into.arriveS[h] = -Infinity;
  into.leaveS[h] = Infinity;
}

function addStay(into: Hypotheses, h: number, home: { share: number; target: number; rest: number }): void {
  addResident(into, h);
  into.target[h] = home.target;
  into.cell[h] = -1;
  into.rest[h] = home.rest;
  into.prior[h] = home.share;
}

export function emptyHypotheses(count: number, targets: number): Hypotheses {
  return {
    count,
    first: new Uint32Array(targets + 1),
    number: counting(count),
    target: new Int32Array(count).fill(-1),
    tree: new Uint8Array(count),
    entry: new Int32Array(count).fill(-1),
    end: new Uint8Array(count),
    cell: new Int32Array(count),
    driveDs: new Float32Array(count),
    rest: new Int32Array(count),
    departS: new Float64Array(count),
    slowness: new Float32Array(count),
    stopS: new Float32Array(count),
    stopAt: new Float32Array(count),
    arriveS: new Float64Array(count),
    leaveS: new Float64Array(count),
    prior: new Float64Array(count),
    foot: new Uint8Array(count),
    draws: new Float32Array(count * drawCount),
  };
}

/** Some of the trips. */
export function selectTrips(all: Hypotheses, trips: readonly number[]): Hypotheses {
  const pick = <T extends Int32Array | Uint32Array | Uint8Array | Float32Array | Float64Array>(
    list: T,
  ): T => {
    const picked = list.slice(0, trips.length) as T;
    trips.forEach((h, i) => (picked[i] = list[h]!));
    return picked;
  };
  return {
    count: trips.length,
    first: new Uint32Array(0),
    number: pick(all.number),
    target: pick(all.target),
    tree: pick(all.tree),
    entry: pick(all.entry),
    end: pick(all.end),
    cell: pick(all.cell),
    driveDs: pick(all.driveDs),
    rest: pick(all.rest),
    departS: pick(all.departS),
    slowness: pick(all.slowness),
    stopS: pick(all.stopS),
    stopAt: pick(all.stopAt),
    arriveS: pick(all.arriveS),
    leaveS: pick(all.leaveS),
    prior: pick(all.prior),
    foot: pick(all.foot),
    draws: new Float32Array(0),
  };
}

function counting(count: number): Uint32Array {
  const numbers = new Uint32Array(count);
  for (let h = 0; h < count; h++) numbers[h] = h;
  return numbers;
}
