import { sql } from 'drizzle-orm';
import type { AccountView, ResetWhat } from '#contract/account.ts';
import type { Role } from '#contract/incident.ts';
import type { AccountRow } from '#contract/user.ts';
import type { Tx } from '../transaction.ts';
import { firstRow, instant, rows } from './sql.ts';

/** What a user may know of his own account beside his passkeys and sessions. */
export async function accountFacts(
  tx: Tx,
  userId: string,
): Promise<Pick<AccountView, 'passwordChangedAt' | 'certificate' | 'totpSince' | 'recoveryCodesLeft'>> {
  const found = await firstRow<Awaited<ReturnType<typeof accountFacts>>>(
    tx,
    sql`select ${instant(sql`password_changed_at`)} as "passwordChangedAt", certificate,
          (select ${instant(sql`confirmed_at`)} from user_totp where user_id = app_user.id) as "totpSince",
          (select count(*)::int from recovery_code where user_id = app_user.id and used_at is null)
            as "recoveryCodesLeft"
        from app_user where id = ${userId}`,
  );
  return found!;
}

/** All accounts, also disabled ones; sessions are counted elsewhere. `since`: failures from then on count. */
export const listAccounts = (
  tx: Tx,
  since: Date,
  lockedForMs: number,
  failuresToLock: number,
): Promise<Omit<AccountRow, 'sessions'>[]> =>
  rows(
    tx,
    sql`select app_user.id, username, display_name as "displayName", role, station_id as "stationId", active,
          ${instant(sql`created_at`)} as "createdAt", certificate, must_change_password as "mustChangePassword",
          (select ${instant(sql`max(last_seen_at)`)} from user_session where user_id = app_user.id) as "lastSeenAt",
          exists(select from user_totp where user_id = app_user.id and confirmed_at is not null) as totp,
          (select count(*)::int from passkey where user_id = app_user.id) as passkeys,
          (select ${instant(sql`(at + ${`${lockedForMs} milliseconds`}::interval)`)} from login_failure
            where login_failure.username = app_user.username and at >= ${since.toISOString()}::timestamptz
            order by at desc offset ${failuresToLock - 1} limit 1) as "lockedUntil"
        from app_user order by active desc, username`,
  );

export interface AccountState {
  id: string;
  username: string;
  displayName: string;
  role: Role;
  stationId: string | null;
  active: boolean;
  certificate: string | null;
  resetBy: string | null;
  resetWhat: ResetWhat | null;
}

/** An account, active or not, that nobody else changes until the transaction ends. */
export const lockAccount = (tx: Tx, id: string): Promise<AccountState | undefined> =>
  firstRow(
    tx,
    sql`select id, username, display_name as "displayName", role, station_id as "stationId", active, certificate,
          reset_by as "resetBy", reset_what as "resetWhat"
        from app_user where id = ${id} for update`,
  );

/** One of those who can still administer; undefined when nobody is left. */
export const someAdministrator = (tx: Tx): Promise<{ id: string } | undefined> =>
  firstRow(tx, sql`select id from app_user where role = 'admin' and active limit 1`);
