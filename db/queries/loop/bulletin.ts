import { type SQL, sql } from 'drizzle-orm';
import type {
  BulletinRows,
  CheckRow,
  IncidentRow,
  MeetingRow,
  OrderRow,
  OutcomeRow,
  RevisitRow,
  StopRow,
} from '../../../server/reports/rows.ts';
import type { LogFact } from '../../../server/reports/cases.ts';
import type { Tx } from '../../transaction.ts';
import { epochMs, firstRow, instant, rows } from '../sql.ts';

/** Incidents opened since an instant (ISO 8601), or not closed; none that was opened after the other. */
interface Scope {
  since: string;
  until: string;
}
const inScope = ({ since, until }: Scope) =>
  sql`(i.opened_at >= ${since}::timestamptz or i.closed_at is null) and i.opened_at <= ${until}::timestamptz`;

/** When it was so, and when the log heard of it; what never went through the log was known at once. */
const known = (at: SQL, heard: SQL) =>
  sql`case when ${at} is not null then json_build_object('atMs', ${epochMs(at)}, 'knownMs', coalesce(${epochMs(heard)}, ${epochMs(at)})) end`;

/** Everything that bulletins are counted from, as it stands; what was not known yet is left out later. */
export async function bulletinRows(tx: Tx, scope: Scope): Promise<BulletinRows> {
  const of = (table: string, columns: SQL) =>
    sql`select ${columns} from ${sql.identifier(table)} t join incident i on i.id = t.incident_id where ${inScope(scope)} `;
  return {
    incidents: await rows<IncidentRow>(
      tx,
      sql`select i.id, i.number, i.scam_type as "scamType", ${epochMs(sql`i.opened_at`)} as "openedMs",
            ${epochMs(sql`i.closed_at`)} as "closedMs", i.outcome, ${epochMs(sql`i.handed_over_at`)} as "handedOverMs",
            coalesce((select json_agg(json_build_object('atMs', ${epochMs(sql`a.received_at`)}, 'risk', a.risk) order by a.id)
              from alert a where a.incident_id = i.id), '[]') as alerts
          from incident i where ${inScope(scope)} order by i.id`,
    ),
    orders: await rows<OrderRow>(tx, orders(scope)),
    meetings: await rows<MeetingRow>(
      tx,
      sql`${of(
        'meeting',
        sql`t.incident_id as "incidentId", t.order_id as "orderId", ${epochMs(sql`t.at`)} as "atMs",
          ${epochMs(sql`t.recorded_at`)} as "knownMs"`,
      )} order by t.id`,
    ),
    stops: await rows<StopRow>(
      tx,
      sql`${of(
        'stop_payment',
        sql`t.incident_id as "incidentId", ${epochMs(sql`t.requested_at`)} as "requestedMs", t.state,
          ${epochMs(sql`t.answered_at`)} as "answeredMs", t.amount_held::float8 as held,
          (select coalesce(json_agg(json_build_object('knownMs', ${epochMs(sql`e.received_at`)},
              'before', e.payload->'before', 'held', e.payload->'amountHeld') order by e.seq), '[]')
            from domain_event e where e.incident_id = t.incident_id and e.kind = 'stopCorrected'
              and e.payload->>'stopId' = t.id) as corrections`,
      )} order by t.id`,
    ),
    revisits: await rows<RevisitRow>(
      tx,
      sql`${of(
        'revisit',
        sql`t.incident_id as "incidentId", ${epochMs(sql`t.due_at`)} as "dueMs", ${epochMs(sql`t.planned_at`)} as "plannedMs",
          t.state, ${epochMs(sql`t.ended_at`)} as "endedMs"`,
      )} order by t.id`,
    ),
    checks: await rows<CheckRow>(
      tx,
      sql`${of(
        'spot_check',
        sql`t.incident_id as "incidentId", ${epochMs(sql`t.week::timestamp at time zone 'Asia/Shanghai'`)} as "weekMs",
          ${epochMs(sql`t.drawn_at`)} as "drawnMs", t.verdict, ${epochMs(sql`t.checked_at`)} as "checkedMs"`,
      )} order by t.meeting_id`,
    ),
    outcomes: await rows<OutcomeRow>(
      tx,
      sql`${of(
        'outcome_report',
        sql`t.id, t.incident_id as "incidentId", ${epochMs(sql`t.reported_at`)} as "reportedMs",
          ${epochMs(sql`t.recorded_at`)} as "recordedMs", t.transferred, t.loss_amount::float8 as loss,
          t.case_filed as "caseFiled", t.arrests`,
      )} order by t.id`,
    ),
  };
}

const orders = (scope: Scope) => {
  const heard = (to: string) => sql`min(e.received_at) filter (where e.payload->>'to' = ${to})`;
  return sql`with moved as (
      select e.payload->>'orderId' as id, ${heard('acknowledged')} as acknowledged, ${heard('underWay')} as under_way,
        ${heard('met')} as met, ${heard('fedBack')} as fed_back
      from domain_event e join incident i on i.id = e.incident_id
      where e.kind = 'orderMoved' and ${inScope(scope)} group by 1)
    select t.id, t.incident_id as "incidentId", t.station_id as "stationId", ${epochMs(sql`t.issued_at`)} as "issuedMs",
      ${epochMs(sql`t.meet_due_at`)} as "meetDueMs",
      ${known(sql`t.acknowledged_at`, sql`m.acknowledged`)} as acknowledged,
      ${known(sql`t.under_way_at`, sql`m.under_way`)} as "underWay",
      ${known(sql`t.met_at`, sql`m.met`)} as met,
      ${known(sql`t.fed_back_at`, sql`m.fed_back`)} as "fedBack",
      case when t.state in ('handedOver', 'cancelled') then
        json_build_object('atMs', ${epochMs(sql`t.ended_at`)}, 'knownMs', ${epochMs(sql`t.ended_at`)}) end as dropped
    from dispatch_order t join incident i on i.id = t.incident_id left join moved m on m.id = t.id
    where ${inScope(scope)} order by t.id`;
};

export const stationNames = (tx: Tx): Promise<{ id: string; name: string }[]> =>
  rows(tx, sql`select id, name from station order by id`);

/** Who answered for each of some incidents as the log knew at an instant: by a carried day, else by the ground line; their display names. */
export const ownersAsOf = (
  tx: Tx,
  incidentIds: readonly string[],
  asOf: string,
): Promise<{ incidentId: string; name: string }[]> =>
  rows(
    tx,
    sql`select distinct on (e.incident_id) e.incident_id as "incidentId", u.display_name as name
        from (select distinct on (incident_id, kind) incident_id, kind,
              coalesce(payload->>'ownerId', payload->>'userId') as user_id
            from domain_event
            where incident_id = any(${sql.param([...incidentIds])}::text[]) and received_at <= ${asOf}::timestamptz
              and (kind = 'dayCarried' or (kind = 'lineTaken' and payload->>'line' = 'ground'))
            order by incident_id, kind, seq desc) e
          join app_user u on u.id = e.user_id
        order by e.incident_id, e.kind`,
  );

/** What the log says of one incident's way, as it was known at an instant. */
export const caseLog = (tx: Tx, incidentId: string, asOf: string): Promise<LogFact[]> =>
  rows(
    tx,
    sql`select kind, ${instant(sql`observed_at`)} as "observedAt", payload from domain_event
        where incident_id = ${incidentId} and received_at <= ${asOf}::timestamptz
          and kind in ('alertReceived', 'orderIssued', 'orderMoved', 'contactMade', 'traceRequestMoved', 'meetingHeld',
            'meetingStepDone', 'stopMoved', 'stopCorrected', 'incidentClosed')
        order by observed_at, seq`,
  );

/** The subject's name as the vault has it: mask it. Undefined: erased. */
export const caseName = (tx: Tx, incidentId: string): Promise<{ name: string } | undefined> =>
  firstRow(
    tx,
    sql`select p.name from incident i join subject_private p on p.subject_id = i.subject_id where i.id = ${incidentId}`,
  );
