import { sql } from 'drizzle-orm';
import type { Tx } from '../transaction.ts';
import { firstRow, rows } from './sql.ts';

/** A row of the audit as its chain hashes it. */
export interface AuditRow {
  seq: number;
  /** UTC with microseconds. */
  at: string;
  actor: string;
  action: string;
  resource: string;
  incidentId: string | null;
  reason: string | null;
  /** JSON as the database prints it. */
  detail: string;
  previousHash: Buffer;
  hash: Buffer;
}

/** The audit after `seq`, in order. */
export const auditRowsAfter = (tx: Tx, seq: number, limit: number): Promise<AuditRow[]> =>
  rows(
    tx,
    sql`select seq::float8 as seq, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, actor, action,
          resource, incident_id as "incidentId", reason, detail::text as detail, previous_hash as "previousHash", hash
        from audit_entry where seq > ${seq} order by seq limit ${limit}`,
  );

/** Where the chain ends, as the database remembers it beside the rows. */
export async function auditHead(tx: Tx): Promise<{ seq: number; hash: Buffer }> {
  const head = await firstRow<{ seq: number; hash: Buffer }>(
    tx,
    sql`select seq::float8 as seq, hash from audit_head`,
  );
  if (!head) throw new Error('audit_head has no row: the database was not made by the migrations');
  return head;
}
