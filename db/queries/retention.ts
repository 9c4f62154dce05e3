/** What is due for purging, what is held, and the receipts. */
import { type SQL, sql } from 'drizzle-orm';
import type { HoldView, RetentionClass, IncidentName } from '#contract/retention.ts';
import type { Tx } from '../transaction.ts';
import { firstRow, instant, rows } from './sql.ts';

/** An incident `i` by its day in Shanghai and its number on it. */
export const incidentName = sql`json_build_object('id', i.id, 'number', i.number,
  'day', to_char(i.opened_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD'))`;

export interface PeriodRow {
  class: RetentionClass;
  days: number;
  reason: string;
  setBy: string;
  setAt: string;
}

/** The periods that somebody set, with his name. */
export const retentionPeriods = (tx: Tx): Promise<PeriodRow[]> =>
  rows(
    tx,
    sql`select class, days, reason, display_name as "setBy", ${instant(sql`set_at`)} as "setAt"
        from retention_period join app_user on app_user.id = set_by`,
  );

/** Standing holds, then lifted ones, the newest first. */
export const legalHolds = (tx: Tx, limit: number): Promise<HoldView[]> =>
  rows(
    tx,
    sql`select h.id, ${incidentName} as incident, t.body as reason, p.display_name as "placedBy",
          ${instant(sql`h.placed_at`)} as "placedAt", l.display_name as "liftedBy", ${instant(sql`h.lifted_at`)} as "liftedAt"
        from legal_hold h join incident i on i.id = h.incident_id left join text_private t on t.id = h.reason_id
          join app_user p on p.id = h.placed_by left join app_user l on l.id = h.lifted_by
        order by (h.lifted_at is null) desc, h.placed_at desc limit ${limit}`,
  );

/** The incident that people call by a day in Shanghai and a number. */
export const incidentByNumber = (tx: Tx, day: string, number: number): Promise<IncidentName | undefined> =>
  firstRow(
    tx,
    sql`select i.id, i.number, ${day} as day from incident i
        where i.number = ${number} and (i.opened_at at time zone 'Asia/Shanghai')::date = ${day}::date`,
  );

const unheld = sql`not exists (select from legal_hold h where h.incident_id = i.id and h.lifted_at is null)`;

/** Which of an incident's ends a purge comes for. */
export type Due = 'archive' | 'trace' | 'vault';
const isDue: Record<Due, SQL> = {
  archive: sql`i.archived_at is null`,
  trace: sql`i.trace_purged_at is null and ${unheld}`,
  vault: sql`i.vault_purged_at is null and ${unheld}`,
};

export interface DueIncident {
  id: string;
  subjectId: string;
  stationId: string | null;
  archivedAt: string | null;
  /** Stations that see it because they hold an order for it. */
  orderStationIds: string[];
}

/**
 * Incidents that were closed before an instant and wait for this, oldest first, locked to the commit; those that somebody
 * works on now are left for the next time.
 */
export async function dueIncidents(tx: Tx, due: Due, before: Date, limit: number): Promise<DueIncident[]> {
  const locked = await rows<{ id: string }>(
    tx,
    sql`select i.id from incident i where i.state = 'closed' and i.closed_at < ${before} and ${isDue[due]}
        order by i.closed_at, i.id limit ${limit} for update of i skip locked`,
  );
  if (locked.length === 0) return [];
  // Asked again under the lock, which keeps holds out: one may have come in between.
  return rows(
    tx,
    sql`select i.id, i.subject_id as "subjectId", i.station_id as "stationId", ${instant(sql`i.archived_at`)} as "archivedAt",
          array(select distinct o.station_id from dispatch_order o
            where o.incident_id = i.id and o.state not in ('handedOver', 'cancelled')) as "orderStationIds"
        from incident i where i.id = any(${sql.param(locked.map(({ id }) => id))}) and ${isDue[due]} order by i.id`,
  );
}

/** Incidents past a period: how many a run would purge, and how many are held back from it. */
export async function countDue(
  tx: Tx,
  before: { trace: Date; vault: Date },
): Promise<{ due: number; held: number }> {
  const past = sql`i.state = 'closed' and ((i.trace_purged_at is null and i.closed_at < ${before.trace})
    or (i.vault_purged_at is null and i.closed_at < ${before.vault}))`;
  const counted = await firstRow<{ due: number; held: number }>(
    tx,
    sql`select count(*) filter (where ${unheld})::int as due, count(*) filter (where not ${unheld})::int as held
        from incident i where ${past}`,
  );
  return counted!;
}

/** Subjects of these whose every incident gave up its names; their vault rows are locked to the commit. */
export async function forgottenSubjects(tx: Tx, subjectIds: readonly string[]): Promise<string[]> {
  const ids = sql.param(subjectIds);
  await tx.execute(
    sql`select from subject_private where subject_id = any(${ids}) order by subject_id for update`,
  );
  // Only now: an alert for the same person holds her row until its incident can be seen.
  const found = await rows<{ id: string }>(
    tx,
    sql`select subject_id as id from incident where subject_id = any(${ids})
        group by subject_id having bool_and(vault_purged_at is not null)`,
  );
  return found.map(({ id }) => id);
}

export interface ReceiptRow {
  id: string;
  at: string;
  body: string;
  signature: Buffer;
  publicKey: Buffer;
}

const receiptColumns = sql`id, ${instant(sql`at`)} as at, body, signature, public_key as "publicKey"`;

/** All receipts, oldest first. */
export const purgeReceipts = (tx: Tx): Promise<ReceiptRow[]> =>
  rows(tx, sql`select ${receiptColumns} from purge_receipt order by id`);

export const newestReceipt = (tx: Tx): Promise<ReceiptRow | undefined> =>
  firstRow(tx, sql`select ${receiptColumns} from purge_receipt order by id desc limit 1`);
