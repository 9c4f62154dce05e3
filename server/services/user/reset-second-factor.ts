import { eq } from 'drizzle-orm';
import { appUser, passkey, recoveryCode, userTotp } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { announceEnd, endSessions } from '../session/revoke.ts';
import { type Call, perform } from '../unit-of-work.ts';
import { accountToManage, claimReset } from './load.ts';

/**
 * Takes app, passkeys and recovery codes from a user who has lost them. His sessions end; his password stays, so the one
 * who does this cannot come in as him. Throws notFound; conflict for oneself, and for who has just reset the password.
 */
export async function resetSecondFactor(deps: ServiceDeps, call: Call, userId: string): Promise<void> {
  const { reply } = await perform(deps, call, async work => {
    const account = await accountToManage(work, userId);
    await work.tx
      .update(appUser)
      .set(claimReset(work, account, 'secondFactor'))
      .where(eq(appUser.id, userId));
    await work.tx.delete(userTotp).where(eq(userTotp.userId, userId));
    await work.tx.delete(passkey).where(eq(passkey.userId, userId));
    await work.tx.delete(recoveryCode).where(eq(recoveryCode.userId, userId));
    work.audit({ action: 'user.resetSecondFactor', resource: `user:${userId}` });
    return { ended: await endSessions(work.tx, work.at, userId, {}) };
  });
  announceEnd(deps, reply.ended);
}
