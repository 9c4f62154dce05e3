/** What a fact adds to the log-likelihood of every trip. Each is a function of the fact alone, never of other facts. */
import { uniformOf } from './draws.ts';
import { detectionOf } from '#domain/detection.ts';
import type { PassFact, SearchFact } from '#locate/fact.ts';
import { type Ground, isBehindDoors } from '#locate/ground.ts';
import { type Family, nowhere, toLogUnits } from './family.ts';
import type { Model } from './model.ts';

/** Adds (sign 1) or takes away (sign -1) what the fact says about each trip of a family. */
export interface Part {
  apply(family: Family, sign: 1 | -1): void;
  /** What it adds to the logarithm of being somewhere else altogether. */
  rest: number;
}

/** A fact that says where she was at some moment, as well as it may. */
export interface SpotClaim {
  /** Moments at which it may have been so, all equally likely. */
  atS: readonly number[];
  /** 0 to 1 at a cell, or at `cellCount` + the index of a place. */
  likelihood(spot: number): number;
  /** Share of gross errors; they fall wherever right ones may. */
  wrong: number;
  /** How far it counts against what is known already, for who stands and for who drives. */
  standing: number;
  driving: number;
  /** Of who drives, trips of their own speak: see `anchors.ts`. Here it was a gross error then. */
  drivesApart: boolean;
  /** Prior probability that it is so of somebody who drives, where `drivesApart`. */
  drivingExpected: number;
}

/**
 * Likelihood ratio against the prior probability that such a fact comes up: ((1 − g)·L + g·E) ÷ E with E = the mean of L
 * over the trips of `base` before any fact.
 */
export function spotPart(claim: SpotClaim, base: Family, model: Model): Part & { expected: number } {
  const expected = Math.max(1e-9, expectedOf(claim, base) + claim.drivingExpected);
  const { wrong, atS } = claim;
  const oddWrong = Math.max(wrong, model.oddWrong);
  const plainOf = (value: number, power: number): number =>
    toLogUnits(power * Math.log(((1 - wrong) * value + wrong * expected) / expected));
  const oddOf = (value: number, power: number): number =>
    toLogUnits(power * model.oddTrust * Math.log(((1 - oddWrong) * value + oddWrong * expected) / expected));
  const apply = (family: Family, sign: 1 | -1): void => {
    const likelihood = likelihoodOf(claim, family, claim.drivesApart && family.approach === null);
    const { plain, odd } = family;
    if (atS.length === 1 && !family.beginsAfter(atS[0]!)) {
      const { round, stamp, plain: plainAt, odd: oddAt } = freshLogs(family.ground);
      const places = family.placesAt(atS[0]!);
      for (let h = 0; h < places.length; h++) {
        const place = places[h]!;
        if (place === nowhere) continue;
        if (stamp[place] !== round) {
          const value = likelihood(place);
          const power = (place & 1) === 1 ? claim.standing : claim.driving;
          stamp[place] = round;
          plainAt[place] = plainOf(value, power);
          oddAt[place] = oddOf(value, power);
        }
        plain[h]! += sign * plainAt[place]!;
        odd[h]! += sign * oddAt[place]!;
      }
      return;
    }
    const sums = meanLikelihoods(family, atS, likelihood);
    for (let h = 0; h < sums.length; h++) {
      if (sums[h]! < 0) continue;
      const power = family.beginsAfter(atS[0]!) ? claim.driving : claim.standing;
      plain[h]! += sign * plainOf(sums[h]!, power);
      odd[h]! += sign * oddOf(sums[h]!, power);
    }
  };
  return { apply, expected, rest: claim.standing * Math.log(model.restFactor) };
}

/** What was worked out for a spot is good while `stamp` says the present `round`: no array is cleared or made anew. */
interface Memo {
  claim: SpotClaim | null;
  round: number;
  stamp: Uint32Array;
  value: Float64Array;
}
const memos = new WeakMap<Ground, Memo>();

function memoOf(ground: Ground, claim: SpotClaim): Memo {
  const spots = ground.cellCount + ground.placeCount;
  const memo = memos.get(ground) ?? {
    claim: null,
    round: 0,
    stamp: new Uint32Array(spots),
    value: new Float64Array(spots),
  };
  memos.set(ground, memo);
  // What was worked out for the mean over all trips serves each trip of them next.
  if (memo.claim !== claim) memo.round++;
  memo.claim = claim;
  return memo;
}

/** The same for what a claim adds, by the numbers of `Family.placesAt`. */
interface LogMemo {
  round: number;
  stamp: Uint32Array;
  plain: Float64Array;
  odd: Float64Array;
}
const logMemos = new WeakMap<Ground, LogMemo>();

function freshLogs(ground: Ground): LogMemo {
  const places = (ground.cellCount + ground.placeCount) * 2;
  const memo = logMemos.get(ground) ?? {
    round: 0,
    stamp: new Uint32Array(places),
    plain: new Float64Array(places),
    odd: new Float64Array(places),
  };
  logMemos.set(ground, memo);
  memo.round++;
  return memo;
}

/** Of a number of `Family.placesAt`. One at a time for each ground. */
function likelihoodOf(claim: SpotClaim, { ground }: Family, drivesApart: boolean): (place: number) => number {
  const memo = memoOf(ground, claim);
  const { round, stamp, value } = memo;
  return place => {
    if (drivesApart && (place & 1) === 0) return 0;
    const spot = place >> 1;
    if (stamp[spot] === round) return value[spot]!;
    stamp[spot] = round;
    return (value[spot] = claim.likelihood(spot));
  };
}

/** Over the moments; below 0 where nobody knows where she was. */
function meanLikelihoods(
  family: Family,
  atS: readonly number[],
  likelihood: (place: number) => number,
): Float64Array {
  const sums = new Float64Array(family.hypotheses.count);
  for (const moment of atS) {
    if (family.beginsAfter(moment)) {
      const before = family.meanBefore(moment, cell => likelihood(cell * 2));
      for (let h = 0; h < sums.length; h++) sums[h]! += before === null ? -Infinity : before / atS.length;
      continue;
    }
    const places = family.placesAt(moment);
    for (let h = 0; h < places.length; h++) {
      if (places[h] === nowhere) sums[h] = -Infinity;
      else sums[h]! += likelihood(places[h]!) / atS.length;
    }
  }
  return sums;
}

function expectedOf(claim: SpotClaim, base: Family): number {
  const { prior } = base.hypotheses;
  const likelihood = likelihoodOf(claim, base, claim.drivesApart);
  let sum = 0;
  let weight = 0;
  const add = (h: number, value: number): void => {
    sum += prior[h]! * value;
    weight += prior[h]!;
  };
  if (claim.atS.length === 1) {
    const places = base.placesAt(claim.atS[0]!);
    for (let h = 0; h < places.length; h++) if (places[h] !== nowhere) add(h, likelihood(places[h]!));
  } else {
    const means = meanLikelihoods(base, claim.atS, likelihood);
    for (let h = 0; h < means.length; h++) if (means[h]! >= 0) add(h, means[h]!);
  }
  return weight > 0 ? sum / weight : 0;
}

/** Names the draw of where at her target she is: the same for every search. */
const spotDraw = 23;
/** Of those at a park or car park, so many stand where the road passes. */
const besideRoadShare = 0.4;

/** 'Looked here, not here': × (1 − POD), as far as she was there while they looked, and for what else the search saw. */
export function searchPart(fact: SearchFact, ground: Ground, model: Model): Part {
  const searched = ground.indexOf.get(fact.targetId);
  if (searched === undefined) return nothing;
  const { durationS, pod } = detectionOf(ground.targets[searched]!, fact.method);
  const { offset, items } = ground.cover;
  const fromS = fact.atS - durationS;
  const covered = new Map<number, number>();
  for (let k = offset[searched]!; k < offset[searched + 1]!; k++) {
    covered.set(items[k]!, ground.coverShare[k]!);
  }
  const apply = (family: Family, sign: 1 | -1): void => {
    const { first, target, count, number } = family.hypotheses;
    const spotOf = (h: number): number => uniformOf(number[h]!, target[h]!, spotDraw);
    const look = (h: number, share: number): void => {
      // She stays at one spot: who is not in what this search sees is not in it the next time either.
      if (share < 1 && spotOf(h) >= share) return;
      const there = thereShare(family, h, fromS, fact.atS);
      if (there <= 0) return;
      const found = Math.min(0.97, pod) * there;
      family.plain[h]! += sign * toLogUnits(Math.log(1 - found));
      family.odd[h]! += sign * toLogUnits(Math.log(1 - model.oddTrust * found));
    };
    for (const [i, share] of covered)
      for (let h = first[i] ?? 0; h < (first[i + 1] ?? 0); h++) look(h, share);
    // Who stayed at home comes after the trips to targets; a selection is not in order.
    for (let h = first.at(-1) ?? 0; h < count; h++) look(h, covered.get(target[h]!) ?? 0);
  };
  return { apply, rest: 0 };
}

/** Share of a time that she rests where she wanted to go. */
function thereShare({ hypotheses }: Family, h: number, fromS: number, toS: number): number {
  const from = Math.max(fromS, hypotheses.arriveS[h]!);
  const to = Math.min(toS, hypotheses.leaveS[h]!);
  if (to < from) return 0;
  return toS > fromS ? (to - from) / (toS - fromS) : 1;
}

/** A crew drove past: who sat in a parked car there would have been seen now and then. */
export function passPart(fact: PassFact, ground: Ground, model: Model): Part {
  const passedS = new Map(fact.edges);
  const plain = toLogUnits(Math.log(1 - model.passPod));
  const odd = toLogUnits(Math.log(1 - model.passPod * model.oddTrust));
  const apply = (family: Family, sign: 1 | -1): void => {
    const { target, cell, count, number } = family.hypotheses;
    for (let h = 0; h < count; h++) {
      if (cell[h]! < 0) continue;
      const atS = passedS.get(ground.cellEdge[cell[h]!]!);
      if (atS === undefined || !family.rests(h, atS)) continue;
      const own = target[h]!;
      if (isBehindDoors(ground.targets[own]!.kind)) continue;
      if (own < ground.placeCount && uniformOf(number[h]!, own, spotDraw) >= besideRoadShare) continue;
      family.plain[h]! += sign * plain;
      family.odd[h]! += sign * odd;
    }
  };
  return { apply, rest: 0 };
}

/** She was told of as a regular of some places: a part of the prior goes to them. */
export function usualPart(shareOf: (target: number) => number, gain: number, base: Family): Part {
  const { target, prior } = base.hypotheses;
  let usual = 0;
  for (let h = 0; h < target.length; h++) usual += target[h]! < 0 ? 0 : prior[h]! * shareOf(target[h]!);
  if (usual <= 0) return nothing;
  const apply = (family: Family, sign: 1 | -1): void => {
    const { target: own } = family.hypotheses;
    for (let h = 0; h < own.length; h++) {
      const share = own[h]! < 0 ? 0 : shareOf(own[h]!);
      const log = sign * toLogUnits(Math.log(1 - gain + (gain * share) / usual));
      family.plain[h]! += log;
      family.odd[h]! += log;
    }
  };
  return { apply, rest: 0 };
}

const nothing: Part = { apply: () => {}, rest: 0 };
