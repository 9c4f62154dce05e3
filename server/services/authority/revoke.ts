import { and, eq, isNull } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import { authority } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { recallRequests } from '../request/recall.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';
import { loadAuthority } from './load.ts';

/** Ends an authority, asked for or approved, and every look that rests on it. Also after the incident was closed. */
export function revokeAuthority(
  deps: ServiceDeps,
  call: Call,
  authorityId: string,
): Promise<Done<{ authorityId: string }>> {
  return perform(deps, call, async work => {
    const { row, approver } = await loadAuthority(work, authorityId);
    const revoked = await work.tx
      .update(authority)
      .set({ revokedBy: approver, revokedAt: work.at })
      .where(and(eq(authority.id, authorityId), isNull(authority.revokedAt)))
      .returning({ id: authority.id });
    if (revoked.length === 0) throw new CodedError('conflict', 'this authority was revoked already');
    const { incidentId } = row;
    work.append({
      kind: 'authorityRevoked',
      incidentId,
      observedAt: work.now,
      payload: { incidentId, authorityId },
    });
    work.audit({ action: 'authority.revoke', resource: authorityId, incidentId });
    await recallRequests(work, incidentId, authorityId);
    return { authorityId };
  });
}
