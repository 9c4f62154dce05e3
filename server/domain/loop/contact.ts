/** Attempts to reach her: which outcomes there are, which of them count, and when the next one is due. Pure. */
import type { Risk } from '#contract/alert.ts';
import type { ContactChannel, ContactOutcome } from '#contract/kinds.ts';

/**
 * What may come of an attempt by each channel. The first ones of a call are in the order of their keys at the desk. What
 * became of a message is the gateway's to say; a message sent from elsewhere can be noted with what came back.
 */
export const outcomesByHand: Record<ContactChannel, readonly ContactOutcome[]> = {
  call: ['noAnswer', 'rejected', 'busy', 'poweredOff', 'unreachable', 'answered', 'denied', 'wrongNumber'],
  sms: ['answered', 'noAnswer'],
  family: ['reached', 'notReached', 'answered', 'noAnswer', 'wrongNumber'],
  visit: ['reached', 'notReached', 'denied'],
};

const reaching: readonly ContactOutcome[] = ['answered', 'denied', 'reached'];

/** Somebody was spoken to: she, or whoever knows where she is. */
export const isReached = ({ outcome }: { outcome: ContactOutcome }): boolean => reaching.includes(outcome);

export interface Attempt {
  channel: ContactChannel;
  outcome: ContactOutcome;
  /** ISO 8601 */
  at: string;
}

/** So many calls in vain, and the case is graver than the alert said. */
export const MOST_UNANSWERED = 3;

const isCallInVain = (attempt: Attempt): boolean => attempt.channel === 'call' && !isReached(attempt);
/** Her own voice, not her family's. */
const isHerAnswer = (attempt: Attempt): boolean => attempt.channel !== 'family' && isReached(attempt);

/** Calls in vain since she was last spoken to, whatever order they were recorded in. */
export function callsInVain(attempts: readonly Attempt[]): number {
  const answeredAt = Math.max(-Infinity, ...attempts.filter(isHerAnswer).map(({ at }) => Date.parse(at)));
  return attempts.filter(attempt => isCallInVain(attempt) && Date.parse(attempt.at) > answeredAt).length;
}

const minuteMs = 60_000;

/** From a call in vain to the next one. */
export const redialAfterMs: Record<Risk, number> = {
  extraHigh: 2 * minuteMs,
  high: 5 * minuteMs,
  medium: 15 * minuteMs,
  low: 60 * minuteMs,
};

/** When to call again, ms: after a call in vain by the risk; null once she has been spoken to, or before any call. */
export function redialAt(attempts: readonly Attempt[], risk: Risk): number | null {
  const own = attempts.filter(attempt => isCallInVain(attempt) || isHerAnswer(attempt));
  const latest = own.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)).at(-1);
  return latest && isCallInVain(latest) ? Date.parse(latest.at) + redialAfterMs[risk] : null;
}
