import { createHash } from 'node:crypto';
import type { TrackFix } from '#domain/track/track.ts';
import type { Database } from '../../db/connect.ts';
import type { Fix } from '../../server/live/fix.ts';
import { storeFixes } from '../../server/services/position/store.ts';
import { fixOf } from '../ingest/fixes.ts';

/** A fix of a unit as ingest would store it: named by its content. */
export function ingested(unitId: string, fix: TrackFix): Fix {
  const { receivedAtMs: _, future: __, ...content } = fix;
  const key = createHash('sha256')
    .update(JSON.stringify([unitId, content]))
    .digest('hex')
    .slice(0, 32);
  const { crs, ...rest } = fix;
  return fixOf({ unitId, ...rest, rawLng: fix.lng, rawLat: fix.lat, rawCrs: crs, key });
}

/** Stores fixes of one unit. Returns how many were new. */
export async function store(database: Database, unitId: string, fixes: readonly TrackFix[]): Promise<number> {
  let stored = 0;
  // The embedded database copies each request whole.
  for (let from = 0; from < fixes.length; from += 500) {
    const some = fixes.slice(from, from + 500).map(fix => ingested(unitId, fix));
    stored += (await storeFixes(database, some)).size;
  }
  return stored;
}

/** How many rows lie in `position`, and how many chunks there are. */
export async function counted(database: Database): Promise<{ rows: number; chunks: number }> {
  const { rows } = await database.pool.query<{ rows: number; chunks: number }>(
    'select (select count(*)::int from position) as rows, (select count(*)::int from track_chunk) as chunks',
  );
  return rows[0]!;
}
