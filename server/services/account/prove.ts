import { CodedError } from '#contract/errors.ts';
import { type UserRow, userById } from '../../../db/queries/user-by-username.ts';
import type { Actor, UserActor } from '../../auth/actor.ts';
import { verifyPassword } from '../../auth/password.ts';
import type { ServiceDeps } from '../../deps.ts';
import { requireUser } from '../guard.ts';
import { perform } from '../unit-of-work.ts';
import { reserveAttempt, takeBackAttempt } from '../session/attempt.ts';

/**
 * The caller's account, once he has shown that he knows its password: a screen left open must not be enough to change
 * how one comes in. Wrong ones count like failed sign-ins. Throws wrongPassword, lockedOut.
 */
export async function provePassword(
  deps: ServiceDeps,
  caller: Actor,
  password: string,
): Promise<{ user: UserRow; actor: UserActor }> {
  const actor = requireUser(caller);
  const user = await deps.database.read(tx => userById(tx, actor.userId));
  if (!user) throw new CodedError('unauthenticated', 'this account is not active any more');
  const attempt = await reserveAttempt(deps, user.username);
  if (!(await verifyPassword(password, user.passwordHash))) {
    await perform(deps, { actor }, async work =>
      work.audit({ action: 'session.refuse', resource: `user:${user.id}`, detail: { what: 'proof' } }),
    );
    throw new CodedError('wrongPassword', 'the current password is wrong');
  }
  await takeBackAttempt(deps, attempt);
  return { user, actor };
}
