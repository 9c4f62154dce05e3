/** Authorities to see the trace of a closed incident again. */
import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../transaction.ts';
import { epochMs, firstRow, instant, rows } from './sql.ts';

export interface ReviewRow {
  id: string;
  incidentId: string;
  requestedBy: string;
  approvedBy: string | null;
  ended: boolean;
  /** ms epoch */
  expiresAt: number;
}

const columns = sql`id, incident_id as "incidentId", requested_by as "requestedBy", approved_by as "approvedBy",
  ended_at is not null as ended, ${epochMs(sql`expires_at`)} as "expiresAt"`;

/** One of them, locked to the commit. */
export const reviewForUpdate = (tx: Tx, reviewId: string): Promise<ReviewRow | undefined> =>
  firstRow(tx, sql`select ${columns} from review_authority where id = ${reviewId} for update`);

/** The one that lets this user see the trace now: approved, not ended; the last to expire. */
export const validReview = (
  tx: Tx,
  incidentId: string,
  userId: string,
  at: Date,
): Promise<ReviewRow | undefined> =>
  firstRow(
    tx,
    sql`select ${columns} from review_authority
        where incident_id = ${incidentId} and requested_by = ${userId} and approved_by is not null
          and ended_at is null and expires_at > ${at.toISOString()}::timestamptz
        order by expires_at desc, id limit 1`,
  );

/** Whether the trace of the incident was purged. */
export const traceIsGone = async (tx: Tx, incidentId: string): Promise<boolean> =>
  (
    await firstRow<{ gone: boolean }>(
      tx,
      sql`select trace_purged_at is not null as gone from incident where id = ${incidentId}`,
    )
  )?.gone === true;

/** Whether the transaction's context opens the trace of the incident: the rule that row-level security asks (0017_review.sql). */
export const traceIsOpen = async (tx: Tx, incidentId: string): Promise<boolean> =>
  (await firstRow<{ open: boolean }>(tx, sql`select coalesce(opened_trace() = ${incidentId}, false) as open`))
    ?.open === true;

export interface ReviewPaper {
  id: string;
  incidentId: string;
  incidentNumber: number;
  number: string;
  legalBasis: string;
  reason: string;
  requestedBy: string;
  requestedAt: string;
  expiresAt: string;
  approvedBy: string | null;
  endedAt: string | null;
}

/** Newest first: of one incident, or those that wait for an approval. Of one asker, unless `askedBy` is null. */
export const reviewPapers = (
  tx: Tx,
  { incidentId, askedBy, waitingAt }: { incidentId?: string; askedBy: string | null; waitingAt?: Date },
): Promise<ReviewPaper[]> => {
  const wanted: SQL[] = [sql`true`];
  if (incidentId !== undefined) wanted.push(sql`r.incident_id = ${incidentId}`);
  if (askedBy !== null) wanted.push(sql`r.requested_by = ${askedBy}`);
  if (waitingAt)
    wanted.push(sql`r.approved_by is null and r.ended_at is null
      and r.expires_at > ${waitingAt.toISOString()}::timestamptz`);
  return rows(
    tx,
    sql`select r.id, r.incident_id as "incidentId", i.number as "incidentNumber", r.number,
          r.legal_basis as "legalBasis", r.reason, r.requested_by as "requestedBy",
          ${instant(sql`r.requested_at`)} as "requestedAt", ${instant(sql`r.expires_at`)} as "expiresAt",
          r.approved_by as "approvedBy", ${instant(sql`r.ended_at`)} as "endedAt"
        from review_authority r join incident i on i.id = r.incident_id
        where ${sql.join(wanted, sql` and `)} order by r.requested_at desc, r.id limit 100`,
  );
};
