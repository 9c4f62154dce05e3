import { type SQL, sql } from 'drizzle-orm';
import { windowOf } from '#domain/track/window.ts';
import type { Tx } from '../transaction.ts';
import { epochMs, rows } from './sql.ts';

/** A chunk as it is stored; `body` is read by server/domain/track/chunk.ts. */
export interface StoredChunk {
  unitId: string;
  windowAtMs: number;
  body: Uint8Array;
}

/** west, south, east, north in degrees. */
export type Box = readonly [west: number, south: number, east: number, north: number];

const columns = sql`unit_id as "unitId", ${epochMs(sql`window_at`)} as "windowAtMs", body`;
const at = (ms: number): SQL => sql`to_timestamp(${ms}::float8 / 1000)`;
const inWindows = (fromMs: number, toMs: number): SQL =>
  sql`window_at >= ${at(windowOf(fromMs))} and window_at < ${at(toMs)}`;

/** The chunks of a unit that may hold fixes from `fromMs` up to `toMs`, in order of time. */
export const chunksOfUnit = (tx: Tx, unitId: string, fromMs: number, toMs: number): Promise<StoredChunk[]> =>
  rows(
    tx,
    sql`select ${columns} from track_chunk where unit_id = ${unitId} and ${inWindows(fromMs, toMs)} order by window_at`,
  );

/** The chunks of all units that may hold fixes from `fromMs` up to `toMs`, and in the box, by time and unit. */
export const chunksBetween = (tx: Tx, fromMs: number, toMs: number, box?: Box): Promise<StoredChunk[]> =>
  rows(
    tx,
    sql`select ${columns} from track_chunk where ${inWindows(fromMs, toMs)}${box ? sql` and ${touches(box)}` : sql``}
      order by track_chunk.window_at, unit_id`,
  );

/** Those of these units and quarters of an hour that there are; `at` the same place in both lists stands one question. */
export const chunksAt = (
  tx: Tx,
  unitIds: readonly string[],
  windowsAtMs: readonly number[],
): Promise<StoredChunk[]> =>
  rows(
    tx,
    sql`select track_chunk.unit_id as "unitId", asked.window_ms as "windowAtMs", body
      from unnest(${sql.param(unitIds)}::text[], ${sql.param(windowsAtMs)}::float8[]) as asked (unit_id, window_ms)
      join track_chunk on track_chunk.unit_id = asked.unit_id
        and track_chunk.window_at = to_timestamp(asked.window_ms / 1000)`,
  );

/** The newest chunk of every unit in service that holds a fix which was not ahead of the clock. */
export const newestChunks = (tx: Tx): Promise<(StoredChunk & { slot: number; stationId: string | null })[]> =>
  rows(
    tx,
    sql`select unit.id as "unitId", slot, station_id as "stationId", ${epochMs(sql`newest.window_at`)} as "windowAtMs", body
      from unit cross join lateral (
        select window_at, body from track_chunk
        where track_chunk.unit_id = unit.id and not all_future order by window_at desc limit 1) as newest
      where retired_at is null order by slot`,
  );

/** Whole numbers, as the boxes are stored, so that nothing that touches is left out by rounding. */
function touches([west, south, east, north]: Box): SQL {
  const [w, s] = [Math.floor(west * 1e7), Math.floor(south * 1e7)];
  const [e, n] = [Math.ceil(east * 1e7), Math.ceil(north * 1e7)];
  return sql`west <= ${e} and east >= ${w} and south <= ${n} and north >= ${s}`;
}
