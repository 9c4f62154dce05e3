import { sql } from 'drizzle-orm';
import type { GlassView } from '#contract/break-glass.ts';
import type { Tx } from '../transaction.ts';
import { firstRow, instant, rows } from './sql.ts';

/** One use, locked to the commit. */
export const glassForUpdate = (
  tx: Tx,
  authorityId: string,
): Promise<{ incidentId: string; openedBy: string } | undefined> =>
  firstRow(
    tx,
    sql`select incident_id as "incidentId", opened_by as "openedBy" from break_glass
        where authority_id = ${authorityId} for update`,
  );

/** Uses of break-glass: without a review first, the longest waiting at the top; then the others, newest first. */
export const glassUses = (tx: Tx, state: 'due' | 'all', limit: number): Promise<GlassView[]> =>
  rows(
    tx,
    sql`select b.authority_id as "authorityId", b.incident_id as "incidentId", i.number as "incidentNumber",
          b.opened_by as "openedBy", opener.display_name as "openedByName", b.reason,
          ${instant(sql`b.opened_at`)} as "openedAt",
          ${instant(sql`least(b.expires_at, a.revoked_at, i.closed_at)`)} as "endsAt",
          (select count(*)::int from trace_look l where l.authority_id = b.authority_id) as looks,
          ${instant(sql`b.review_due_at`)} as "reviewDueAt", reviewer.display_name as "reviewedByName",
          ${instant(sql`b.reviewed_at`)} as "reviewedAt", b.verdict, b.note
        from break_glass b join authority a on a.id = b.authority_id join incident i on i.id = b.incident_id
          join app_user opener on opener.id = b.opened_by left join app_user reviewer on reviewer.id = b.reviewed_by
        where ${state === 'due' ? sql`b.reviewed_at is null` : sql`true`}
        order by b.reviewed_at is not null, case when b.reviewed_at is null then b.review_due_at end, b.opened_at desc
        limit ${limit}`,
  );
