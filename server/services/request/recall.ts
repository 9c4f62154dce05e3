import { requestsForUpdate } from '../../../db/queries/loop/requests.ts';
import type { Work } from '../unit-of-work.ts';
import { moveRequest } from './move.ts';

/** An authority that is refused takes back what was asked under it; what went out under it has gone out. */
export async function recallRequests(work: Work, incidentId: string, authorityId: string): Promise<void> {
  for (const request of await requestsForUpdate(work.tx, incidentId)) {
    if (request.state !== 'asked' || request.authorityId !== authorityId) continue;
    await moveRequest(work, request, 'prepared', { authorityId: null, askedBy: null, askedAt: null });
  }
}
