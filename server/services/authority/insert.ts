import { authority } from '../../../db/schema/index.ts';
import type { Work } from '../unit-of-work.ts';

/** An authority as it is asked for. */
export interface AuthorityDraft {
  number: string;
  legalBasis: string;
  /** Everybody on the incident reads it: without numbers. */
  reason: string;
  expiresAt: Date;
}

/** Writes the request for an authority into state and log; the caller has asked the policy, and audits. */
export async function insertAuthority(
  work: Work,
  incidentId: string,
  requestedBy: string,
  { expiresAt, ...paper }: AuthorityDraft,
): Promise<string> {
  const authorityId = work.id('aut');
  await work.tx
    .insert(authority)
    .values({ id: authorityId, incidentId, ...paper, requestedBy, requestedAt: work.at, expiresAt });
  work.append({
    kind: 'authorityRequested',
    incidentId,
    observedAt: work.now,
    payload: { incidentId, authorityId, requestedBy, expiresAt: expiresAt.toISOString() },
  });
  return authorityId;
}
