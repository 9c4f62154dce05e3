import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { decodeChunk, encodeChunk } from '#domain/track/chunk.ts';
import { mergeTracks, type Track } from '#domain/track/track.ts';
import type { TrackWindow } from '../../../db/queries/packed-fixes.ts';
import { chunksAt } from '../../../db/queries/track-chunks.ts';
import type { Tx } from '../../../db/transaction.ts';

interface Chunk {
  unitId: string;
  windowAtMs: number;
  track: Track;
  body: Uint8Array;
}

/**
 * Makes the chunks of these units and quarters of an hour hold these fixes too. What a chunk holds already changes
 * nothing, so the same call may come twice. One compaction at a time: the others wait, readers do not. Their
 * partitions must be there.
 * @returns how many chunks are new or changed.
 */
export async function mergeIntoChunks(tx: Tx, windows: readonly TrackWindow[]): Promise<number> {
  await tx.execute(sql`lock table track_chunk in share row exclusive mode`);
  const stored = await chunksAt(
    tx,
    windows.map(window => window.unitId),
    windows.map(window => window.windowAtMs),
  );
  const bodies = new Map(stored.map(chunk => [`${chunk.windowAtMs} ${chunk.unitId}`, chunk.body]));
  const changed: Chunk[] = [];
  for (const { unitId, windowAtMs, track } of windows) {
    const before = bodies.get(`${windowAtMs} ${unitId}`);
    const merged = before ? mergeTracks([decodeChunk(before), track]) : track;
    const body = encodeChunk(merged);
    if (!before || Buffer.compare(before, body) !== 0)
      changed.push({ unitId, windowAtMs, track: merged, body });
    // A chunk is a fraction of a millisecond, hundreds are not.
    await turn();
  }
  if (changed.length > 0) await writeChunks(tx, changed);
  return changed.length;
}

async function writeChunks(tx: Tx, chunks: readonly Chunk[]): Promise<void> {
  const column = <T>(read: (chunk: Chunk) => T) => sql.param(chunks.map(read));
  await tx.execute(sql`
    insert into track_chunk (unit_id, window_at, first_at, last_at, fixes, all_future, west, east, south, north, body)
    select unit_id, to_timestamp(window_ms / 1000), to_timestamp(first_ms / 1000), to_timestamp(last_ms / 1000), fixes,
      all_future, west, east, south, north, body
    from unnest(${column(chunk => chunk.unitId)}::text[], ${column(chunk => chunk.windowAtMs)}::float8[],
      ${column(({ track }) => track.observedAtMs[0]!)}::float8[],
      ${column(({ track }) => track.observedAtMs[track.length - 1]!)}::float8[],
      ${column(({ track }) => track.length)}::int[], ${column(({ track }) => track.future.every(flag => flag === 1))}::boolean[],
      ${column(({ track }) => least(track.lngE7))}::int[], ${column(({ track }) => greatest(track.lngE7))}::int[],
      ${column(({ track }) => least(track.latE7))}::int[], ${column(({ track }) => greatest(track.latE7))}::int[],
      ${column(chunk => Buffer.from(chunk.body))}::bytea[])
      as chunk (unit_id, window_ms, first_ms, last_ms, fixes, all_future, west, east, south, north, body)
    on conflict (unit_id, window_at) do update set first_at = excluded.first_at, last_at = excluded.last_at,
      fixes = excluded.fixes, all_future = excluded.all_future, west = excluded.west, east = excluded.east,
      south = excluded.south, north = excluded.north, body = excluded.body`);
}

const least = (values: Float64Array): number => values.reduce((a, b) => Math.min(a, b), Infinity);
const greatest = (values: Float64Array): number => values.reduce((a, b) => Math.max(a, b), -Infinity);
