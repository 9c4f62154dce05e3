import type { NoteBody, RequestReply } from '#contract/lines.ts';
import { requestForUpdate } from '../../../db/queries/loop/requests.ts';
import type { ServiceDeps } from '../../deps.ts';
import { notFound, requireAllowed } from '../guard.ts';
import { loadIncident, requireOpen } from '../incident/load.ts';
import { keepText } from '../keep-text.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';
import { moveRequest } from './move.ts';

/** What ends a request. What an answer says is recorded as a sighting, under the trace's own rules. */
export type RequestEnd = 'answered' | 'failed' | 'withdrawn';

/** Ends a request of an open incident. Throws notFound, alreadyClosed; conflict when it has ended already. */
export function endRequest(
  deps: ServiceDeps,
  call: Call,
  requestId: string,
  end: RequestEnd,
  { note }: NoteBody,
): Promise<Done<RequestReply>> {
  return perform(deps, call, async work => {
    requireAllowed(work.actor, 'request.end');
    const request = await requestForUpdate(work.tx, requestId);
    if (!request) throw notFound('trace request');
    const { incidentId } = request;
    requireOpen(await loadIncident(work.tx, work.actor, 'request.end', incidentId, 'share'));
    const answerId = await keepText(work, incidentId, note);
    await moveRequest(work, request, end, { endedBy: work.actorId, endedAt: work.at, answerId });
    work.audit({ action: 'request.end', resource: requestId, incidentId, detail: { end } });
    return { requestId, state: end };
  });
}
