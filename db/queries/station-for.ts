import { sql } from 'drizzle-orm';
import type { Position } from '#contract/common.ts';
import type { Tx } from '../transaction.ts';
import { firstRow, point } from './sql.ts';

export interface StationChoice {
  stationId: string | null;
  basis: 'jurisdiction' | 'nearest' | 'none';
}

/**
 * Whose place is this? The station whose jurisdiction covers the position (a surveyed one before an estimated one);
 * outside all of them the nearest station; none without a position or without stations.
 */
export async function stationFor(tx: Tx, position: Position | null): Promise<StationChoice> {
  if (!position) return { stationId: null, basis: 'none' };
  const at = point(position);
  const found = await firstRow<StationChoice>(
    tx,
    sql`(select station_id as "stationId", 'jurisdiction' as basis from jurisdiction
          where ST_Covers(area, ${at}) order by estimated, station_id limit 1)
        union all
        (select id, 'nearest' from station order by ST_DistanceSphere(position, ${at}), id limit 1)
        limit 1`,
  );
  return found ?? { stationId: null, basis: 'none' };
}
