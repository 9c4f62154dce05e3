import { type SQL, sql } from 'drizzle-orm';
import type { Role } from '#contract/incident.ts';
import type { Tx } from '../transaction.ts';
import { firstRow } from './sql.ts';

export interface UserRow {
  id: string;
  username: string;
  displayName: string;
  role: Role;
  stationId: string | null;
  passwordHash: string;
  /** The sealed secret of a confirmed authenticator app. */
  totpSealed: Uint8Array | null;
  passkeys: number;
}

/** An active user with what his sign-in is checked against. */
const activeUser = (tx: Tx, condition: SQL): Promise<UserRow | undefined> =>
  firstRow(
    tx,
    sql`select app_user.id, username, display_name as "displayName", role, station_id as "stationId",
          password_hash as "passwordHash", totp.secret_sealed as "totpSealed",
          (select count(*)::int from passkey where passkey.user_id = app_user.id) as passkeys
        from app_user left join user_totp totp on totp.user_id = app_user.id and totp.confirmed_at is not null
        where active and ${condition}`,
  );

export const userByUsername = (tx: Tx, username: string): Promise<UserRow | undefined> =>
  activeUser(tx, sql`username = ${username}`);

export const userById = (tx: Tx, id: string): Promise<UserRow | undefined> =>
  activeUser(tx, sql`app_user.id = ${id}`);

export const userByCertificate = (tx: Tx, certificate: string): Promise<UserRow | undefined> =>
  activeUser(tx, sql`certificate = ${certificate}`);
