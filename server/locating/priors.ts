/** What the belief assumes of where people are found: the defaults, what leaders set, and what closed incidents taught. */
import { hourBands, type PriorKind, priorKinds } from '#contract/prior.ts';
import { defaultPriors, type KindShares, type ScriptPriors } from '#locate/belief/prior.ts';
import type { PriorTables } from './protocol.ts';

/** The defaults with the tables over them. Weights are brought to a sum of 1; a kind that is not named has none. */
export function scriptPriors({ weights, counts }: PriorTables): ScriptPriors {
  const priors = defaultPriors();
  for (const { scamType, weights: set } of weights)
    if (set) priors[scamType] = { ...priors[scamType], weights: shares(set) };
  for (const { scamType, placeKind, hourBand, n } of counts) {
    // The table of a newer version may know kinds that this one does not.
    const ofKind = priors[scamType]?.counts[placeKind];
    if (ofKind) ofKind[hourBands.indexOf(hourBand)] = n;
  }
  return priors;
}

function shares(weights: Partial<Record<PriorKind, number>>): KindShares {
  const sum = priorKinds.reduce((total, kind) => total + (weights[kind] ?? 0), 0);
  return Object.fromEntries(priorKinds.map(kind => [kind, (weights[kind] ?? 0) / sum])) as KindShares;
}
