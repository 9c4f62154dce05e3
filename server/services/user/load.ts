import { sql } from 'drizzle-orm';
import type { ResetWhat } from '#contract/account.ts';
import { CodedError } from '#contract/errors.ts';
import { type AccountState, lockAccount } from '../../../db/queries/accounts.ts';
import { notFound, requireAllowed } from '../guard.ts';
import type { Work } from '../unit-of-work.ts';

/**
 * Another user's account, for an administrator to change. One such change at a time: two administrators who take the
 * role from each other must not both succeed. Throws notFound.
 */
export async function accountToManage({ tx, actor }: Work, userId: string): Promise<AccountState> {
  requireAllowed(actor, 'user.manage');
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('accounts', 0))`);
  const account = await lockAccount(tx, userId);
  if (!account) throw notFound('user');
  return account;
}

/**
 * Refuses one administrator both doors to a user's account: who gave out a new password may not take the second factor
 * away too before the user has come in himself, or he could come in as the user. Returns what to note of it.
 */
export function claimReset(
  { actor }: Work,
  account: AccountState,
  what: ResetWhat,
): { resetBy: string | null; resetWhat: ResetWhat | null } {
  if (actor.kind !== 'user') return { resetBy: null, resetWhat: null };
  if (account.id === actor.userId)
    throw new CodedError('conflict', 'for your own account use /api/account, or ask another administrator');
  if (account.resetBy === actor.userId && account.resetWhat !== what)
    throw new CodedError(
      'conflict',
      'expected another administrator: you gave this user another way in that he has not used yet',
      { by: 'sameAdministrator' },
    );
  return { resetBy: actor.userId, resetWhat: what };
}
