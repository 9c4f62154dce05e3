/** What the search for unusual looks asks of the tables, and what it found. */
import { sql } from 'drizzle-orm';
import type { Finding } from '#contract/audit.ts';
import type { LookAct, Shifts, Work } from '../../server/audit/unusual.ts';
import type { Tx } from '../transaction.ts';
import { lookActions } from './audit-view.ts';
import { incidentName } from './retention.ts';
import { epochMs, firstRow, instant, rows } from './sql.ts';

/** Looks at people between two instants, refused ones too. */
export const looksBetween = (tx: Tx, from: Date, to: Date): Promise<LookAct[]> =>
  rows(
    tx,
    sql`select u.id as "userId", u.role, i.id as "incidentId", i.subject_id as "subjectId", ${epochMs(sql`a.at`)} as "atMs",
          a.action = 'trace.refuse' as refused,
          a.action = 'trace.refuse' and coalesce(a.detail->'missing' ? 'membership', false) as stranger
        from audit_entry a join app_user u on a.actor = 'user:' || u.id join incident i on i.id = a.incident_id
        where a.at >= ${from} and a.at < ${to}
          and a.action = any(${sql.param([...lookActions, 'trace.refuse'])}) order by a.seq`,
  );

/** When a person or a gateway did something about these incidents, by the log. */
export const workOn = (tx: Tx, incidentIds: readonly string[], from: Date, to: Date): Promise<Work[]> =>
  rows(
    tx,
    sql`select incident_id as "incidentId", ${epochMs(sql`received_at`)} as "atMs" from domain_event
        where incident_id = any(${sql.param(incidentIds)}) and actor not like 'system:%'
          and received_at >= ${from} and received_at < ${to}`,
  );

/**
 * Shifts between two instants of those users who are officers of the roster: the one officer who bears the account's name,
 * at its station where it has one. Whose name two bear, nobody can tell.
 */
export const shiftsOfUsers = (
  tx: Tx,
  userIds: readonly string[],
  from: Date,
  to: Date,
): Promise<{ userId: string; shifts: Shifts }[]> =>
  rows(
    tx,
    sql`select u.id as "userId",
          json_agg(json_build_array(${epochMs(sql`s.starts_at`)}, ${epochMs(sql`s.ends_at`)}) order by s.starts_at) as shifts
        from app_user u
          join lateral (select min(o.id) as id from officer o
            where o.name = u.display_name and o.removed_at is null
              and (u.station_id is null or o.station_id = u.station_id) having count(*) = 1) matched on true
          join shift_officer so on so.officer_id = matched.id
          join shift s on s.id = so.shift_id and s.cancelled_at is null and s.starts_at < ${to} and s.ends_at > ${from}
        where u.id = any(${sql.param(userIds)}) group by u.id`,
  );

/** Numbers of all officers, also of those who left. */
export const officerPhones = async (tx: Tx): Promise<string[]> =>
  (await rows<{ phone: string }>(tx, sql`select distinct phone from officer where phone <> ''`)).map(
    ({ phone }) => phone,
  );

/** Those of these incidents whose subject has one of the numbers, by their keyed hashes. */
export const incidentsWithPhone = async (
  tx: Tx,
  incidentIds: readonly string[],
  phoneHashes: readonly Buffer[],
): Promise<string[]> =>
  (
    await rows<{ id: string }>(
      tx,
      sql`select i.id from incident i join subject_private p using (subject_id)
          where i.id = any(${sql.param(incidentIds)}) and p.phone_hash = any(${sql.param(phoneHashes)}::bytea[])`,
    )
  ).map(({ id }) => id);

/** The findings of a week, open ones first. */
export const findingsOf = (tx: Tx, week: string): Promise<Finding[]> =>
  rows(
    tx,
    sql`select f.id, f.kind, json_build_object('id', u.id, 'name', u.display_name, 'role', u.role) as person,
          case when i.id is null then null else ${incidentName} end as incident, f.numbers,
          ${instant(sql`f.found_at`)} as "foundAt", f.state, f.note, r.display_name as "reviewedBy",
          ${instant(sql`f.reviewed_at`)} as "reviewedAt"
        from look_finding f join app_user u on u.id = f.user_id left join incident i on i.id = f.incident_id
          left join app_user r on r.id = f.reviewed_by
        where f.week = ${week}::date order by (f.state = 'open') desc, f.kind, u.display_name, f.id`,
  );

export async function openFindings(tx: Tx): Promise<number> {
  const counted = await firstRow<{ n: number }>(
    tx,
    sql`select count(*)::int as n from look_finding where state = 'open'`,
  );
  return counted?.n ?? 0;
}
