import { needsAuthority } from '#domain/loop/request.ts';
import { requestsForUpdate } from '../../../db/queries/loop/requests.ts';
import type { Work } from '../unit-of-work.ts';
import { moveRequest } from './move.ts';

/** Sends what waited for this authority, in the transaction of its approval: one authority covers the incident's trace. */
export async function sendRequests(work: Work, incidentId: string, authorityId: string): Promise<void> {
  for (const request of await requestsForUpdate(work.tx, incidentId)) {
    const waits = request.state === 'prepared' || request.state === 'asked';
    if (!waits || !needsAuthority(request.askedOf)) continue;
    await moveRequest(work, request, 'sent', { authorityId, sentBy: work.actorId, sentAt: work.at });
    work.audit({ action: 'request.send', resource: request.id, incidentId });
  }
}
