import { and, eq } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import type { Role } from '#contract/incident.ts';
import { appUser } from '../../../db/schema/index.ts';
import type { Actor } from '../../auth/actor.ts';
import { hashPassword } from '../../auth/password.ts';
import { passwordFault } from '../../auth/password-rules.ts';
import type { ServiceDeps } from '../../deps.ts';
import { announceEnd, endSessions } from '../session/revoke.ts';
import { type RenewedSession, renewSession } from '../session/renew.ts';
import { perform } from '../unit-of-work.ts';
import { provePassword } from './prove.ts';

/**
 * Gives the caller another password. His other sessions end, this one goes on under another token. Throws wrongPassword,
 * and weakPassword with `fault` when the new one is too easily guessed.
 */
export async function changePassword(
  deps: ServiceDeps,
  caller: Actor,
  { current, next }: { current: string; next: string },
  secondFactorRoles: ReadonlySet<Role>,
): Promise<RenewedSession> {
  const { user, actor } = await provePassword(deps, caller, current);
  refuseWeak(next, { username: user.username, current });
  const passwordHash = await hashPassword(next);
  const { reply } = await perform(deps, { actor }, async work => {
    const changed = await work.tx
      .update(appUser)
      .set({ passwordHash, mustChangePassword: false, passwordChangedAt: work.at })
      .where(and(eq(appUser.id, user.id), eq(appUser.passwordHash, user.passwordHash)))
      .returning({ id: appUser.id });
    if (changed.length === 0)
      throw new CodedError('conflict', 'the password was changed meanwhile; look again');
    const ended = await endSessions(work.tx, work.at, user.id, { except: actor.sessionId });
    const session = await renewSession(work, actor, secondFactorRoles);
    work.audit({
      action: 'account.changePassword',
      resource: `user:${user.id}`,
      detail: { sessionsEnded: ended.length },
    });
    return { session, ended };
  });
  announceEnd(deps, reply.ended);
  return reply.session;
}

/** Throws weakPassword with what is wrong. */
export function refuseWeak(password: string, context: { username: string; current?: string }): void {
  const fault = passwordFault(password, context);
  if (fault) {
    throw new CodedError(
      'weakPassword',
      'expected at least 12 characters, no common password, and not the user name',
      { fault },
    );
  }
}
