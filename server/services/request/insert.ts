import type { RequestState } from '#contract/kinds.ts';
import type { TraceSource } from '#domain/loop/request.ts';
import { traceRequest } from '../../../db/schema/index.ts';
import { keepText } from '../keep-text.ts';
import type { Work } from '../unit-of-work.ts';

export interface RequestDraft {
  askedOf: TraceSource;
  what: string | undefined;
  state: RequestState;
  authorityId: string | null;
}

/** Writes a new request into state, log and audit; the caller has asked the policy. */
export async function insertRequest(
  work: Work,
  incidentId: string,
  { askedOf, what, state, authorityId }: RequestDraft,
): Promise<string> {
  const id = work.id('trq');
  const asked = state === 'asked' || state === 'sent';
  const sent = state === 'sent';
  await work.tx.insert(traceRequest).values({
    id,
    incidentId,
    askedOf,
    whatId: await keepText(work, incidentId, what),
    state,
    authorityId,
    madeBy: work.actorId,
    madeAt: work.at,
    ...(asked && { askedBy: work.actorId, askedAt: work.at }),
    ...(sent && { sentBy: work.actorId, sentAt: work.at }),
  });
  work.append({
    kind: 'traceRequested',
    incidentId,
    observedAt: work.now,
    payload: { incidentId, requestId: id, askedOf, state },
  });
  work.audit({ action: 'request.make', resource: id, incidentId, detail: { askedOf, state } });
  return id;
}
