import { eq } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import { isOpenOrder } from '#domain/loop/order.ts';
import { lockOfficers, type OfficerRow } from '../../../db/queries/officer.ts';
import { dispatchOrder, orderOfficer } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';
import { cannotMove, loadOrder } from './load.ts';
import { moveOrder } from './move.ts';

/**
 * Says who goes; again: who goes instead. Whoever names them has read the order. Officers of the station and of no station may go;
 * whether they are on duty is theirs to know. Throws notFound, forbidden, alreadyClosed; invalidBody for officers that
 * are not the station's; conflict when the order has ended or none of them is sworn.
 */
export function assignOrder(
  deps: ServiceDeps,
  call: Call,
  orderId: string,
  officerIds: readonly string[],
): Promise<Done<{ orderId: string }>> {
  return perform(deps, call, async work => {
    const order = await loadOrder(work, 'order.answer', orderId);
    const { incidentId, state } = order;
    if (!isOpenOrder(order)) throw cannotMove(state, 'underWay');
    const officers = await requireOfficers(work, order.stationId, [...new Set(officerIds)]);
    if (state === 'issued') await moveOrder(work, orderId, 'acknowledged');
    await work.tx.delete(orderOfficer).where(eq(orderOfficer.orderId, orderId));
    await work.tx
      .insert(orderOfficer)
      .values(officers.map(({ id: officerId, sworn }) => ({ orderId, officerId, sworn })));
    await work.tx.update(dispatchOrder).set({ assignedAt: work.at }).where(eq(dispatchOrder.id, orderId));
    const ids = officers.map(({ id }) => id);
    const sworn = officers.filter(each => each.sworn).length;
    work.append({
      kind: 'orderAssigned',
      incidentId,
      observedAt: work.now,
      payload: { incidentId, orderId, officerIds: ids, sworn },
    });
    work.audit({
      action: 'order.assign',
      resource: orderId,
      incidentId,
      detail: { officers: ids.length, sworn },
    });
    return { orderId };
  });
}

async function requireOfficers(
  { tx }: Work,
  stationId: string,
  ids: readonly string[],
): Promise<OfficerRow[]> {
  const officers = await lockOfficers(tx, ids);
  const fit = officers.filter(each => each.stationId === stationId || each.stationId === null);
  const unfit = ids.filter(id => !fit.some(each => each.id === id));
  if (unfit.length > 0) {
    const message = `body field officerIds: ${unfit.join(', ')}: expected officers of the order's station`;
    throw new CodedError('invalidBody', message);
  }
  if (!fit.some(({ sworn }) => sworn)) {
    throw new CodedError('conflict', 'none of these officers is sworn; expected at least one sworn officer', {
      why: 'noSworn',
    });
  }
  return fit;
}
