/** Numbers of a belief as a person can picture them. Pure. */
import type { PlanView, PosteriorView } from '../../api/locate.ts';

/** Cells are at most this long. */
const cellKm = 0.06;

/**
 * As many kilometres of road as would leave the same doubt if she could be anywhere on them alike: 2^entropy cells
 * (perplexity).
 */
export const doubtKm = ({ entropyBits }: Pick<PosteriorView, 'entropyBits'>): number =>
  2 ** entropyBits * cellKm;

/** Probability that the plan has found her by then, read off its curve between its points; 0 before the first. */
export function foundBy(curve: PlanView['pFoundBy'], minute: number): number {
  const after = curve.findIndex(point => point.minute >= minute);
  if (after < 0) return curve.at(-1)?.p ?? 0;
  const to = curve[after]!;
  const from = curve[after - 1] ?? { minute: 0, p: 0 };
  if (to.minute === from.minute) return to.p;
  return from.p + ((minute - from.minute) / (to.minute - from.minute)) * (to.p - from.p);
}

/** She is more likely (1) or less likely (-1) to be there within half an hour than now; 0: about the same. */
export function trend({ poa, poaSoon }: { poa: number; poaSoon: number }): 1 | 0 | -1 {
  const change = poaSoon - poa;
  if (Math.abs(change) < Math.max(0.01, 0.15 * poa)) return 0;
  return change > 0 ? 1 : -1;
}
