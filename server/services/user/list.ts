import type { AccountRow } from '#contract/user.ts';
import { listAccounts } from '../../../db/queries/accounts.ts';
import { openSessions } from '../../../db/queries/sessions.ts';
import { lockOut, sessionEnded } from '../../auth/lifetime.ts';
import { machineClock } from '../../clock.ts';
import type { ServiceDeps } from '../../deps.ts';

/** All accounts with what an administrator has to know of them. */
export function accountList({ clock, database }: ServiceDeps): Promise<AccountRow[]> {
  const now = machineClock(clock).now();
  return database.read(async tx => {
    const open = await openSessions(tx, new Date(now));
    const alive = Map.groupBy(
      open.filter(session => !sessionEnded(session.role, session, now)),
      ({ userId }) => userId,
    );
    const since = new Date(now - lockOut.withinMs);
    const accounts = await listAccounts(tx, since, lockOut.withinMs, lockOut.failures);
    return accounts.map(account => ({ ...account, sessions: alive.get(account.id)?.length ?? 0 }));
  });
}
