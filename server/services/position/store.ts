import { sql } from 'drizzle-orm';
import type { Database } from '../../../db/connect.ts';
import { rows } from '../../../db/queries/sql.ts';
import type { Fix } from '../../live/fix.ts';
import { keysInChunks } from '../track/in-chunks.ts';

/**
 * Stores fixes in one transaction; those that are already there, as rows or in
 * chunks, are left alone. Returns the keys of the new ones.
 * Positions are no human act: they have no row in log or audit. Throws DatabaseUnavailable.
 */
export async function storeFixes(database: Database, fixes: readonly Fix[]): Promise<Set<string>> {
  const inserted = await database.transaction({ actor: 'system:ingest' }, async tx => {
    const compacted = await keysInChunks(tx, fixes);
    const missing = fixes.filter(fix => !compacted.has(fix.key));
    const column = <K extends keyof Fix>(name: K) => sql.param(missing.map(fix => fix[name]));
    return rows<{ key: string }>(
      tx,
      sql`insert into position (device_id, observed_at, payload_hash, unit_id, received_at, point,
          accuracy_m, speed_mps, course_deg, battery_pct, raw_lng, raw_lat, raw_crs, future)
        select device_id, to_timestamp(observed_ms / 1000), decode(key, 'hex'), unit_id, to_timestamp(received_ms / 1000),
          ST_SetSRID(ST_MakePoint(lng, lat), 4326), accuracy_m, speed_mps, course_deg, battery_pct,
          raw_lng, raw_lat, raw_crs, future
        from unnest(${column('deviceId')}::text[], ${column('observedAtMs')}::float8[], ${column('key')}::text[],
          ${column('unitId')}::text[], ${column('receivedAtMs')}::float8[], ${column('lng')}::float8[],
          ${column('lat')}::float8[], ${column('accuracyM')}::real[], ${column('speedMps')}::real[],
          ${column('courseDeg')}::real[], ${column('batteryPct')}::real[], ${column('rawLng')}::float8[],
          ${column('rawLat')}::float8[], ${column('rawCrs')}::text[], ${column('future')}::boolean[])
          as fix (device_id, observed_ms, key, unit_id, received_ms, lng, lat, accuracy_m, speed_mps, course_deg,
          battery_pct, raw_lng, raw_lat, raw_crs, future)
        on conflict do nothing returning encode(payload_hash, 'hex') as key`,
    );
  });
  return new Set(inserted.map(row => row.key));
}
