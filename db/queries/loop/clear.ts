import { sql } from 'drizzle-orm';
import type { Risk, ScamType } from '#contract/alert.ts';
import type { OrderState } from '#contract/kinds.ts';
import type { ListReach } from '../../../server/auth/reach.ts';
import type { Tx } from '../../transaction.ts';
import { hasOrderOf } from '../list-incidents.ts';
import { epochMs, firstRow, rows } from '../sql.ts';

/** An incident as the board of a day finds it. Instants are ms since 1970. */
export interface ClearRow {
  incidentId: string;
  number: number;
  openedMs: number;
  risk: Risk;
  scamType: ScamType;
  stationId: string | null;
  clearedMs: number | null;
  /** The newest order that had been issued by the end of the day. */
  order: {
    stationId: string;
    state: OrderState;
    officers: string[];
  } | null;
  owner: { id: string; name: string } | null;
  answeredBy: { id: string; name: string; day: string } | null;
  clock: { dueMs: number } | null;
}

/** Cleared: closed, handed over to another county, or its order was fed back. */
const cleared = sql`least(i.closed_at, i.handed_over_at, o.fed_back_at)`;

const newestOrder = (before: string) => sql`left join lateral (
  select * from dispatch_order d where d.incident_id = i.id and d.issued_at < ${before}::timestamptz
  order by d.issued_at desc, d.id desc limit 1) o on true`;

/** What was open at some time of a day, from its first instant to before its last (ISO 8601), within reach. */
export function clearRows(
  tx: Tx,
  reach: ListReach,
  { day, from, to }: { day: string; from: string; to: string },
): Promise<ClearRow[]> {
  const within =
    reach === 'all'
      ? sql`true`
      : sql`(i.station_id = ${reach.stationId} or ${hasOrderOf(reach.stationId)}
          or exists (select from incident_member m where m.incident_id = i.id and m.user_id = ${reach.userId}))`;
  return rows(
    tx,
    sql`select i.id as "incidentId", i.number, ${epochMs(sql`i.opened_at`)} as "openedMs", i.risk,
          i.scam_type as "scamType", i.station_id as "stationId", ${epochMs(cleared)} as "clearedMs",
          case when o.id is not null then json_build_object('stationId', o.station_id, 'state', o.state, 'officers',
            coalesce((select json_agg(coalesce(f.name, g.officer_id) order by g.sworn desc, g.officer_id)
              from order_officer g left join officer f on f.id = g.officer_id where g.order_id = o.id), '[]')) end as "order",
          (select json_build_object('id', u.id, 'name', u.display_name) from line_owner l join app_user u on u.id = l.user_id
            where l.incident_id = i.id and l.line = 'ground') as owner,
          (select json_build_object('id', u.id, 'name', u.display_name, 'day', c.day)
            from day_carried c join app_user u on u.id = c.owner_id
            where c.incident_id = i.id and c.day <= ${day}::date order by c.day desc limit 1) as "answeredBy",
          (select json_build_object('dueMs', ${epochMs(sql`k.due_at`)})
            from clock k where k.incident_id = i.id and k.kind = 'sameDay' and k.stopped_at is null
            order by k.started_at desc, k.id desc limit 1) as clock
        from incident i ${newestOrder(to)}
        where i.opened_at < ${to}::timestamptz and coalesce(${cleared}, 'infinity') >= ${from}::timestamptz and ${within}
        order by i.opened_at, i.id`,
  );
}

/** When an incident was opened and cleared, by the orders that it has had before an instant. */
export const clearedOf = (
  tx: Tx,
  incidentId: string,
  before: string,
): Promise<{ openedMs: number; clearedMs: number | null } | undefined> =>
  firstRow(
    tx,
    sql`select ${epochMs(sql`i.opened_at`)} as "openedMs", ${epochMs(cleared)} as "clearedMs"
        from incident i ${newestOrder(before)} where i.id = ${incidentId}`,
  );

/** Whether somebody with this id can be answerable: an account of the case work that may still come in. */
export const canAnswer = async (tx: Tx, userId: string): Promise<boolean> =>
  (await firstRow(
    tx,
    sql`select u.id from app_user u where u.id = ${userId} and u.active and u.role not in ('wall', 'auditor', 'admin')`,
  )) !== undefined;
