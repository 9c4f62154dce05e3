import { CodedError } from '#contract/errors.ts';
import type { Work } from '../unit-of-work.ts';

/** Clocks of phones and minutes of forms are no finer. */
const toleranceMs = 60_000;

/** When something was done: not in the future, and not before what it belongs to. Throws invalidBody. */
export function requireBetween(work: Work, field: string, said: string, fromMs: number, what: string): Date {
  const at = new Date(said);
  if (at.getTime() > work.at.getTime() + toleranceMs)
    throw new CodedError('invalidBody', `body field ${field}: expected a time that has been`);
  if (at.getTime() < fromMs - toleranceMs)
    throw new CodedError(
      'invalidBody',
      `body field ${field}: expected a time after the beginning of ${what}`,
    );
  return at;
}
