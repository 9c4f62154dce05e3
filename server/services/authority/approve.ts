import { and, eq, isNull } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import { authority } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { requireOpen } from '../incident/load.ts';
import { sendRequests } from '../request/send.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';
import { loadAuthority } from './load.ts';

/** Approves an authority that somebody else asked for; the requests that wait for one go out with it. Throws conflict when it is approved, revoked or expired already. */
export function approveAuthority(
  deps: ServiceDeps,
  call: Call,
  authorityId: string,
): Promise<Done<{ authorityId: string }>> {
  return perform(deps, call, async work => {
    const { row, incident, approver } = await loadAuthority(work, authorityId);
    requireOpen(incident);
    if (row.requestedBy === approver) {
      throw new CodedError('forbidden', 'an authority is approved by somebody else than who asked for it', {
        rule: 'fourEyes',
      });
    }
    if (row.breakGlass)
      throw new CodedError(
        'conflict',
        'break-glass is not approved but reviewed; ask for an authority beside it',
      );
    if (row.revoked) throw new CodedError('conflict', 'this authority was revoked');
    if (row.approvedBy !== null) throw new CodedError('conflict', 'this authority is approved already');
    if (row.expiresAt <= work.at.getTime())
      throw new CodedError('conflict', 'this authority has expired; ask for a new one');
    const approved = await work.tx
      .update(authority)
      .set({ approvedBy: approver, approvedAt: work.at })
      .where(and(eq(authority.id, authorityId), isNull(authority.approvedBy), isNull(authority.revokedAt)))
      .returning({ id: authority.id });
    if (approved.length === 0) throw new CodedError('conflict', 'this authority was decided at this moment');
    const { incidentId } = row;
    work.append({
      kind: 'authorityApproved',
      incidentId,
      observedAt: work.now,
      payload: { incidentId, authorityId, approvedBy: approver },
    });
    work.audit({ action: 'authority.approve', resource: authorityId, incidentId });
    await sendRequests(work, incidentId, authorityId);
    return { authorityId };
  });
}
