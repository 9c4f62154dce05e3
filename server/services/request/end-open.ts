import { isOpenRequest } from '#domain/loop/request.ts';
import { requestsForUpdate } from '../../../db/queries/loop/requests.ts';
import type { Work } from '../unit-of-work.ts';
import { moveRequest } from './move.ts';

/** With its incident a trace ends, and so does what was asked for it. */
export async function withdrawOpenRequests(work: Work, incidentId: string): Promise<void> {
  const open = (await requestsForUpdate(work.tx, incidentId)).filter(isOpenRequest);
  for (const request of open)
    await moveRequest(work, request, 'withdrawn', { endedBy: work.actorId, endedAt: work.at });
}
