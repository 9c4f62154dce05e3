import { CodedError } from '#contract/errors.ts';
import type { FeedbackBody } from '#contract/order.ts';
import type { ServiceDeps } from '../../deps.ts';
import { keepText } from '../keep-text.ts';
import { requirePast } from '../sighting/store.ts';
import { queueUpward } from '../upward/queue.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';
import { cannotMove, loadOrder } from './load.ts';
import { moveOrder } from './move.ts';

/**
 * What came of an order, in words; it ends by that. `met` where no meeting was recorded makes it met first. Throws notFound,
 * forbidden, alreadyClosed; conflict when the order is in no state for it, or says 'met' already and the feedback does not; invalidBody for a time in the future.
 */
export function feedBack(
  deps: ServiceDeps,
  call: Call,
  orderId: string,
  { text, met, metAt }: FeedbackBody,
): Promise<Done<{ orderId: string }>> {
  return perform(deps, call, async work => {
    const { incidentId, state } = await loadOrder(work, 'order.answer', orderId);
    if (state === 'met' && !met) {
      throw new CodedError('conflict', 'a meeting is recorded for this order; expected met: true', {
        why: 'metAlready',
      });
    }
    const noteId = await keepText(work, incidentId, text);
    if (met && state !== 'met') {
      const at = metAt === undefined ? work.at : requirePast(work, metAt);
      if (!(await moveOrder(work, orderId, 'met', { at }))) throw cannotMove(state, 'met');
    }
    if (!(await moveOrder(work, orderId, 'fedBack', { noteId }))) throw cannotMove(state, 'fedBack');
    work.audit({ action: 'order.move', resource: orderId, incidentId, detail: { to: 'fedBack', met } });
    await queueUpward(work, incidentId);
    return { orderId };
  });
}
