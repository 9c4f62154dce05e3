import { eq } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import type { UserPatch } from '#contract/user.ts';
import { type AccountState, someAdministrator } from '../../../db/queries/accounts.ts';
import { stationExists } from '../../../db/queries/station-exists.ts';
import { appUser } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { announceEnd, endSessions } from '../session/revoke.ts';
import { type Call, perform, type Work } from '../unit-of-work.ts';
import { accountToManage, claimReset } from './load.ts';

/**
 * Changes an account. Another role, and being disabled, end its sessions at once; a name or station does not. Throws
 * notFound; conflict for one's own role, state or certificate, and when no active administrator would be left; invalidBody for
 * an unknown station, or none where the role needs one.
 */
export async function changeUser(
  deps: ServiceDeps,
  call: Call,
  userId: string,
  patch: UserPatch,
): Promise<{ userId: string }> {
  const { reply } = await perform(deps, call, async work => {
    const before = await accountToManage(work, userId);
    const after = changed(before, patch);
    await requireSound(work, before, after);
    const { displayName, role, stationId, active, certificate } = after;
    const reset =
      certificate !== before.certificate && certificate !== null
        ? claimReset(work, before, 'certificate')
        : {};
    await work.tx
      .update(appUser)
      .set({ displayName, role, stationId, active, certificate, ...reset })
      .where(eq(appUser.id, userId));
    if (role === 'admin' || before.role === 'admin' || !active) await requireAdministrator(work);
    const ends = role !== before.role || (!active && before.active) || certificate !== before.certificate;
    const ended = ends ? await endSessions(work.tx, work.at, userId, {}) : [];
    auditChange(work, before, after);
    return { ended };
  });
  announceEnd(deps, reply.ended);
  return { userId };
}

/** What the patch does not name stays. */
function changed(before: AccountState, patch: UserPatch): AccountState {
  const { displayName, role, stationId, active, certificate } = patch;
  return {
    ...before,
    ...(displayName !== undefined && { displayName }),
    ...(role !== undefined && { role }),
    ...(stationId !== undefined && { stationId }),
    ...(active !== undefined && { active }),
    ...(certificate !== undefined && { certificate }),
  };
}

async function requireSound({ tx, actor }: Work, before: AccountState, after: AccountState): Promise<void> {
  const own = actor.kind === 'user' && actor.userId === before.id;
  if (own && (after.role !== before.role || after.active !== before.active))
    throw new CodedError(
      'conflict',
      'nobody changes his own role or disables himself; ask another administrator',
    );
  if (own && after.certificate !== before.certificate)
    throw new CodedError('conflict', 'another administrator enters your certificate');
  if (after.stationId !== null && !(await stationExists(tx, after.stationId)))
    throw new CodedError('invalidBody', `body field stationId: there is no station ${after.stationId}`);
  if (after.stationId === null && (after.role === 'station' || after.role === 'field'))
    throw new CodedError(
      'invalidBody',
      'body field stationId: expected the station of a station or field officer',
    );
}

async function requireAdministrator({ tx }: Work): Promise<void> {
  if (!(await someAdministrator(tx)))
    throw new CodedError('conflict', 'expected at least one active administrator to remain');
}

/** Names stay out of the audit; that one was changed does not. */
function auditChange(work: Work, before: AccountState, after: AccountState): void {
  const resource = `user:${before.id}`;
  if (after.active !== before.active)
    work.audit({ action: after.active ? 'user.enable' : 'user.disable', resource });
  if (after.certificate !== before.certificate)
    work.audit({ action: 'user.setCertificate', resource, detail: { given: after.certificate !== null } });
  const renamed = after.displayName !== before.displayName;
  const moved = after.stationId !== before.stationId;
  if (after.role === before.role && !renamed && !moved) return;
  work.audit({
    action: 'user.change',
    resource,
    detail: {
      ...(after.role !== before.role && { from: before.role, to: after.role }),
      ...(moved && { stationId: after.stationId }),
      ...(renamed && { renamed }),
    },
  });
}
