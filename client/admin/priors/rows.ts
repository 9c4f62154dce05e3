/** What the table of priors shows of each row. Pure. */
import type { PriorBody, PriorKind, PriorRow, ScriptPrior } from '#contract/prior.ts';
import { credibleInterval } from './beta.ts';

/** Fewer cases than these say little: their row is pale. */
export const fewCases = 5;

export interface ShownRow extends PriorRow {
  low: number;
  high: number;
  /** Little beside the assumption stands behind it. */
  weak: boolean;
  /** A leader has set another weight than the default. */
  isSet: boolean;
}

/** Most probable first. */
export function shownRows({ rows, strength, n }: ScriptPrior): ShownRow[] {
  return rows
    .map(row => ({
      ...row,
      ...credibleInterval(strength * row.weight + row.n, strength + n),
      weak: row.n < fewCases,
      isSet: Math.abs(row.weight - row.defaultWeight) > 5e-4,
    }))
    .toSorted((a, b) => b.mean - a.mean || b.n - a.n);
}

/** Weights in per cent as they are typed, by kind. */
export type Typed = Partial<Record<PriorKind, string>>;

export const typedOf = ({ rows }: ScriptPrior): Typed =>
  Object.fromEntries(rows.map(({ kind, weight }) => [kind, String(Math.round(weight * 1000) / 10)]));

/** What was typed as weights; null when a field holds no number from 0 to 100, or nothing is above 0. */
export function weightsOf(typed: Typed): NonNullable<PriorBody['weights']> | null {
  const entries = Object.entries(typed).map(([kind, text]) => [kind, numberOf(text)] as const);
  if (entries.some(([, value]) => value === null)) return null;
  if (!entries.some(([, value]) => value! > 0)) return null;
  return Object.fromEntries(entries.filter(([, value]) => value! > 0)) as Record<PriorKind, number>;
}

function numberOf(text: string): number | null {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() !== '' && value >= 0 && value <= 100 ? value : null;
}

/** What the typed weights add up to, per cent; they need not make 100, shares are taken of their sum. */
export const sumOf = (typed: Typed): number =>
  Object.values(typed).reduce((sum, text) => sum + (numberOf(text) ?? 0), 0);
