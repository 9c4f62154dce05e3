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
}

const columns = sql`id, incident_id as "incidentId", requested_by as "requestedBy", approved_by as "approvedBy",
  ${epochMs(sql`expires_at`)} as "expiresAt", revoked_at is not null as revoked`;

/** One authority, locked to the commit. */
export const authorityForUpdate = (tx: Tx, authorityId: string): Promise<AuthorityRow | undefined> =>
  firstRow(tx, sql`select ${columns} from authority where id = ${authorityId} for update`);

/** The authority that allows a look at this incident's trace now: approved, not revoked, the last to expire. */
export const validAuthority = (tx: Tx, incidentId: string, at: Date): Promise<AuthorityRow | undefined> =>
  firstRow(
    tx,
    sql`select ${columns} from authority
        where incident_id = ${incidentId} and approved_by is not null and revoked_at is null
          and expires_at > ${at.toISOString()}::timestamptz
        order by expires_at desc, id limit 1 for share`,
  );
