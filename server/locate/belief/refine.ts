/**
 * Many sightings leave few of the trips that were drawn: then those few stand for a whole neighbourhood. Annealed
 * importance sampling with resampling and moves (Neal 2001, Gilks & Berzuini 2001, Del Moral et al. 2006) draws new
 * ones about them: the sightings count step by step, and at each step the trips that are left are drawn again and moved.
 */
import type { Ground } from '#locate/ground.ts';
import { type DartArcs, dartArcsOf } from './approach.ts';
import { blocksOf } from './blocks.ts';
import { normalOf, normalShare, uniformOf } from './draws.ts';
import { type Family, logUnit } from './family.ts';
import {
  belowOne,
  draw,
  drawCount,
  emptyHypotheses,
  type Hypotheses,
  isResident,
  layTrip,
  timeTrip,
  walkAway,
} from './hypotheses.ts';
import type { Model } from './model.ts';

/** Brings a family that knows nothing to the sightings. */
export type Tell = (family: Family) => void;

/** A step may cost half of the trips. */
const keptShare = 0.5;
const movesPerStep = 2;
const lastMoves = 3;
/** Which part of the moves goes elsewhere, and which leaves at another time or drives at another pace. */
const elsewhereShare = 0.45;
const pacedShare = 0.4;
/** A move in time or pace keeps so much of what it was (preconditioned Crank–Nicolson, Cotter et al. 2013). */
const autoregression = 0.85;

/** Log-likelihood of each trip: as modelled or odd. */
function likelihoodsOf({ plain, odd }: Family, { oddShare }: Model): Float64Array {
  const asModelled = Math.log(1 - oddShare);
  const oddly = Math.log(oddShare);
  const logs = new Float64Array(plain.length);
  for (let h = 0; h < logs.length; h++)
    logs[h] = logSum(plain[h]! / logUnit + asModelled, odd[h]! / logUnit + oddly);
  return logs;
}

const logSum = (a: number, b: number): number => {
  const most = Math.max(a, b);
  return most === -Infinity ? most : most + Math.log(1 + Math.exp(-Math.abs(a - b)));
};

/** Logarithm of the weight of each trip that leaves, in a scale common to the families. */
export const massLogs = (family: Family, model: Model): Float64Array =>
  likelihoodsOf(family, model)
    .subarray(0, family.hypotheses.first.at(-1)!)
    .map((log, h) => log + family.logPrior[h]! + family.offset);

/** How many trips of equal weight say as much (Kish 1965). */
export const effectiveCount = (logs: Float64Array): number => effectiveAt(logs, null, 0);

/** The same where a second list of logarithms counts as well, to a power. */
function effectiveAt(logs: Float64Array, more: Float64Array | null, power: number): number {
  const all = more ? new Float64Array(logs.length) : logs;
  if (more) for (let h = 0; h < all.length; h++) all[h] = logs[h]! + power * more[h]!;
  const most = largest(all);
  let sum = 0;
  let squares = 0;
  for (let h = 0; h < all.length; h++) {
    const below = all[h]! - most;
    if (!(below > -negligible)) continue;
    const weight = Math.exp(below);
    sum += weight;
    squares += weight * weight;
  }
  return squares > 0 ? (sum * sum) / squares : 0;
}
const negligible = 22;

function largest(logs: Float64Array): number {
  let most = -Infinity;
  for (let h = 0; h < logs.length; h++) if (logs[h]! > most) most = logs[h]!;
  return most;
}

/**
 * Trips of equal weight that stand for those of `source` after the sightings that it was told; deterministic. Who
 * stayed at home stays as he was.
 */
export function refined(source: Family, tell: Tell, model: Model, seed: number): Family {
  const { hypotheses } = source;
  const moving = hypotheses.first.at(-1)!;
  const known = likelihoodsOf(source, model);
  const priors = source.logPrior.subarray(0, moving);
  const start = nextPower(priors, known.subarray(0, moving), 0, model.refinedTrips);
  const cloud = new Cloud(source, tell, model, seed);
  const logs = priors.map((prior, h) => prior + start * known[h]!);
  cloud.draw(hypotheses, known, logs);
  let logMass = logTotal(logs);
  for (let power = start, step = 1; ; step++) {
    const isLast = power >= 1;
    for (let k = 0; k < (isLast ? lastMoves : movesPerStep); k++) cloud.move(power, step * 8 + k);
    if (isLast) break;
    const next = nextPower(new Float64Array(cloud.count), cloud.known, power, cloud.count * keptShare);
    const gains = cloud.known.map(log => (next - power) * log);
    logMass += logTotal(gains) - Math.log(cloud.count);
    cloud.draw(cloud.trips, cloud.known, gains);
    power = next;
  }
  return cloud.settled(logMass);
}

/** How far the sightings may count, beyond `power`, so that `least` trips are left. */
function nextPower(priors: Float64Array, known: Float64Array, power: number, least: number): number {
  if (effectiveAt(priors, known, 1 - power) >= least) return 1;
  let [low, high] = [power, 1];
  for (let i = 0; i < bisections; i++) {
    const middle = (low + high) / 2;
    if (effectiveAt(priors, known, middle - power) >= least) low = middle;
    else high = middle;
  }
  // Where even a small step costs more, go on nevertheless.
  return Math.max(low, Math.min(1, power + 0.02));
}
const bisections = 8;

export function logTotal(logs: Float64Array): number {
  const most = largest(logs);
  let sum = 0;
  for (let h = 0; h < logs.length; h++) {
    const below = logs[h]! - most;
    if (below > -negligible) sum += Math.exp(below);
  }
  return most + Math.log(sum);
}

class Cloud {
  readonly count: number;
  trips: Hypotheses;
  /** Log-likelihoods. */
  known: Float64Array;
  private readonly source: Family;
  private readonly tell: Tell;
  private readonly model: Model;
  private readonly seed: number;
  private readonly ground: Ground;
  private readonly arcs: DartArcs;
  private draws = 0;

  constructor(source: Family, tell: Tell, model: Model, seed: number) {
    this.source = source;
    this.tell = tell;
    this.model = model;
    this.seed = seed;
    this.ground = source.ground;
    this.arcs = dartArcsOf(source.ground);
    this.count = model.refinedTrips;
    this.trips = emptyHypotheses(this.count, 0);
    this.known = new Float64Array(this.count);
  }

  /** Systematic resampling (Kitagawa 1996) from trips with log weights. */
  draw(from: Hypotheses, known: Float64Array, logs: Float64Array): void {
    const total = logTotal(logs);
    const trips = emptyHypotheses(this.count, 0);
    const likelihoods = new Float64Array(this.count);
    let reached = 0;
    let at = uniformOf(this.seed, this.draws++, 41);
    let taken = 0;
    for (let h = 0; h < logs.length && taken < this.count; h++) {
      reached += Math.exp(logs[h]! - total) * this.count;
      for (; at < reached && taken < this.count; at++, taken++) {
        copyTrip(from, h, trips, taken);
        likelihoods[taken] = known[h]!;
      }
    }
    // Rounding may leave the last one out.
    for (; taken < this.count; taken++) {
      copyTrip(trips, taken - 1, trips, taken);
      likelihoods[taken] = likelihoods[taken - 1]!;
    }
    this.trips = trips;
    this.known = likelihoods;
  }

  /** One step of Metropolis and Hastings for each trip, the sightings counting to a power. */
  move(power: number, step: number): void {
    const proposed = emptyHypotheses(this.count, 0);
    const { ground, arcs, model, trips, known } = this;
    const { plan } = this.source;
    for (let h = 0; h < this.count; h++) {
      copyTrip(trips, h, proposed, h);
      if (this.change(proposed, h, step) || isResident(proposed, h))
        layTrip(ground, arcs, proposed, h, { plan, model });
      else timeTrip(proposed, h, { plan, model });
    }
    const family = this.source.with(proposed);
    this.tell(family);
    const likelihoods = likelihoodsOf(family, model);
    for (let h = 0; h < this.count; h++) {
      const gain = power * (likelihoods[h]! - known[h]!) + this.walks(trips, h) - this.walks(proposed, h);
      if (Math.log(uniformOf(this.seed, h, step, 42) + 1e-12) >= gain) continue;
      copyTrip(proposed, h, trips, h);
      known[h] = likelihoods[h]!;
    }
  }

  /** In the order of their targets, with who stayed at home after them. */
  settled(logMass: number): Family {
    const { hypotheses, logPrior } = this.source;
    const { trips, count } = this;
    const stays = hypotheses.count - hypotheses.first.at(-1)!;
    const order = Array.from({ length: count }, (_, h) => h).sort(
      (a, b) => trips.target[a]! - trips.target[b]! || a - b,
    );
    const made = emptyHypotheses(count + stays, this.ground.targets.length);
    order.forEach((from, to) => copyTrip(trips, from, made, to));
    for (let i = 0; i < stays; i++) copyTrip(hypotheses, hypotheses.count - stays + i, made, count + i);
    for (let target = 0, h = 0; target < made.first.length; target++) {
      while (h < count && made.target[h]! < target) h++;
      made.first[target] = h;
    }
    const family = this.source.with(made);
    this.tell(family);
    const known = likelihoodsOf(family, this.model);
    for (let h = 0; h < count; h++) family.logPrior[h] = logMass - Math.log(count) - known[h]!;
    for (let i = 0; i < stays; i++) family.logPrior[count + i] = logPrior[hypotheses.count - stays + i]!;
    return family;
  }

  private walks(trips: Hypotheses, h: number): number {
    return trips.foot[h] === 1 ? walkAway(trips, h, this.model) : 0;
  }

  /** Whether it goes another way than before. */
  private change(trips: Hypotheses, h: number, step: number): boolean {
    const random = (what: number): number => uniformOf(this.seed, h, step, 50 + what);
    const at = h * drawCount;
    const redraw = (what: number): void => {
      trips.draws[at + what] = belowOne(random(10 + what));
    };
    const kind = random(0);
    if (kind < elsewhereShare) {
      const blocks = blocksOf(this.ground, step);
      trips.target[h] = blocks.another(trips.target[h]!, this.source.plan.destinations, random(1));
      redraw(draw.cell);
      return true;
    } else if (kind < elsewhereShare + pacedShare) {
      this.nudge(trips.draws, at + draw.depart, random(2));
      this.nudge(trips.draws, at + draw.pace, random(3));
      return false;
    } else {
      redraw(draw.stop);
      redraw(draw.stopAt);
      redraw(draw.back);
      const ways = this.source.trees.length;
      if (ways > 0) trips.tree[h] = Math.floor(random(4) * ways);
      return true;
    }
  }

  private nudge(draws: Float32Array, at: number, u: number): void {
    const z = autoregression * normalOf(draws[at]!) + Math.sqrt(1 - autoregression ** 2) * normalOf(u);
    draws[at] = belowOne(normalShare(z));
  }
}

/** All but its number: that is its place in the list. One line a column: a loop over their names takes many times as long. */
function copyTrip(from: Hypotheses, h: number, into: Hypotheses, to: number): void {
  into.target[to] = from.target[h]!;
  into.tree[to] = from.tree[h]!;
  into.entry[to] = from.entry[h]!;
  into.end[to] = from.end[h]!;
  into.cell[to] = from.cell[h]!;
  into.driveDs[to] = from.driveDs[h]!;
  into.rest[to] = from.rest[h]!;
  into.departS[to] = from.departS[h]!;
  into.slowness[to] = from.slowness[h]!;
  into.stopS[to] = from.stopS[h]!;
  into.stopAt[to] = from.stopAt[h]!;
  into.arriveS[to] = from.arriveS[h]!;
  into.leaveS[to] = from.leaveS[h]!;
  into.foot[to] = from.foot[h]!;
  const [source, target] = [h * drawCount, to * drawCount];
  for (let k = 0; k < drawCount; k++) into.draws[target + k] = from.draws[source + k]!;
}
