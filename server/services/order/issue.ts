import { and, eq } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import type { OrderBasis } from '#contract/kinds.ts';
import type { IssueBody } from '#contract/order.ts';
import { openOrderOf } from '../../../db/queries/loop/orders.ts';
import { stationExists } from '../../../db/queries/station-exists.ts';
import { dispatchOrder, incident } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { loadIncident, requireOpen } from '../incident/load.ts';
import { keepText } from '../keep-text.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';
import { cannotMove } from './load.ts';
import { meetDueAt } from './meet-due.ts';
import { moveOrder } from './move.ts';

interface NewOrder {
  incidentId: string;
  stationId: string;
  basis: OrderBasis;
  /** The order that it stands in for: she is to be met by the same time. */
  replaces?: string;
  reasonId?: string | null;
}

/** Writes an order down; whoever calls has locked the incident and knows that it has none. @returns its id. */
export async function issueOrder(work: Work, { replaces, ...order }: NewOrder): Promise<string> {
  const { incidentId, stationId, basis, reasonId = null } = order;
  const id = work.id('ord');
  await work.tx.insert(dispatchOrder).values({
    id,
    incidentId,
    stationId,
    basis,
    replaces: replaces ?? null,
    state: 'issued',
    issuedBy: work.actorId,
    issuedAt: work.at,
    meetDueAt: await meetDueAt(work, incidentId, replaces),
    reasonId,
  });
  work.append({
    kind: 'orderIssued',
    incidentId,
    observedAt: work.now,
    payload: { incidentId, orderId: id, stationId, basis, replaces: replaces ?? null },
  });
  return id;
}

/**
 * The order that every alert about a resident gets, and every home that becomes known: to the station of the incident.
 * None while one is open, without a station, and while another county's bureau is to meet her.
 */
export async function issueToOwnStation(work: Work, incidentId: string): Promise<void> {
  const [found] = await work.tx
    .select({ stationId: incident.stationId, handedOverAt: incident.handedOverAt })
    .from(incident)
    .where(and(eq(incident.id, incidentId), eq(incident.state, 'open')));
  if (!found || found.stationId === null || found.handedOverAt !== null) return;
  if (await openOrderOf(work.tx, incidentId)) return;
  await issueOrder(work, { incidentId, stationId: found.stationId, basis: 'home' });
}

/**
 * A leader or operator chooses who meets her; an open order of another station is taken over from it. Throws notFound,
 * forbidden, alreadyClosed; invalidBody for an unknown station or a missing reason; conflict when that station has the order already, or
 * she was met.
 */
export function chooseStation(
  deps: ServiceDeps,
  call: Call,
  incidentId: string,
  { stationId: wanted, reason, basis }: IssueBody,
): Promise<Done<{ orderId: string }>> {
  return perform(deps, call, async work => {
    const known = await loadIncident(work.tx, work.actor, 'order.issue', incidentId, 'update');
    requireOpen(known);
    const stationId = wanted ?? known.stationId;
    if (stationId === null || !(await stationExists(work.tx, stationId)))
      throw new CodedError('invalidBody', 'body field stationId: there is no such station');
    const before = await openOrderOf(work.tx, incidentId);
    if (before?.stationId === stationId) {
      throw new CodedError('conflict', 'this station holds the order already; expected another one', {
        why: 'sameStation',
      });
    }
    if (before && reason === undefined)
      throw new CodedError('invalidBody', 'body field reason: expected why another station is to go');
    const reasonId = await keepText(work, incidentId, reason);
    const replaced = before && { replaces: before.id };
    // Ended first: an incident has one open order. The stations' streams are told in the order of the log.
    if (before && !(await moveOrder(work, before.id, 'handedOver', { reasonId })))
      throw cannotMove(before.state, 'handedOver');
    const orderId = await issueOrder(work, { incidentId, stationId, basis, reasonId, ...replaced });
    work.audit({
      action: 'order.issue',
      resource: orderId,
      incidentId,
      detail: { basis, replaces: before?.id ?? null },
    });
    return { orderId };
  });
}
