/** What a meeting in one incident is worth against a meeting in another. */
import type { Risk } from '#contract/alert.ts';

/** How much likelier an alert of this risk is about a person who pays: judgement, not counts. */
const byRisk: Record<Risk, number> = { extraHigh: 1, high: 0.6, medium: 0.3, low: 0.1 };
/** A loss is felt by its order of magnitude: this much more for each power of ten above `smallYuan`. */
const perMagnitude = 0.5;
const smallYuan = 10_000;

/** Weight of an incident; how soon the money goes is no part of it, that is the incident's own survival. */
export function incidentWeight({ risk, amountYuan }: { risk: Risk; amountYuan?: number }): number {
  return byRisk[risk] * (1 + perMagnitude * Math.log10(1 + (amountYuan ?? 0) / smallYuan));
}
