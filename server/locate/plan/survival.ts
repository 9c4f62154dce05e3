/** The chance that the money is still there when she is met: what a minute earlier is worth. */
import type { ScamType } from '#contract/alert.ts';

/** How far the fraud has come, as far as the centre knows. */
export type Stage = 'unknown' | 'inCall' | 'screenShared' | 'atCardPage' | 'cashInHand';

/**
 * Mean minutes until the money is gone, by stage: assumptions, not counts. Somebody on the line is still being worked
 * on; with the screen shared the accounts are being read; at the card page one code is missing; cash has to be
 * carried, counted and handed over.
 */
const minutesByStage: Record<Exclude<Stage, 'unknown'>, number> = {
  inCall: 30,
  screenShared: 12,
  atCardPage: 4,
  cashInHand: 20,
};
/** Scripts that take longer or shorter at every stage: false police hold their victims for hours, clerks of a false shop do not. */
const factorByScript: Partial<Record<ScamType, number>> = {
  fakePolice: 1.5,
  courier: 1.2,
  investment: 1.5,
  romance: 2,
  customerService: 0.7,
  loan: 0.8,
};

/** Survival S(t) = e^(−t ÷ mean): a constant hazard, the least that one can assume of a time of which only the mean is known. */
export function exponential(meanS: number): (inS: number) => number {
  return inS => Math.exp(-Math.max(0, inS) / meanS);
}

/** S for an incident of which something is known; null where nothing is, and the planner's own discount serves. */
export function survivalOf(scamType: ScamType, stage: Stage): ((inS: number) => number) | null {
  if (stage === 'unknown') return null;
  return exponential(minutesByStage[stage] * (factorByScript[scamType] ?? 1) * 60);
}
