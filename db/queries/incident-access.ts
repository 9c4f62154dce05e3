import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../transaction.ts';
import { firstRow } from './sql.ts';

/** What decides whether somebody may do something to an incident. */
export interface IncidentAccess {
  id: string;
  state: 'open' | 'closed';
  stationId: string | null;
  members: string[];
  /** Stations that see it because they hold an order for it. */
  orderStationIds: string[];
}

/**
 * `share`: it cannot be closed before the commit. `update`: nobody else changes it before the commit.
 */
export type Lock = 'none' | 'share' | 'update';

const locks: Record<Lock, SQL> = { none: sql``, share: sql`for share of i`, update: sql`for update of i` };

export const incidentAccess = (
  tx: Tx,
  incidentId: string,
  lock: Lock = 'none',
): Promise<IncidentAccess | undefined> =>
  firstRow(
    tx,
    sql`select i.id, i.state, i.station_id as "stationId",
          array(select user_id from incident_member m where m.incident_id = i.id order by added_at, user_id) as members,
          array(select distinct o.station_id from dispatch_order o
            where o.incident_id = i.id and o.state not in ('handedOver', 'cancelled')) as "orderStationIds"
        from incident i where i.id = ${incidentId} ${locks[lock]}`,
  );
