import type { Risk } from '#contract/alert.ts';
import { isGrave, type TraceSource } from '#domain/loop/request.ts';
import { paperInForce, requestsForUpdate } from '../../../db/queries/loop/requests.ts';
import { can } from '../../auth/policy.ts';
import type { Work } from '../unit-of-work.ts';
import { askStandardAuthority } from './ask-authority.ts';
import { insertRequest } from './insert.ts';
import { standardWhat } from './paper.ts';

const alwaysAsked: readonly TraceSource[] = ['carrier', 'cameras'];

/**
 * A grave risk has carrier and cameras asked: the requests are there before anybody thinks of them, in the transaction that
 * made the risk. Those of earlier are left alone. The authority is asked for in the name of the person who acts, unless
 * he is one who could approve it: it is better asked for by somebody else, so that he can.
 */
export async function prepareRequests(work: Work, incidentId: string, risk: Risk): Promise<void> {
  if (!isGrave(risk)) return;
  const earlier = await requestsForUpdate(work.tx, incidentId);
  const missing = alwaysAsked.filter(source => !earlier.some(({ askedOf }) => askedOf === source));
  if (missing.length === 0) return;
  const paper = (await paperInForce(work.tx, incidentId, work.at)) ?? (await askedByActor(work, incidentId));
  const state = paper ? (paper.approved ? 'sent' : 'asked') : 'prepared';
  for (const askedOf of missing)
    await insertRequest(work, incidentId, {
      askedOf,
      what: standardWhat[askedOf],
      state,
      authorityId: paper?.id ?? null,
    });
}

async function askedByActor(work: Work, incidentId: string) {
  const { actor } = work;
  const asks = can(actor, 'request.make') === 'allow' && can(actor, 'authority.decide') !== 'allow';
  if (actor.kind !== 'user' || !asks) return undefined;
  return { id: await askStandardAuthority(work, incidentId, actor.userId), approved: false };
}
