/** From log-likelihoods to probabilities. */
import { type Family, logUnit } from './family.ts';
import type { Model } from './model.ts';

export interface Weights {
  /** Per family, per trip. With `restOfWorld` they sum to 1. */
  trips: readonly Float64Array[];
  restOfWorld: number;
}

/** What lies so many logarithms below the best is 0. */
const negligible = 22;

/** @param restLog what the facts add to the logarithm of being somewhere else altogether */
export function weigh(families: readonly Family[], restLog: number, model: Model): Weights {
  const stays = Math.log(1 - model.restOfWorld);
  const shares = { plain: Math.log(1 - model.oddShare), odd: Math.log(model.oddShare) };
  let best = Math.log(model.restOfWorld) + restLog;
  for (const family of families) best = Math.max(best, stays + family.offset + bestOf(family, shares));
  const rest = Math.exp(Math.log(model.restOfWorld) + restLog - best);
  const trips = families.map(family => weightsOf(family, stays + family.offset - best, shares));
  let sum = rest;
  for (const list of trips) for (let h = 0; h < list.length; h++) sum += list[h]!;
  for (const list of trips) for (let h = 0; h < list.length; h++) list[h]! /= sum;
  return { trips, restOfWorld: rest / sum };
}

interface LogShares {
  plain: number;
  odd: number;
}

/** Log weight of the heaviest trip, as modelled or odd. */
function bestOf({ plain, odd, logPrior }: Family, shares: LogShares): number {
  let best = -Infinity;
  for (let h = 0; h < plain.length; h++) {
    const asModelled = plain[h]! / logUnit + shares.plain;
    const oddly = odd[h]! / logUnit + shares.odd;
    const log = logPrior[h]! + (asModelled > oddly ? asModelled : oddly);
    if (log > best) best = log;
  }
  return best;
}

/** Sum of both ways, times e to the power of `base`. */
function weightsOf({ plain, odd, logPrior }: Family, base: number, shares: LogShares): Float64Array {
  const weights = new Float64Array(plain.length);
  for (let h = 0; h < weights.length; h++) {
    const asModelled = base + logPrior[h]! + plain[h]! / logUnit + shares.plain;
    const oddly = base + logPrior[h]! + odd[h]! / logUnit + shares.odd;
    if (asModelled > -negligible) weights[h] = Math.exp(asModelled);
    if (oddly > -negligible) weights[h]! += Math.exp(oddly);
  }
  return weights;
}
