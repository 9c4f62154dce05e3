import { openOrderOf, openOrdersOfStations } from '../../../db/queries/loop/orders.ts';
import type { ServiceDeps } from '../../deps.ts';
import { keepText } from '../keep-text.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';
import { cannotMove, loadOrder } from './load.ts';
import { moveOrder } from './move.ts';

/** The centre takes an order back. Throws notFound, forbidden, alreadyClosed; conflict once she was met or it has ended. */
export function cancelOrder(
  deps: ServiceDeps,
  call: Call,
  orderId: string,
  reason: string,
): Promise<Done<{ orderId: string }>> {
  return perform(deps, call, async work => {
    const { incidentId, state } = await loadOrder(work, 'order.issue', orderId);
    const reasonId = await keepText(work, incidentId, reason);
    if (!(await moveOrder(work, orderId, 'cancelled', { reasonId }))) throw cannotMove(state, 'cancelled');
    work.audit({ action: 'order.move', resource: orderId, incidentId, detail: { to: 'cancelled' } });
    return { orderId };
  });
}

/**
 * With the incident its order ends: fed back where she was met, be it that only the closing says so (`met`), since the
 * closing is the feedback; else taken back.
 */
export async function endOrders(work: Work, incidentId: string, met: boolean): Promise<void> {
  const open = await openOrderOf(work.tx, incidentId);
  if (!open) return;
  if (met && open.state !== 'met') await moveOrder(work, open.id, 'met');
  await moveOrder(work, open.id, met || open.state === 'met' ? 'fedBack' : 'cancelled');
}

/** Another county's bureau is to meet her, so no station of this one is. */
export async function passOrdersOut(work: Work, incidentId: string, reasonId: string | null): Promise<void> {
  const open = await openOrderOf(work.tx, incidentId);
  if (open) await moveOrder(work, open.id, 'handedOver', { reasonId });
}

/** Stations that are no more: what they had to do is the centre's to choose again. */
export async function cancelOrdersOfStations(work: Work, stationIds: readonly string[]): Promise<void> {
  for (const { id, state } of await openOrdersOfStations(work.tx, stationIds))
    await moveOrder(work, id, state === 'met' ? 'fedBack' : 'cancelled');
}
