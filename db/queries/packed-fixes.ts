import { type SQL, sql } from 'drizzle-orm';
import type { Crs } from '#contract/common.ts';
import { blankTrack, mergeTracks, putFix, type Track } from '#domain/track/track.ts';
import { windowMs } from '#domain/track/window.ts';
import type { Tx } from '../transaction.ts';
import { rows } from './sql.ts';

/** The fixes of one unit in one quarter of an hour. */
export interface TrackWindow {
  unitId: string;
  windowAtMs: number;
  track: Track;
  /** Rows that it was made of: as many as fixes, or more where one fix came in several rows. */
  rows: number;
}

interface PackedRow {
  unitId: string;
  windowAtMs: number;
  deviceId: string;
  crs: Crs;
  future: boolean;
  count: number;
  packed: Buffer;
}

const windowS = sql.raw(String(windowMs / 1000));
const windowAtMs = sql`(floor(date_part('epoch', observed_at) / ${windowS}) * ${windowS} * 1000)`;
const measure = (name: string) => sql`float4send(coalesce(${sql.raw(name)}, 'NaN'))`;
/** Two times, two degrees, four measures. */
const bytesOfRow = 4 * 8 + 4 * 4;

/**
 * Rows of `position` as tracks, one for each unit and quarter of an hour, in that order. `from` is the table, or what
 * has its columns, with its condition; `before` a WITH clause. The rows travel packed, hundreds in a value: as single
 * values they cost ten times as much on the way.
 */
export async function packedFixes(tx: Tx, from: SQL, before = sql``): Promise<TrackWindow[]> {
  const found = await rows<PackedRow>(
    tx,
    sql`${before} select unit_id as "unitId", ${windowAtMs}::float8 as "windowAtMs", device_id as "deviceId",
      raw_crs as crs, future, count(*)::int as count, string_agg(
        float8send(date_part('epoch', observed_at) * 1000) || float8send(date_part('epoch', received_at) * 1000)
        || float8send(ST_X(point)) || float8send(ST_Y(point)) || ${measure('speed_mps')} || ${measure('course_deg')}
        || ${measure('accuracy_m')} || ${measure('battery_pct')}, ''::bytea order by observed_at) as packed
      from ${from} group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`,
  );
  const windows: TrackWindow[] = [];
  let parts: PackedRow[] = [];
  for (const [index, row] of found.entries()) {
    parts.push(row);
    const next = found[index + 1];
    if (next && next.unitId === row.unitId && next.windowAtMs === row.windowAtMs) continue;
    const track = mergeTracks(parts.map(unpack));
    const count = parts.reduce((sum, part) => sum + part.count, 0);
    windows.push({ unitId: row.unitId, windowAtMs: row.windowAtMs, track, rows: count });
    parts = [];
  }
  return windows;
}

function unpack({ deviceId, crs, future, count, packed }: PackedRow): Track {
  const track = blankTrack(count, [{ deviceId, crs }]);
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  for (let index = 0; index < count; index++) {
    const at = index * bytesOfRow;
    putFix(track, index, 0, {
      observedAtMs: view.getFloat64(at),
      receivedAtMs: view.getFloat64(at + 8),
      lng: view.getFloat64(at + 16),
      lat: view.getFloat64(at + 24),
      speedMps: view.getFloat32(at + 32),
      courseDeg: view.getFloat32(at + 36),
      accuracyM: view.getFloat32(at + 40),
      batteryPct: view.getFloat32(at + 44),
      future,
    });
  }
  return track;
}
