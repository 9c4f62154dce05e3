import { sql } from 'drizzle-orm';
import type { SignedInBy } from '#contract/account.ts';
import type { Role } from '#contract/incident.ts';
import type { Tx } from '../transaction.ts';
import { epochMs, rows } from './sql.ts';

/** A session that was neither revoked nor reached its end; whether it idled out, its role's lifetime says. Times in ms epoch. */
export interface OpenSessionRow {
  id: string;
  userId: string;
  role: Role;
  signedInBy: SignedInBy;
  address: string | null;
  agent: string | null;
  createdAt: number;
  lastSeenAt: number;
  expiresAt: number;
}

/** Sessions of one user, or of all; newest sign of life first. */
export const openSessions = (tx: Tx, at: Date, userId?: string): Promise<OpenSessionRow[]> =>
  rows(
    tx,
    sql`select s.id, s.user_id as "userId", u.role, s.signed_in_by as "signedInBy", s.address, s.agent,
          ${epochMs(sql`s.created_at`)} as "createdAt", ${epochMs(sql`s.last_seen_at`)} as "lastSeenAt",
          ${epochMs(sql`s.expires_at`)} as "expiresAt"
        from user_session s join app_user u on u.id = s.user_id
        where s.revoked_at is null and s.expires_at > ${at.toISOString()}::timestamptz
          ${userId === undefined ? sql`` : sql`and s.user_id = ${userId}`}
        order by s.last_seen_at desc, s.id`,
  );
