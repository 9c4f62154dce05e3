import { and, eq } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import type { OrderHandOver } from '#contract/order.ts';
import { stationExists } from '../../../db/queries/station-exists.ts';
import { incident } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { handOverIncident } from '../incident/hand-over.ts';
import { keepText } from '../keep-text.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';
import { issueOrder } from './issue.ts';
import { cannotMove, loadOrder } from './load.ts';
import { moveOrder } from './move.ts';

/**
 * A station says that another one is to meet her. Within the county that one gets an order in place of this, and the incident
 * where it was this station's: the first sees it no more. Out of the county the incident is handed over as from the desk.
 * Throws notFound, forbidden, alreadyClosed; invalidBody for an unknown or the same station; conflict once she was met or the order has ended.
 * @returns the order in its place; out of the county the order itself.
 */
export function handOverOrder(
  deps: ServiceDeps,
  call: Call,
  orderId: string,
  body: OrderHandOver,
): Promise<Done<{ orderId: string }>> {
  return perform(deps, call, async work => {
    const { incidentId, stationId, state } = await loadOrder(work, 'order.handOver', orderId, 'update');
    if ('outOfCounty' in body) {
      if (state === 'met') throw cannotMove(state, 'handedOver');
      await handOverIncident(work, incidentId, body);
      return { orderId };
    }
    if (body.stationId === stationId || !(await stationExists(work.tx, body.stationId)))
      throw new CodedError('invalidBody', 'body field stationId: expected another station of this county');
    const reasonId = await keepText(work, incidentId, body.reason);
    await passIncident(work, incidentId, stationId, body.stationId);
    if (!(await moveOrder(work, orderId, 'handedOver', { reasonId }))) throw cannotMove(state, 'handedOver');
    const next = await issueOrder(work, {
      incidentId,
      stationId: body.stationId,
      basis: 'handedOver',
      replaces: orderId,
      reasonId,
    });
    work.audit({ action: 'order.handOver', resource: orderId, incidentId, detail: { to: body.stationId } });
    return { orderId: next };
  });
}

/** An incident of the first station becomes the other's, or the first would go on seeing it. */
async function passIncident(work: Work, incidentId: string, from: string, to: string): Promise<void> {
  const stationBasis = 'handedOver';
  const passed = await work.tx
    .update(incident)
    .set({ stationId: to, stationBasis })
    .where(and(eq(incident.id, incidentId), eq(incident.stationId, from)))
    .returning({ id: incident.id });
  if (passed.length === 0) return;
  work.append({
    kind: 'stationAssigned',
    incidentId,
    observedAt: work.now,
    payload: { incidentId, stationId: to, stationBasis },
  });
}
