import { sql } from 'drizzle-orm';
import type { Pending } from '#contract/account.ts';
import type { Role } from '#contract/incident.ts';
import type { Tx } from '../transaction.ts';
import { epochMs, firstRow } from './sql.ts';

/** A session that was not revoked, of a user who is still active. Times in ms epoch. */
export interface SessionRow {
  sessionId: string;
  userId: string;
  username: string;
  displayName: string;
  role: Role;
  stationId: string | null;
  pending: Pending | null;
  lastSeenAt: number;
  expiresAt: number;
}

export const sessionByToken = (tx: Tx, tokenHash: Uint8Array): Promise<SessionRow | undefined> =>
  firstRow(
    tx,
    sql`select s.id as "sessionId", u.id as "userId", u.username, u.display_name as "displayName", u.role,
          u.station_id as "stationId", s.pending, ${epochMs(sql`s.last_seen_at`)} as "lastSeenAt",
          ${epochMs(sql`s.expires_at`)} as "expiresAt"
        from user_session s join app_user u on u.id = s.user_id
        where s.token_hash = ${Buffer.from(tokenHash)} and s.revoked_at is null and u.active`,
  );
