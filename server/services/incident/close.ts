import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { CodedError } from '#contract/errors.ts';
import type { closeBodySchema } from '#contract/incident.ts';
import { whereIs } from '../../../db/queries/where-is.ts';
import { incident } from '../../../db/schema/index.ts';
import { elevate } from '../../../db/transaction.ts';
import type { ServiceDeps } from '../../deps.ts';
import { toWgs84 } from '../../ingest/coordinates.ts';
import { keepText } from '../keep-text.ts';
import { thinOutBeliefs } from '../belief/thin-out.ts';
import { scoreBeliefs } from '../calibration/score.ts';
import { learnFrom } from '../prior/learn.ts';
import { endOrders } from '../order/end.ts';
import { withdrawOpenRequests } from '../request/end-open.ts';
import { dropQueuedSms } from '../sms/end-open.ts';
import { cancelOpenTasks } from '../task/cancel-open.ts';
import { queueUpward } from '../upward/queue.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';
import { loadIncident, requireOpen } from './load.ts';

export interface ClosedReply {
  incidentId: string;
  closedAt: string;
}

/**
 * Closes an incident with its outcome; its traces close with it, its open tasks are cancelled, and where she was found is
 * counted. Throws alreadyClosed, invalidBody for an unknown place.
 */
export function closeIncident(
  deps: ServiceDeps,
  call: Call,
  incidentId: string,
  { outcome, foundPlaceId, foundAt, note }: z.infer<typeof closeBodySchema>,
): Promise<Done<ClosedReply>> {
  return perform(deps, call, async work => {
    requireOpen(await loadIncident(work.tx, work.actor, 'incident.close', incidentId, 'update'));
    // Beliefs go with the trace, which nobody has to be looking at to close the incident.
    await elevate(work.tx);
    if (foundPlaceId !== undefined && !(await whereIs(work.tx, [foundPlaceId])).has(foundPlaceId)) {
      throw new CodedError('invalidBody', 'body field foundPlaceId: there is no such place');
    }
    const found = foundAt && toWgs84(foundAt);
    const closed = await work.tx
      .update(incident)
      .set({
        state: 'closed',
        closedAt: work.at,
        outcome,
        foundPlaceId: foundPlaceId ?? null,
        foundAt: found ? [found.lng, found.lat] : null,
        closeNoteId: await keepText(work, incidentId, note),
      })
      .where(and(eq(incident.id, incidentId), eq(incident.state, 'open')))
      .returning({ id: incident.id });
    if (closed.length === 0) throw new CodedError('alreadyClosed', 'this incident is closed');
    await cancelOpenTasks(work, incidentId);
    await withdrawOpenRequests(work, incidentId);
    await dropQueuedSms(work, incidentId);
    await endOrders(work, incidentId, outcome === 'met' || outcome === 'metTooLate');
    await queueUpward(work, incidentId);
    await learnFrom(work, incidentId);
    await scoreBeliefs(work, incidentId);
    await thinOutBeliefs(work, incidentId);
    const closedAt = work.now;
    work.append({
      kind: 'incidentClosed',
      incidentId,
      observedAt: closedAt,
      payload: { incidentId, outcome, closedAt },
    });
    work.audit({ action: 'incident.close', resource: incidentId, incidentId, detail: { outcome } });
    return { incidentId, closedAt };
  });
}
