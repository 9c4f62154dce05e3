import { CodedError } from '#contract/errors.ts';
import { userToAdd } from '../../../db/queries/user-to-add.ts';
import { incidentMember } from '../../../db/schema/index.ts';
import { rules } from '../../auth/policy.ts';
import type { ServiceDeps } from '../../deps.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';
import { loadIncident, requireOpen } from './load.ts';

/**
 * Puts a user on an open incident; `userId` may be the user name. One who is on it already stays on it. Throws
 * invalidBody for an unknown user and for roles that do not work on cases.
 */
export function addMember(
  deps: ServiceDeps,
  call: Call,
  incidentId: string,
  userIdOrName: string,
): Promise<Done<{ userId: string }>> {
  return perform(deps, call, async work => {
    requireOpen(await loadIncident(work.tx, work.actor, 'incident.addMember', incidentId, 'share'));
    const user = await userToAdd(work.tx, userIdOrName);
    if (!user) throw new CodedError('invalidBody', 'body field userId: there is no such user');
    if (!rules[user.role]['trace.look']) {
      throw new CodedError(
        'invalidBody',
        `body field userId: the role ${user.role} does not work on incidents`,
      );
    }
    const added = await work.tx
      .insert(incidentMember)
      .values({ incidentId, userId: user.id, addedBy: work.actorId, addedAt: work.at })
      .onConflictDoNothing()
      .returning({ userId: incidentMember.userId });
    if (added.length > 0) {
      work.append({
        kind: 'memberAdded',
        incidentId,
        observedAt: work.now,
        payload: { incidentId, userId: user.id },
      });
      work.audit({ action: 'incident.addMember', resource: `user:${user.id}`, incidentId });
    }
    return { userId: user.id };
  });
}
