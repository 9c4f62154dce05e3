/** What the facts say of the trip as a whole: when she left, how, and whether she left at all. */
import type { Fact, ReportFact, Subject } from '#locate/fact.ts';
import type { LngLat } from '#road/geo.ts';
import { normalOf, normalShare } from './draws.ts';
import type { Departure } from './hypotheses.ts';
import type { Model } from './model.ts';
import type { KindShares } from './prior.ts';

export interface Setup {
  /** Where the trip began; null: nobody knows. */
  origin: LngLat | null;
  departure: Departure;
  homeShare: number;
  footShare: number;
  /** Two setups with the same key are the same. */
  key: string;
}

/** Before the alert she was at least this long under way, when it was she who was reported to have left. */
const leftAtLeastS = 60;
/** Nobody knows when somebody left to the minute. */
const leastDoubtS = 90;

/** A function of the set of facts: of several reports the most credible counts, then the newest. */
export function setupOf(facts: readonly Fact[], subject: Subject, shares: KindShares, model: Model): Setup {
  const reports = facts.filter(fact => fact.kind === 'report').toSorted(byWeight);
  const left = reports.find(report => report.departedAtS !== undefined);
  const how = reports.find(report => report.byVehicle !== undefined);
  const origin = subject.home ?? left?.position ?? null;
  const stayed = left ? 1 - 0.95 * left.credibility : 1;
  const homeShare = origin ? shares.residence * stayed : 0;
  const footShare = footShareOf(how, model);
  const departure = left ? reportedDeparture(left, model) : unreportedDeparture(model);
  const key = JSON.stringify([
    origin,
    homeShare,
    footShare,
    left && [left.atS, left.departedAtS, left.departedDoubtS, left.credibility],
  ]);
  return { origin, departure, homeShare, footShare, key };
}

const byWeight = (a: ReportFact, b: ReportFact): number =>
  b.credibility - a.credibility || b.atS - a.atS || (a.id < b.id ? -1 : 1);

function footShareOf(how: ReportFact | undefined, { footShare }: Model): number {
  if (!how) return footShare;
  return how.byVehicle
    ? footShare * (1 - 0.9 * how.credibility)
    : footShare + (0.9 - footShare) * how.credibility;
}

/** Normal, cut off where the report was made. */
function reportedDeparture(left: ReportFact, model: Model): Departure {
  const mean = left.departedAtS!;
  const sd = Math.max(leastDoubtS, (left.departedDoubtS ?? model.departedDoubtS) * 1.1);
  const latest = Math.max(mean, left.atS - leftAtLeastS);
  const share = Math.max(1e-3, normalShare((latest - mean) / sd));
  return u => Math.min(latest, mean + sd * normalOf(u * share));
}

/** Log-normal before five minutes after the alert: the machines notice while she is on the phone or soon after. */
const unreportedDeparture =
  ({ leftBeforeS, leftSigma }: Model): Departure =>
  u =>
    300 - leftBeforeS * Math.exp(leftSigma * normalOf(u));
