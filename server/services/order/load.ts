import { CodedError } from '#contract/errors.ts';
import type { OrderState } from '#contract/kinds.ts';
import { orderStatesBefore } from '#domain/loop/order.ts';
import { incidentAccess, type Lock } from '../../../db/queries/incident-access.ts';
import { type OrderRow, orderById } from '../../../db/queries/loop/orders.ts';
import { elevate } from '../../../db/transaction.ts';
import { type Action, can } from '../../auth/policy.ts';
import { noSuch, requireAllowed, wrongState } from '../guard.ts';
import { requireOpen } from '../incident/load.ts';
import type { Work } from '../unit-of-work.ts';

/**
 * An order of an open incident, locked, for somebody who may do `action` to it: its station, those on the incident, and
 * the centre. Who sees the incident by another way is told that this is all; for everybody else there is no such order.
 * `lock` is the incident's. Throws notFound, forbidden, alreadyClosed.
 */
export async function loadOrder(
  work: Work,
  action: Action,
  orderId: string,
  lock: Lock = 'share',
): Promise<OrderRow> {
  requireAllowed(work.actor, action);
  // What follows changes whom the incident belongs to, which may take it out of the actor's own reach.
  await elevate(work.tx);
  const known = await orderById(work.tx, orderId);
  // Incident before order: everybody locks in this order.
  const incident = known && (await incidentAccess(work.tx, known.incidentId, lock));
  const order = incident && (await orderById(work.tx, orderId, 'update'));
  if (!order || can(work.actor, 'incident.read', incident) !== 'allow') throw noSuch('order', orderId);
  const ofStation = { stationId: order.stationId, members: incident.members };
  if (can(work.actor, action, ofStation) !== 'allow')
    throw new CodedError('forbidden', "your role does not allow this for another station's order");
  requireOpen(incident);
  return order;
}

/** For a move that was not possible: from which states it would have been. */
export function cannotMove(state: OrderState, to: Exclude<OrderState, 'issued'>): CodedError {
  const expected = orderStatesBefore(to);
  return wrongState('order', state, expected);
}
