/** A stop-payment: a bank is asked to hold the money of an account. How it moves on, and what its answer may say. Pure. */
import type { StopState } from '#contract/kinds.ts';

type StopMove = Exclude<StopState, 'requested'>;

/** A bank answers once; what it refused, and what was taken back, may be asked for anew. */
const from: Record<StopMove, readonly StopState[]> = {
  confirmed: ['requested'],
  refused: ['requested'],
  withdrawn: ['requested'],
};

/** The states from which a stop-payment may come to `to`. */
export const stopStatesBefore = (to: StopMove): readonly StopState[] => from[to];

/** The bank has not answered yet. */
export const isOpenStop = ({ state }: { state: StopState }): boolean => state === 'requested';

/** Whether 'ask for all' asks for an account whose newest stop-payment is in this state; null: it has none. */
export const isToAsk = (state: StopState | null): boolean => state === null || state === 'withdrawn';

export interface StopAnswer {
  to: 'confirmed' | 'refused';
  /** Yuan. */
  amountHeld: number | undefined;
  atMs: number;
}

/** What an answer is about: its amount in yuan, where it is known, and when it was asked for. */
export interface AskedStop {
  amount: number | null;
  requestedAtMs: number;
}

const minuteMs = 60_000;
/** Times are said by the minute, so it is minutes that are compared. */
export const minuteOf = (atMs: number): number => Math.floor(atMs / minuteMs);

/** What is wrong with an amount that a bank is said to hold, of an amount that was asked for (null: the balance); yuan. Null: nothing. */
export const heldProblem = (amount: number | null, amountHeld: number): string | null =>
  amount !== null && amountHeld > amount ? `expected at most the ${amount} yuan that were asked for` : null;

/** What is wrong with an answer, field by field; times are said by the minute, so the minute counts. Null: nothing. */
export function answerProblem(
  { amount, requestedAtMs }: AskedStop,
  { to, amountHeld, atMs }: StopAnswer,
  nowMs: number,
): { field: 'amountHeld' | 'at'; expected: string } | null {
  if (to === 'confirmed' && amountHeld === undefined)
    return { field: 'amountHeld', expected: 'expected the amount that the bank holds, in yuan' };
  if (to === 'refused' && (amountHeld ?? 0) > 0)
    return { field: 'amountHeld', expected: 'expected none where the bank refuses' };
  const problem = heldProblem(amount, amountHeld ?? 0);
  if (problem !== null) return { field: 'amountHeld', expected: problem };
  if (minuteOf(atMs) < minuteOf(requestedAtMs))
    return { field: 'at', expected: 'expected a time at or after the request' };
  if (minuteOf(atMs) > minuteOf(nowMs)) return { field: 'at', expected: 'expected a time that has been' };
  return null;
}

/** When the bank answered, for the log: within the minute that was said, not before the request and not ahead of now. */
export const answeredAtMs = ({ requestedAtMs }: AskedStop, atMs: number, nowMs: number): number =>
  Math.min(Math.max(atMs, requestedAtMs), nowMs);

export interface CountedStop {
  /** The account; a stop-payment whose account was erased stands for itself. */
  accountId: string | null;
  state: StopState;
  amount: number | null;
  amountHeld: number | null;
}

/** Yuan. Of an account that was asked for more than once, the largest amount counts. */
export interface StopTotals {
  asked: number;
  held: number;
  refused: number;
  /** Asked for and not answered yet. */
  waiting: number;
}

/** What stop-payments came to, oldest first; what was taken back counts nowhere. */
export function stopTotals(stops: readonly CountedStop[]): StopTotals {
  const counted = stops.filter(({ state }) => state !== 'withdrawn');
  const byAccount = Map.groupBy(counted, stop => stop.accountId ?? stop);
  const totals = { asked: 0, held: 0, refused: 0, waiting: 0 };
  for (const ofAccount of byAccount.values()) {
    const asked = Math.max(...ofAccount.map(({ amount }) => amount ?? 0));
    const held = ofAccount.reduce((sum, { amountHeld }) => sum + (amountHeld ?? 0), 0);
    const rest = Math.max(0, asked - held);
    totals.asked += asked;
    totals.held += held;
    const last = ofAccount.at(-1)!.state;
    if (last === 'refused') totals.refused += rest;
    if (last === 'requested') totals.waiting += rest;
  }
  return {
    asked: cents(totals.asked),
    held: cents(totals.held),
    refused: cents(totals.refused),
    waiting: cents(totals.waiting),
  };
}

const cents = (yuan: number): number => Math.round(yuan * 100) / 100;
