/**
 * What is kept for how long. One table; everything that purges and everything that shows periods reads it.
 *
 * Where the bounds come from. The Personal Information Protection Law (个人信息保护法) sets no number of days: personal
 * information is kept no longer than its purpose needs (art. 19) and is deleted when the purpose is reached (art. 47).
 * The default and the upper bound of `trace` and `vault` are therefore the bureau's to decide and to give reasons for;
 * the lower ones leave time for the review of looks, for a revisit and for a complaint. The Cybersecurity Law (网络安全法)
 * wants network logs kept for at least six months, which is the lower bound of `sessions`. Audit and log are kept for
 * ever; they hold no personal data of subjects (docs/adr/0003-names-stay-out-of-the-log.md).
 */
import { type RetentionClass, retentionClasses } from '#contract/retention.ts';

export interface RetentionRule {
  defaultDays: number;
  minDays: number;
  maxDays: number;
}

export const retentionRules: Record<RetentionClass, RetentionRule> = {
  /** From the closing of an incident: sightings, beliefs, plans, where she was found, why somebody looked. */
  trace: { defaultDays: 90, minDays: 30, maxDays: 365 },
  /** From the closing: name, numbers, address, vehicle, accounts, every free text. Never shorter than `trace`. */
  vault: { defaultDays: 365, minDays: 30, maxDays: 1095 },
  /** Positions and tracks of units, from their day. */
  tracks: { defaultDays: 90, minDays: 30, maxDays: 365 },
  /** Sessions from their end, failed sign-ins from their time. */
  sessions: { defaultDays: 180, minDays: 180, maxDays: 730 },
  /** Devices that nobody knows, from their last attempt: an identifier may be a phone's. */
  quarantine: { defaultDays: 30, minDays: 7, maxDays: 180 },
  /** Answers that are kept for a request that is sent again. */
  requests: { defaultDays: 7, minDays: 1, maxDays: 30 },
};

export type Periods = Readonly<Record<RetentionClass, number>>;

/** The days in force: what was set, else the defaults; a row outside of today's bounds is drawn into them. */
export function periodsOf(set: readonly { class: RetentionClass; days: number }[]): Periods {
  const days = new Map(set.map(row => [row.class, row.days]));
  const entries = retentionClasses.map(name => {
    const { defaultDays, minDays, maxDays } = retentionRules[name];
    return [name, Math.min(maxDays, Math.max(minDays, days.get(name) ?? defaultDays))] as const;
  });
  const periods = Object.fromEntries(entries) as Record<RetentionClass, number>;
  return { ...periods, vault: Math.max(periods.vault, periods.trace) };
}

/** Why a period may not be set; undefined when it may. */
export function refusedPeriod(name: RetentionClass, days: number, periods: Periods): string | undefined {
  const { minDays, maxDays } = retentionRules[name];
  if (days < minDays || days > maxDays) return `expected ${minDays} to ${maxDays} days for ${name}`;
  if (name === 'vault' && days < periods.trace)
    return `expected at least the ${periods.trace} days of trace: names may not go before what is known about them`;
  if (name === 'trace' && days > periods.vault)
    return `expected at most the ${periods.vault} days of vault: names may not go before what is known about them`;
  return undefined;
}

/** Days after its closing at which an incident leaves the screens: long enough for a revisit, well before any purge. */
export const archiveAfterDays = 14;
