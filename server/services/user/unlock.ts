import { eq } from 'drizzle-orm';
import { loginFailure } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { type Call, perform } from '../unit-of-work.ts';
import { accountToManage } from './load.ts';

/** Forgets the failed sign-ins under a user's name, so that he need not wait. Throws notFound. */
export async function unlockUser(deps: ServiceDeps, call: Call, userId: string): Promise<void> {
  await perform(deps, call, async work => {
    const { username } = await accountToManage(work, userId);
    await work.tx.delete(loginFailure).where(eq(loginFailure.username, username));
    work.audit({ action: 'user.unlock', resource: `user:${userId}` });
    return {};
  });
}
