import { CodedError } from '#contract/errors.ts';
import type { AskReply } from '#contract/lines.ts';
import { needsAuthority } from '#domain/loop/request.ts';
import { paperInForce, requestsForUpdate } from '../../../db/queries/loop/requests.ts';
import type { ServiceDeps } from '../../deps.ts';
import { requireUser } from '../guard.ts';
import { loadIncident, requireOpen } from '../incident/load.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';
import { askStandardAuthority } from './ask-authority.ts';
import { moveRequest } from './move.ts';

/**
 * Asks for the authority that prepared requests wait for: with the standard paper, or with one that is there. Under an
 * approved one they go out at once. Throws alreadyClosed; conflict when nothing is prepared.
 */
export function askForRequests(deps: ServiceDeps, call: Call, incidentId: string): Promise<Done<AskReply>> {
  return perform(deps, call, async work => {
    requireOpen(await loadIncident(work.tx, work.actor, 'request.make', incidentId, 'update'));
    const { userId } = requireUser(work.actor, 'only a person can ask for a trace');
    const waiting = (await requestsForUpdate(work.tx, incidentId)).filter(
      ({ state, askedOf }) => state === 'prepared' && needsAuthority(askedOf),
    );
    if (waiting.length === 0)
      throw new CodedError('conflict', 'no request is prepared; they are asked already');
    const found = await paperInForce(work.tx, incidentId, work.at);
    const authorityId = found?.id ?? (await askStandardAuthority(work, incidentId, userId));
    const asked = { authorityId, askedBy: work.actorId, askedAt: work.at };
    for (const request of waiting) {
      if (found?.approved) {
        await moveRequest(work, request, 'sent', { ...asked, sentBy: work.actorId, sentAt: work.at });
        work.audit({ action: 'request.send', resource: request.id, incidentId });
      } else await moveRequest(work, request, 'asked', asked);
    }
    return { authorityId, requestIds: waiting.map(({ id }) => id) };
  });
}
