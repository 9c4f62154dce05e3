import { eq } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import type { StopCorrectBody } from '#contract/stop-payment.ts';
import { heldProblem } from '#domain/loop/stop.ts';
import { vaultGone } from '../../../db/queries/loop/outcomes.ts';
import { stopPayment } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { wrongState } from '../guard.ts';
import { keepText } from '../keep-text.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';
import { loadStop } from './load.ts';

/**
 * Puts right what a bank was noted to hold, also after the incident was closed. The log keeps what was said before, the vault why.
 * Throws notFound, forbidden; invalidBody for more than was asked for; conflict when no bank has confirmed, when it is that amount already,
 * or when the incident's words were erased.
 */
export function correctHeld(
  deps: ServiceDeps,
  call: Call,
  stopId: string,
  { amountHeld, reason }: StopCorrectBody,
): Promise<Done<{ stopId: string }>> {
  return perform(deps, call, async work => {
    const { state, amount, amountHeld: before, incidentId } = await loadStop(work, 'stop.answer', stopId);
    if (state !== 'confirmed' || before === null) throw wrongState('stop-payment', state, ['confirmed']);
    const problem = heldProblem(amount, amountHeld);
    if (problem !== null)
      throw new CodedError('invalidBody', `body field amountHeld: ${problem}`, [
        { path: 'amountHeld', message: problem },
      ]);
    if (before === amountHeld)
      throw new CodedError(
        'conflict',
        `the bank is noted to hold ${before} yuan already; expected another amount`,
      );
    if (await vaultGone(work.tx, incidentId))
      throw new CodedError('conflict', 'the words of this incident were erased', { why: 'vaultGone' });
    await work.tx.update(stopPayment).set({ amountHeld }).where(eq(stopPayment.id, stopId));
    const reasonId = await keepText(work, incidentId, reason);
    work.append({
      kind: 'stopCorrected',
      incidentId,
      observedAt: work.now,
      payload: { incidentId, stopId, amountHeld, before, reasonId: reasonId! },
    });
    work.audit({ action: 'stop.correct', resource: stopId, incidentId, detail: { amountHeld, before } });
    return { stopId };
  });
}
