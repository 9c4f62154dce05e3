import { type SQL, sql } from 'drizzle-orm';
import type { IncidentQuery, IncidentView } from '#contract/incident-view.ts';
import type { ListReach } from '../../server/auth/reach.ts';
import type { SubjectRow } from '../../server/auth/masking.ts';
import type { Tx } from '../transaction.ts';
import { instant, lngLat, rows } from './sql.ts';

/** An incident with its subject as the vault has her: mask before anything else. Null: erased. */
export type IncidentRow = Omit<IncidentView, 'subject'> & { subject: SubjectRow | null };

/** What both the list and the detail tell of an incident `i`. */
export const incidentColumns = sql`i.id, i.number, i.state, i.risk, i.scam_type as "scamType", i.station_id as "stationId",
  i.station_basis as "stationBasis", ${instant(sql`i.opened_at`)} as "openedAt", ${instant(sql`i.closed_at`)} as "closedAt",
  i.outcome, ${instant(sql`i.handed_over_at`)} as "handedOverAt", i.amount::float8 as amount,
  (select count(*)::int from alert a where a.incident_id = i.id) as "alertCount",
  (select ${instant(sql`max(a.received_at)`)} from alert a where a.incident_id = i.id) as "lastAlertAt",
  array(select m.user_id from incident_member m where m.incident_id = i.id order by m.added_at, m.user_id) as members,
  (select json_build_object('name', p.name, 'phone', p.phone, 'address', p.address, 'vehicle', p.vehicle,
      'home', ${lngLat(sql`p.home`)}, 'homeBasis', p.home_basis, 'homeRadiusM', p.home_radius_m,
      'homeConfidence', p.home_confidence, 'elsewhere', p.home_elsewhere,
      'handedOverTo', (select t.body from text_private t where t.id = i.handed_over_to_id)) from subject_private p where p.subject_id = i.subject_id) as subject`;

/** Whether a station holds an order for incident `i`, and so sees it. */
export const hasOrderOf = (stationId: string | null): SQL => sql`exists (
  select from dispatch_order o where o.incident_id = i.id and o.station_id = ${stationId}
    and o.state not in ('handedOver', 'cancelled'))`;

/** Incidents within reach, newest first; `cursor` is the id of the last one seen. */
export function listIncidents(tx: Tx, reach: ListReach, query: IncidentQuery): Promise<IncidentRow[]> {
  const { state, station, from, to, cursor, limit } = query;
  const conditions: SQL[] = [sql`true`];
  if (reach !== 'all') {
    conditions.push(sql`(i.station_id = ${reach.stationId} or exists (
      select from incident_member m where m.incident_id = i.id and m.user_id = ${reach.userId}) or ${hasOrderOf(reach.stationId)})`);
  }
  if (state !== undefined) conditions.push(sql`i.state = ${state}`);
  if (station !== undefined) conditions.push(sql`i.station_id = ${station}`);
  if (from !== undefined) conditions.push(sql`i.opened_at >= ${from}::timestamptz`);
  if (to !== undefined) conditions.push(sql`i.opened_at < ${to}::timestamptz`);
  if (cursor !== undefined) conditions.push(sql`i.id < ${cursor}`);
  return rows(
    tx,
    sql`select ${incidentColumns} from incident i where ${sql.join(conditions, sql` and `)}
        order by i.id desc limit ${limit}`,
  );
}
