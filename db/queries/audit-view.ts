/** What auditors ask of the audit. Ids and incident numbers: nothing here joins the vault. */
import { type SQL, sql } from 'drizzle-orm';
import type { AuditItem, AuditPerson } from '#contract/audit.ts';
import type { IncidentName } from '#contract/retention.ts';
import type { Tx } from '../transaction.ts';
import { incidentName } from './retention.ts';
import { firstRow, instant, rows } from './sql.ts';

/** Acts by which somebody learns where a person is or who she is. */
export const lookActions = ['trace.open', 'trace.read', 'trace.export', 'incident.readSubject'] as const;

export interface AuditFilterRow {
  actor?: string | undefined;
  /** Any of these incidents. */
  incidentIds?: readonly string[] | undefined;
  actions?: readonly string[] | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
}

const person = sql`case when u.id is null then null else json_build_object('id', u.id, 'name', u.display_name, 'role', u.role) end`;
const authorityOf = sql`(select json_build_object('id', x.id, 'number', x.number, 'legalBasis', x.legal_basis)
  from authority x where x.id = a.detail->>'authorityId')`;

/** Rows of the audit, newest first, before a seq. */
export function auditList(
  tx: Tx,
  filter: AuditFilterRow,
  page: { beforeSeq?: number | undefined; limit: number },
): Promise<AuditItem[]> {
  const conditions = conditionsOf(filter);
  if (page.beforeSeq !== undefined) conditions.push(sql`a.seq < ${page.beforeSeq}`);
  return rows(
    tx,
    sql`select a.seq::float8 as seq, ${instant(sql`a.at`)} as at, a.actor, ${person} as person, a.action, a.resource,
          case when i.id is null then null else ${incidentName} end as incident, ${authorityOf} as authority, a.reason, a.detail
        from audit_entry a left join app_user u on a.actor = 'user:' || u.id left join incident i on i.id = a.incident_id
        where ${sql.join(conditions, sql` and `)} order by a.seq desc limit ${page.limit}`,
  );
}

function conditionsOf({ actor, incidentIds, actions, from, to }: AuditFilterRow): SQL[] {
  const conditions: SQL[] = [sql`true`];
  if (actor !== undefined) conditions.push(sql`a.actor = ${actor}`);
  if (incidentIds) conditions.push(sql`a.incident_id = any(${sql.param(incidentIds)})`);
  if (actions) conditions.push(sql`a.action = any(${sql.param(actions)})`);
  if (from) conditions.push(sql`a.at >= ${from}`);
  if (to) conditions.push(sql`a.at < ${to}`);
  return conditions;
}

/** Every incident of the subject of this one; she herself is not named. */
export const incidentsOfSubject = (tx: Tx, incidentId: string): Promise<IncidentName[]> =>
  rows<{ name: IncidentName }>(
    tx,
    sql`select ${incidentName} as name from incident i
        where i.subject_id = (select subject_id from incident where id = ${incidentId}) order by i.id`,
  ).then(found => found.map(({ name }) => name));

export interface LookerRow {
  person: AuditPerson;
  looks: number;
  refused: number;
  firstAt: string;
  lastAt: string;
  authorities: { id: string; number: string; legalBasis: string }[];
  incidentIds: string[];
}

/** Who looked at any of these incidents, or was refused, the last one first. */
export const lookersOf = (tx: Tx, incidentIds: readonly string[]): Promise<LookerRow[]> =>
  rows(
    tx,
    sql`select json_build_object('id', u.id, 'name', u.display_name, 'role', u.role) as person,
          count(*) filter (where a.action <> 'trace.refuse')::int as looks,
          count(*) filter (where a.action = 'trace.refuse')::int as refused,
          ${instant(sql`min(a.at)`)} as "firstAt", ${instant(sql`max(a.at)`)} as "lastAt",
          coalesce((select json_agg(json_build_object('id', x.id, 'number', x.number, 'legalBasis', x.legal_basis) order by x.id)
            from authority x where x.id = any(array_agg(a.detail->>'authorityId'))), '[]') as authorities,
          array_agg(distinct a.incident_id) as "incidentIds"
        from audit_entry a join app_user u on a.actor = 'user:' || u.id
        where a.incident_id = any(${sql.param(incidentIds)})
          and a.action = any(${sql.param([...lookActions, 'trace.refuse'])})
        group by u.id order by max(a.seq) desc`,
  );

/** Everybody who has or had an account. */
export const auditPeople = (tx: Tx): Promise<AuditPerson[]> =>
  rows(tx, sql`select id, display_name as name, role from app_user order by role, display_name, id`);

/** Counts of one stretch of time, and the last row before its end. */
export interface DayCounts {
  seq: number;
  hash: Buffer;
  rows: number;
  looks: number;
  refusals: number;
  exports: number;
}

export const auditDayCounts = (tx: Tx, from: Date, to: Date): Promise<DayCounts | undefined> =>
  firstRow(
    tx,
    sql`select last.seq::float8 as seq, last.hash, c.rows, c.looks, c.refusals, c.exports
        from (select seq, hash from audit_entry where at < ${to} order by seq desc limit 1) last,
          (select count(*)::int as rows, count(*) filter (where action = any(${sql.param([...lookActions])}))::int as looks,
            count(*) filter (where action = 'trace.refuse')::int as refusals,
            count(*) filter (where action in ('trace.export', 'audit.export'))::int as exports
           from audit_entry where at >= ${from} and at < ${to}) c`,
  );

/** When the first row of the audit was written. */
export const firstAuditAt = (tx: Tx): Promise<{ at: string } | undefined> =>
  firstRow(tx, sql`select ${instant(sql`at`)} as at from audit_entry order by seq limit 1`);

export interface AuditDayRow {
  day: string;
  seq: number;
  hash: Buffer;
  body: string;
  signature: Buffer;
  publicKey: Buffer;
}

/** The newest anchored days, oldest first. */
export const auditDays = (tx: Tx, limit: number): Promise<AuditDayRow[]> =>
  rows(
    tx,
    sql`select * from (select to_char(day, 'YYYY-MM-DD') as day, seq::float8 as seq, hash, body, signature,
          public_key as "publicKey" from audit_day order by audit_day.day desc limit ${limit}) newest order by day`,
  );
