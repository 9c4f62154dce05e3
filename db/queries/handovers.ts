import { type SQL, sql } from 'drizzle-orm';
import type { HandoverDetail, HandoverView } from '#contract/handover.ts';
import type { Tx } from '../transaction.ts';
import { firstRow, instant, rows } from './sql.ts';

const columns: SQL = sql`h.id, h.open_incidents as "openIncidents", h.promised, h.overdue, h.signed_by as "signedBy",
  s.display_name as "signedByName", ${instant(sql`h.signed_at`)} as "signedAt", h.taken_by as "takenBy",
  t.display_name as "takenByName", ${instant(sql`h.taken_at`)} as "takenAt"`;
const people: SQL = sql`join app_user s on s.id = h.signed_by left join app_user t on t.id = h.taken_by`;

/** The last hand-overs, newest first. */
export const lastHandovers = (tx: Tx, limit: number): Promise<HandoverView[]> =>
  rows(
    tx,
    sql`select ${columns} from shift_handover h ${people} order by h.signed_at desc, h.id desc limit ${limit}`,
  );

/** One with what was signed. */
export const handoverDetail = (tx: Tx, id: string): Promise<HandoverDetail | undefined> =>
  firstRow(tx, sql`select ${columns}, h.matters from shift_handover h ${people} where h.id = ${id}`);

/** Locked, so that two do not take it at once. */
export const handoverToTake = (
  tx: Tx,
  id: string,
): Promise<{ signedBy: string; takenBy: string | null; newest: boolean } | undefined> =>
  firstRow(
    tx,
    sql`select h.signed_by as "signedBy", h.taken_by as "takenBy",
               not exists (select from shift_handover n where (n.signed_at, n.id) > (h.signed_at, h.id)) as newest
        from shift_handover h where h.id = ${id} for update`,
  );
