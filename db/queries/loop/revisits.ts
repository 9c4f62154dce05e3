import { type SQL, sql } from 'drizzle-orm';
import type { RevisitState } from '#contract/kinds.ts';
import type { CheckItem, RevisitItem } from '#contract/meeting.ts';
import type { ListReach } from '../../../server/auth/reach.ts';
import { hasOrderOf } from '../list-incidents.ts';
import type { Tx } from '../../transaction.ts';
import { firstRow, instant, rows } from '../sql.ts';

export interface RevisitRow {
  id: string;
  incidentId: string;
  state: RevisitState;
}

/** One revisit, locked to the commit. */
export const revisitForUpdate = (tx: Tx, revisitId: string): Promise<RevisitRow | undefined> =>
  firstRow(
    tx,
    sql`select id, incident_id as "incidentId", state from revisit where id = ${revisitId} for update`,
  );

/** Whether a meeting has a revisit planned for a time of this span. */
export const hasRevisitPlanned = async (tx: Tx, meetingId: string, from: Date, to: Date): Promise<boolean> =>
  (await firstRow(
    tx,
    sql`select id from revisit where meeting_id = ${meetingId} and state = 'planned'
        and due_at >= ${from.toISOString()}::timestamptz and due_at < ${to.toISOString()}::timestamptz`,
  )) !== undefined;

/** Whose officers met her; else the incident's. */
const stationOfMeeting = sql`coalesce((select o.station_id from dispatch_order o where o.id = m.order_id), i.station_id)`;

export interface RevisitFilter {
  state: RevisitState;
  /** Due before this instant. */
  before?: Date | undefined;
  stationId?: string | undefined;
  reach: ListReach;
  cursor?: string | undefined;
  limit: number;
}

/** Revisits with what is needed to go there, the first due one first; the name is the vault's: mask it. */
export function listRevisits(
  tx: Tx,
  { state, before, stationId, reach, cursor, limit }: RevisitFilter,
): Promise<(Omit<RevisitItem, 'nameMasked'> & { name: string | null })[]> {
  const conditions: SQL[] = [sql`r.state = ${state}`];
  if (before) conditions.push(sql`r.due_at < ${before.toISOString()}::timestamptz`);
  if (stationId !== undefined) conditions.push(sql`${stationOfMeeting} = ${stationId}`);
  if (reach !== 'all')
    conditions.push(sql`(i.station_id = ${reach.stationId} or exists (
      select from incident_member im where im.incident_id = i.id and im.user_id = ${reach.userId}) or ${hasOrderOf(reach.stationId)})`);
  if (cursor !== undefined)
    conditions.push(sql`(r.due_at, r.id) > (select c.due_at, c.id from revisit c where c.id = ${cursor})`);
  return rows(
    tx,
    sql`select r.id, r.incident_id as "incidentId", i.number as "incidentNumber", i.state as "incidentState",
          r.meeting_id as "meetingId", ${stationOfMeeting} as "stationId", i.risk, i.scam_type as "scamType",
          (select p.name from subject_private p where p.subject_id = i.subject_id) as name,
          ${instant(sql`m.at`)} as "metAt", ${instant(sql`r.due_at`)} as "dueAt", r.state
        from revisit r join incident i on i.id = r.incident_id join meeting m on m.id = r.meeting_id
        where ${sql.join(conditions, sql` and `)} order by r.due_at, r.id limit ${limit}`,
  );
}

/** The meetings of a span, with their stations. */
export const meetingsBetween = (
  tx: Tx,
  from: Date,
  to: Date,
): Promise<{ id: string; incidentId: string; stationId: string | null }[]> =>
  rows(
    tx,
    sql`select m.id, m.incident_id as "incidentId", ${stationOfMeeting} as "stationId"
        from meeting m join incident i on i.id = m.incident_id
        where m.at >= ${from.toISOString()}::timestamptz and m.at < ${to.toISOString()}::timestamptz order by m.id`,
  );

export const weekIsDrawn = async (tx: Tx, week: string): Promise<boolean> =>
  (await firstRow(tx, sql`select week from spot_check where week = ${week}::date limit 1`)) !== undefined;

export interface CheckFilter {
  week?: string | undefined;
  state?: 'due' | 'checked' | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** Meetings drawn for a leader's ear, the newest first. */
export function listChecks(tx: Tx, { week, state, cursor, limit }: CheckFilter): Promise<CheckItem[]> {
  const conditions: SQL[] = [sql`true`];
  if (week !== undefined) conditions.push(sql`c.week = ${week}::date`);
  if (state !== undefined)
    conditions.push(state === 'due' ? sql`c.verdict is null` : sql`c.verdict is not null`);
  if (cursor !== undefined) conditions.push(sql`c.meeting_id < ${cursor}`);
  return rows(
    tx,
    sql`select c.meeting_id as id, c.incident_id as "incidentId", i.number as "incidentNumber",
          ${stationOfMeeting} as "stationId", to_char(c.week, 'YYYY-MM-DD') as week, ${instant(sql`m.at`)} as "metAt",
          (select count(*)::int from meeting_step s where s.meeting_id = m.id and s.done) as "stepsDone",
          array(select distinct s.refusal from meeting_step s
            where s.meeting_id = m.id and s.refusal is not null order by s.refusal) as refusals,
          array(select d.reference from document_private d
            where d.meeting_id = m.id and d.kind = 'recording' and d.reference is not null order by d.id) as recordings,
          c.verdict, (select u.display_name from app_user u where u.id = c.checked_by) as "checkedByName",
          ${instant(sql`c.checked_at`)} as "checkedAt",
          (select t.body from text_private t where t.id = c.note_id) as note
        from spot_check c join meeting m on m.id = c.meeting_id join incident i on i.id = c.incident_id
        where ${sql.join(conditions, sql` and `)} order by c.meeting_id desc limit ${limit}`,
  );
}

/** How many were drawn and what was said of them: of one week, or of all. */
export const checkCounts = async (
  tx: Tx,
  week: string | undefined,
): Promise<{ drawn: number; good: number; lacking: number }> =>
  (await firstRow<{ drawn: number; good: number; lacking: number }>(
    tx,
    sql`select count(*)::int as drawn, (count(*) filter (where verdict = 'good'))::int as good,
          (count(*) filter (where verdict = 'lacking'))::int as lacking
        from spot_check ${week === undefined ? sql`` : sql`where week = ${week}::date`}`,
  )) ?? { drawn: 0, good: 0, lacking: 0 };
