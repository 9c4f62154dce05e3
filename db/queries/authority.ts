import { sql } from 'drizzle-orm';
import type { Tx } from '../transaction.ts';
import { epochMs, firstRow } from './sql.ts';

export interface AuthorityRow {
  id: string;
  incidentId: string;
  requestedBy: string;
  approvedBy: string | null;
  /** ms epoch */
  expiresAt: number;
  revoked: boolean;
  /** It holds for `requestedBy` alone, and nobody approved it. */
  breakGlass: boolean;
}

const columns = sql`id, incident_id as "incidentId", requested_by as "requestedBy", approved_by as "approvedBy",
  ${epochMs(sql`expires_at`)} as "expiresAt", revoked_at is not null as revoked,
  break_glass as "breakGlass"`;

/** One authority, locked to the commit. */
export const authorityForUpdate = (tx: Tx, authorityId: string): Promise<AuthorityRow | undefined> =>
  firstRow(tx, sql`select ${columns} from authority where id = ${authorityId} for update`);

/**
 * The authority that allows this user a look at the incident's trace now: approved, not revoked, the last to expire; without
 * one, that the user broke the glass.
 */
export const validAuthority = (
  tx: Tx,
  incidentId: string,
  userId: string,
  at: Date,
): Promise<AuthorityRow | undefined> =>
  firstRow(
    tx,
    sql`select ${columns} from authority
        where incident_id = ${incidentId} and revoked_at is null and expires_at > ${at.toISOString()}::timestamptz
          and (approved_by is not null or (break_glass and requested_by = ${userId}))
        order by break_glass, expires_at desc, id limit 1 for share`,
  );
