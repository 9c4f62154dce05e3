import type { RequestReply, TraceRequestBody } from '#contract/lines.ts';
import { needsAuthority } from '#domain/loop/request.ts';
import { type PaperRow, paperInForce } from '../../../db/queries/loop/requests.ts';
import type { ServiceDeps } from '../../deps.ts';
import { requireUser } from '../guard.ts';
import { loadIncident, requireOpen } from '../incident/load.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';
import { askStandardAuthority } from './ask-authority.ts';
import { insertRequest } from './insert.ts';

/**
 * Asks one source for her trace. Under an approved authority the request goes out at once; otherwise the standard one is
 * asked for with it, if none waits already. Family and others are asked without. Throws alreadyClosed.
 */
export function makeRequest(
  deps: ServiceDeps,
  call: Call,
  incidentId: string,
  { askedOf, what }: TraceRequestBody,
): Promise<Done<RequestReply>> {
  return perform(deps, call, async work => {
    requireOpen(await loadIncident(work.tx, work.actor, 'request.make', incidentId, 'share'));
    const { userId } = requireUser(work.actor, 'only a person can ask for a trace');
    const paper: PaperRow | undefined = needsAuthority(askedOf)
      ? ((await paperInForce(work.tx, incidentId, work.at)) ?? {
          id: await askStandardAuthority(work, incidentId, userId),
          approved: false,
        })
      : undefined;
    const state = !paper || paper.approved ? 'sent' : 'asked';
    const authorityId = paper?.id ?? null;
    const requestId = await insertRequest(work, incidentId, { askedOf, what, state, authorityId });
    return { requestId, state };
  });
}
