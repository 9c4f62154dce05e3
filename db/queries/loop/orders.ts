import { type SQL, sql } from 'drizzle-orm';
import type { OrderState } from '#contract/kinds.ts';
import type { OrderView } from '#contract/order.ts';
import type { Tx } from '../../transaction.ts';
import { firstRow, instant, rows } from '../sql.ts';

/** What decides who may do what to an order, and what may happen to it next. */
export interface OrderRow {
  id: string;
  incidentId: string;
  stationId: string;
  state: OrderState;
  metAt: string | null;
}

const isOpen = sql`o.state not in ('fedBack', 'handedOver', 'cancelled')`;
const row = sql`o.id, o.incident_id as "incidentId", o.station_id as "stationId", o.state, ${instant(sql`o.met_at`)} as "metAt"`;

/** `update`: nobody else moves it before the commit. */
export const orderById = (
  tx: Tx,
  orderId: string,
  lock: 'none' | 'update' = 'none',
): Promise<OrderRow | undefined> =>
  firstRow(
    tx,
    sql`select ${row} from dispatch_order o where o.id = ${orderId} ${lock === 'update' ? sql`for update of o` : sql``}`,
  );

/** The order that an incident has now, locked to the commit: there is one at most. */
export const openOrderOf = (tx: Tx, incidentId: string): Promise<OrderRow | undefined> =>
  firstRow(
    tx,
    sql`select ${row} from dispatch_order o where o.incident_id = ${incidentId} and ${isOpen} for update of o`,
  );

/** The open orders of some stations, locked to the commit. */
export const openOrdersOfStations = (tx: Tx, stationIds: readonly string[]): Promise<OrderRow[]> =>
  rows(
    tx,
    sql`select ${row} from dispatch_order o where o.station_id = any(${sql.param([...stationIds])}::text[]) and ${isOpen}
        order by o.id for update of o`,
  );

interface OrderFilter {
  incidentId?: string | undefined;
  stationId?: string | undefined;
  state?: 'open' | OrderState | undefined;
  /** Issued at or after, and before. */
  from?: string | undefined;
  to?: string | undefined;
  /** Only orders of this station, while they or the incident are its own, and of incidents that the user is on. */
  within?: { stationId: string | null; userId: string } | undefined;
  /** The id of the last one seen. */
  before?: string | undefined;
  limit: number;
}

/** Orders with who goes and their words, newest first. */
export function listOrders(tx: Tx, filter: OrderFilter): Promise<OrderView[]> {
  const { incidentId, stationId, state, from, to, within, before, limit } = filter;
  const conditions: SQL[] = [sql`true`];
  if (incidentId !== undefined) conditions.push(sql`o.incident_id = ${incidentId}`);
  if (stationId !== undefined) conditions.push(sql`o.station_id = ${stationId}`);
  if (state !== undefined) conditions.push(state === 'open' ? isOpen : sql`o.state = ${state}`);
  if (from !== undefined) conditions.push(sql`o.issued_at >= ${from}::timestamptz`);
  if (to !== undefined) conditions.push(sql`o.issued_at < ${to}::timestamptz`);
  if (before !== undefined) conditions.push(sql`o.id < ${before}`);
  if (within) {
    conditions.push(sql`((o.station_id = ${within.stationId}
        and (i.station_id = ${within.stationId} or o.state not in ('handedOver', 'cancelled')))
      or exists (select from incident_member m where m.incident_id = i.id and m.user_id = ${within.userId}))`);
  }
  return rows(
    tx,
    sql`select o.id, o.incident_id as "incidentId", i.number as "incidentNumber", o.station_id as "stationId",
          o.basis, o.replaces, o.state, ${instant(sql`o.issued_at`)} as "issuedAt",
          ${instant(sql`o.meet_due_at`)} as "meetDueAt", ${instant(sql`o.acknowledged_at`)} as "acknowledgedAt",
          ${instant(sql`o.assigned_at`)} as "assignedAt", ${instant(sql`o.under_way_at`)} as "underWayAt",
          ${instant(sql`o.met_at`)} as "metAt", ${instant(sql`o.fed_back_at`)} as "fedBackAt",
          ${instant(sql`o.ended_at`)} as "endedAt",
          coalesce((select json_agg(json_build_object('id', g.officer_id, 'name', p.name, 'sworn', g.sworn)
              order by g.sworn desc, g.officer_id)
            from order_officer g left join officer p on p.id = g.officer_id where g.order_id = o.id), '[]') as officers,
          why.body as reason, said.body as note
        from dispatch_order o join incident i on i.id = o.incident_id
          left join text_private why on why.id = o.reason_id left join text_private said on said.id = o.note_id
        where ${sql.join(conditions, sql` and `)} order by o.id desc limit ${limit}`,
  );
}
