import { sql } from 'drizzle-orm';
import type { Fix } from '../../server/live/fix.ts';
import type { Tx } from '../transaction.ts';
import { epochMs, rows } from './sql.ts';

export type StoredFix = Omit<Fix, 'rawLng' | 'rawLat' | 'rawCrs' | 'receivedAtMs' | 'deviceId'>;

/**
 * The newest fix of every unit that ever reported, by the device's time; of one instant the larger hash. Fixes that
 * were ahead of the clock when they came are left out. One index probe a unit and partition.
 */
export function latestFixes(tx: Tx): Promise<StoredFix[]> {
  return rows<StoredFix>(
    tx,
    sql`select unit.id as "unitId", unit.slot, unit.station_id as "stationId", ${epochMs(sql`newest.observed_at`)} as "observedAtMs",
      ST_X(newest.point) as lng, ST_Y(newest.point) as lat, newest.accuracy_m as "accuracyM", newest.speed_mps as "speedMps",
      newest.course_deg as "courseDeg", newest.battery_pct as "batteryPct", newest.future,
      encode(newest.payload_hash, 'hex') as key
      from unit cross join lateral (
        select * from position where position.unit_id = unit.id and not position.future
        order by position.observed_at desc, position.payload_hash desc limit 1) as newest
      where unit.retired_at is null order by unit.slot`,
  );
}
