import { eq } from 'drizzle-orm';
import { appUser, loginFailure } from '../../../db/schema/index.ts';
import { hashPassword, oneTimePassword } from '../../auth/password.ts';
import type { ServiceDeps } from '../../deps.ts';
import { announceEnd, endSessions } from '../session/revoke.ts';
import { type Call, perform } from '../unit-of-work.ts';
import { accountToManage, claimReset } from './load.ts';

/**
 * A one-time password for a user, in place of the one he has forgotten. His sessions end; his second factor stays. Throws
 * notFound; conflict for oneself, and for who has just reset the second factor.
 */
export async function resetPassword(
  deps: ServiceDeps,
  call: Call,
  userId: string,
): Promise<{ password: string | null }> {
  const password = oneTimePassword();
  const passwordHash = await hashPassword(password);
  const { reply } = await perform<{ password: string | null; ended: string[] }>(
    deps,
    call,
    async work => {
      const account = await accountToManage(work, userId);
      const change = { passwordHash, mustChangePassword: account.role !== 'wall' };
      await work.tx
        .update(appUser)
        .set({ ...change, ...claimReset(work, account, 'password') })
        .where(eq(appUser.id, userId));
      await work.tx.delete(loginFailure).where(eq(loginFailure.username, account.username));
      work.audit({ action: 'user.resetPassword', resource: `user:${userId}` });
      return { password, ended: await endSessions(work.tx, work.at, userId, {}) };
    },
    { remember: reply => ({ ...reply, password: null }) },
  );
  announceEnd(deps, reply.ended);
  return { password: reply.password };
}
