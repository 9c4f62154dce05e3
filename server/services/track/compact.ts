/**
 * Positions of closed days become chunks. A day is copied, then read back and compared, and only then dropped as a
 * whole: never a delete of millions of rows, and nothing is gone before it is known to be in its chunks. What comes
 * late, when its day is dropped already, lies in the default partition and is moved in small transactions. Every step
 * may be repeated, so whoever is killed here begins again.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../../db/connect.ts';
import { sqlError } from '../../../db/errors.ts';
import {
  type Day,
  dayOf,
  ensureTrackPartitions,
  partitionOf,
  positionPartitions,
  startOfDay,
} from '../../../db/partitions.ts';
import { packedFixes } from '../../../db/queries/packed-fixes.ts';
import { rows } from '../../../db/queries/sql.ts';
import type { Tx } from '../../../db/transaction.ts';
import { TrackChunkError } from '#domain/track/chunk.ts';
import { windowMs } from '#domain/track/window.ts';
import type { Clock } from '../../clock.ts';
import { hotFrom, type TrackKeeping, trackKeeping } from './keeping.ts';
import { mergeIntoChunks } from './merge-chunks.ts';

export interface Compacted {
  /** Rows that were read: of a day that is copied in this turn and compared in the next, in both. */
  rows: number;
  /** Chunks that are new or changed. */
  chunks: number;
  /** Days whose rows are all in chunks now, and gone. */
  dropped: Day[];
}

/** Units that go into one transaction: some ten thousand rows, a tenth of a second. */
const unitsAtOnce = 64;
const straysAtOnce = 5000;
/** Dropping stops all writing of positions for a moment, so it must not wait long for its turn. */
const lockTimeout = '500ms';
const lockNotAvailable = '55P03';
const undefinedTable = '42P01';

/**
 * One turn: every closed day, then what came late.
 * @throws TrackChunkError at the end, when a day has to wait because a chunk that it belongs into is damaged
 */
export async function compactTracks(
  { database, clock }: { database: Database; clock: Clock },
  signal: AbortSignal,
  keeping: TrackKeeping = trackKeeping,
): Promise<Compacted> {
  const before = hotFrom(clock.now(), keeping);
  const done: Compacted = { rows: 0, chunks: 0, dropped: [] };
  let damage: TrackChunkError | undefined;
  const days = await database.maintain(positionPartitions);
  for (const day of days.filter(closed => startOfDay(closed) < before)) {
    if (signal.aborted) return done;
    try {
      await compactDay(database, day, done, signal);
    } catch (error) {
      if (error instanceof TrackChunkError) damage ??= error;
      // Another process was faster.
      else if (sqlError(error)?.code !== undefinedTable) throw error;
    }
  }
  while (!signal.aborted && (await moveStrays(database, before, done)) > 0);
  if (damage) throw damage;
  return done;
}

/** Copies a day into chunks; when they held all of it already, the day's rows are dropped. */
async function compactDay(database: Database, day: Day, done: Compacted, signal: AbortSignal): Promise<void> {
  const table = partitionOf('position', day);
  await database.maintain(tx => ensureTrackPartitions(tx, [day]));
  let [read, changed] = [0, 0];
  for (const { windowAtMs, units } of await database.maintain(tx => windowsIn(tx, table))) {
    for (let first = 0; first < units.length; first += unitsAtOnce) {
      if (signal.aborted) return;
      const some = units.slice(first, first + unitsAtOnce);
      const copied = await database.maintain(tx => copyWindow(tx, table, some, windowAtMs));
      read += copied.rows;
      changed += copied.chunks;
    }
  }
  done.rows += read;
  done.chunks += changed;
  if (changed === 0 && (await dropDay(database, day, read))) done.dropped.push(day);
}

/** The quarters of an hour in which anybody reported, and who. */
async function windowsIn(tx: Tx, table: SQL): Promise<{ windowAtMs: number; units: string[] }[]> {
  await unhurried(tx);
  const windowS = sql.raw(String(windowMs / 1000));
  return rows(
    tx,
    sql`select (number * ${windowS} * 1000)::float8 as "windowAtMs", array_agg(unit_id order by unit_id) as units
      from (select distinct floor(date_part('epoch', observed_at) / ${windowS}) as number, unit_id from ${table}) as reported
      group by number order by number`,
  );
}

async function copyWindow(
  tx: Tx,
  table: SQL,
  units: readonly string[],
  fromMs: number,
): Promise<{ rows: number; chunks: number }> {
  const windows = await packedFixes(
    tx,
    sql`${table} where unit_id = any(${sql.param(units)}::text[])
      and observed_at >= to_timestamp(${fromMs}::float8 / 1000)
      and observed_at < to_timestamp(${fromMs + windowMs}::float8 / 1000)`,
  );
  if (windows.length === 0) return { rows: 0, chunks: 0 };
  const chunks = await mergeIntoChunks(tx, windows);
  return { rows: windows.reduce((sum, window) => sum + window.rows, 0), chunks };
}

/**
 * Drops a day whose `expected` rows are all in chunks, unless it has others: positions are only ever added, so as many
 * rows are the same rows. Returns whether it is gone. When it is not, or somebody keeps the tables busy, the next turn
 * comes back to it.
 */
async function dropDay(database: Database, day: Day, expected: number): Promise<boolean> {
  const table = partitionOf('position', day);
  try {
    return await database.maintain(async tx => {
      await unhurried(tx);
      await tx.execute(sql`set local lock_timeout = ${sql.raw(`'${lockTimeout}'`)}`);
      // Nothing comes into the day from here on; other days go on being written while it is counted.
      await tx.execute(sql`lock table ${table} in share mode`);
      const [found] = await rows<{ count: number }>(tx, sql`select count(*)::int as count from ${table}`);
      if (found!.count !== expected) return false;
      await tx.execute(sql`drop table ${table}`);
      return true;
    });
  } catch (error) {
    if (sqlError(error)?.code === lockNotAvailable) return false;
    throw error;
  }
}

/** Moves some of the rows that lie in the default partition although their day is closed. Returns how many. */
async function moveStrays(database: Database, beforeMs: number, done: Compacted): Promise<number> {
  const before = sql`to_timestamp(${beforeMs}::float8 / 1000)`;
  const moved = await database.maintain(async tx => {
    const windows = await packedFixes(
      tx,
      sql`moved`,
      sql`with moved as (
        delete from position_default where (device_id, observed_at, payload_hash) in (
          select device_id, observed_at, payload_hash from position_default where observed_at < ${before}
          order by unit_id, observed_at limit ${straysAtOnce})
        returning *)`,
    );
    if (windows.length === 0) return { rows: 0, chunks: 0 };
    await ensureTrackPartitions(tx, [...new Set(windows.map(window => dayOf(window.windowAtMs)))]);
    const chunks = await mergeIntoChunks(tx, windows);
    return { rows: windows.reduce((sum, window) => sum + window.rows, 0), chunks };
  });
  done.rows += moved.rows;
  done.chunks += moved.chunks;
  return moved.rows;
}

/** A whole day may take longer than the half minute that a question of the web server gets. */
const unhurried = (tx: Tx) => tx.execute(sql`set local statement_timeout = 0`);
