/** The calibration board from the scores of single cases. Pure. */
import type { ScamType } from '#contract/alert.ts';
import { scamTypes } from '#contract/alert.ts';
import { type Calibration, regionShares, type ScoredMoment, scoredMoments } from '#contract/calibration.ts';
import { type PriorKind, priorKinds } from '#contract/prior.ts';
import { type SightingKind, sightingKinds } from '#contract/sighting.ts';
import type { ScriptPriors } from '#locate/belief/prior.ts';
import { rateOf } from '../figures.ts';
import type { Score } from './score.ts';

export interface ScoredCase extends Score {
  moment: ScoredMoment;
  /** Of the find, in Shanghai: `2026-11`. */
  month: string;
}
export interface ValuedEvidence {
  kind: SightingKind;
  bits: number;
}

export function calibrationBoard(
  scores: readonly ScoredCase[],
  evidence: readonly ValuedEvidence[],
  priors: ScriptPriors,
): Omit<Calibration, 'asOf'> {
  const of = (moment: ScoredMoment) => scores.filter(score => score.moment === moment);
  const found = of('found');
  const months = [...new Set(found.map(({ month }) => month))].toSorted((a, b) => (a < b ? 1 : -1));
  return {
    cases: found.length,
    regions: scoredMoments.flatMap(moment =>
      regionShares.map(share => {
        const all = of(moment);
        const inside = all.filter(score => score[`inside${share}`]).length;
        return { moment, share, inside, rate: rateOf(inside, all.length) };
      }),
    ),
    months: months.map(month => ({
      month,
      bits: meanOf(found.filter(score => score.month === month).map(({ bits }) => bits)),
    })),
    evidence: sightingKinds.flatMap(kind => {
      const bits = meanOf(evidence.filter(each => each.kind === kind).map(each => each.bits));
      return bits.of === 0 ? [] : { kind, bits };
    }),
    drift: scamTypes.flatMap(scamType => driftOf(scamType, priors) ?? []),
  };
}

/** Two-sided 90 % of the normal distribution; from so few cases on it is fair to use it. */
const z90 = 1.6449;
const fewest = 5;

/** A mean with its interval; without one while there are too few. */
export function meanOf(values: readonly number[]): Calibration['months'][number]['bits'] {
  const of = values.length;
  if (of === 0) return { value: null, lo: null, hi: null, of };
  const value = values.reduce((sum, each) => sum + each, 0) / of;
  if (of < fewest) return { value, lo: null, hi: null, of };
  const variance = values.reduce((sum, each) => sum + (each - value) ** 2, 0) / (of - 1);
  const half = z90 * Math.sqrt(variance / of);
  return { value, lo: value - half, hi: value + half, of };
}

function driftOf(scamType: ScamType, priors: ScriptPriors): Calibration['drift'][number] | null {
  const { weights, counts } = priors[scamType];
  const foundAt = (kind: PriorKind) => counts[kind].reduce((sum, n) => sum + n, 0);
  const of = priorKinds.reduce((sum, kind) => sum + foundAt(kind), 0);
  if (of === 0) return null;
  const apart = priorKinds.reduce((sum, kind) => sum + Math.abs(foundAt(kind) / of - weights[kind]), 0);
  const kinds = priorKinds
    .map(kind => ({ kind, found: foundAt(kind), expected: weights[kind] * of }))
    .filter(({ found, expected }) => found > 0 || expected >= 1)
    .toSorted((a, b) => b.found - a.found || b.expected - a.expected);
  return { scamType, of, distance: apart / 2, kinds };
}
