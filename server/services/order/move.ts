import { and, eq, inArray } from 'drizzle-orm';
import type { OrderState } from '#contract/kinds.ts';
import { orderStatesBefore } from '#domain/loop/order.ts';
import { dispatchOrder } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { requirePast } from '../sighting/store.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';
import { cannotMove, loadOrder } from './load.ts';

type To = Exclude<OrderState, 'issued'>;
type Columns = Partial<typeof dispatchOrder.$inferInsert>;

/** What else an order is to remember of its move, beside its time. */
type Words = Pick<Columns, 'reasonId' | 'noteId'>;

/**
 * Moves an order on in the transaction of whatever moved it; `at`: when it was so. Whoever calls has asked the policy.
 * @returns false, and nothing is changed, when the order is in no state from which it could.
 */
export async function moveOrder(
  work: Work,
  orderId: string,
  to: To,
  { at = work.at, ...words }: { at?: Date } & Words = {},
): Promise<boolean> {
  const [moved] = await work.tx
    .update(dispatchOrder)
    .set({ state: to, ...times(work, to, at), ...words })
    .where(and(eq(dispatchOrder.id, orderId), inArray(dispatchOrder.state, [...orderStatesBefore(to)])))
    .returning({ incidentId: dispatchOrder.incidentId, stationId: dispatchOrder.stationId });
  if (!moved) return false;
  const { incidentId, stationId } = moved;
  work.append({
    kind: 'orderMoved',
    incidentId,
    observedAt: at.toISOString(),
    payload: { incidentId, orderId, stationId, to },
  });
  return true;
}

function times({ actorId }: Work, to: To, at: Date): Columns {
  switch (to) {
    case 'acknowledged':
      return { acknowledgedAt: at, acknowledgedBy: actorId };
    case 'underWay':
      return { underWayAt: at };
    case 'met':
      return { metAt: at };
    case 'fedBack':
      return { fedBackAt: at, fedBackBy: actorId, endedAt: at };
    case 'handedOver':
    case 'cancelled':
      return { endedAt: at };
  }
}

/**
 * The station has read its order, or its officers are on their way. Throws notFound, forbidden, alreadyClosed; conflict when
 * somebody was faster or the order has ended; invalidBody for a time in the future.
 */
export function advanceOrder(
  deps: ServiceDeps,
  call: Call,
  orderId: string,
  to: 'acknowledged' | 'underWay',
  observedAt: string | undefined,
): Promise<Done<{ orderId: string }>> {
  return perform(deps, call, async work => {
    const { incidentId, state } = await loadOrder(work, 'order.answer', orderId);
    const at = observedAt === undefined ? work.at : requirePast(work, observedAt);
    if (!(await moveOrder(work, orderId, to, { at }))) throw cannotMove(state, to);
    work.audit({ action: 'order.move', resource: orderId, incidentId, detail: { to } });
    return { orderId };
  });
}
