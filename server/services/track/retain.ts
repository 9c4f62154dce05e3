import { sql } from 'drizzle-orm';
import type { Database } from '../../../db/connect.ts';
import { type DailyTable, type Day, dayOf, dropPartitions } from '../../../db/partitions.ts';
import type { Clock } from '../../clock.ts';
import { startOfDayBefore, type TrackKeeping, trackKeeping } from './keeping.ts';

const straysAtOnce = 5000;

/**
 * Forgets what is older than the retention: days of chunks and of rows are dropped whole. What lies in the default
 * partition goes row by row: it is little, and a clock that is years ahead would else be kept for years.
 * @returns the days of chunks that were dropped.
 */
export async function retainTracks(
  { database, clock }: { database: Database; clock: Clock },
  signal: AbortSignal,
  keeping: TrackKeeping = trackKeeping,
): Promise<Day[]> {
  const beforeMs = startOfDayBefore(clock.now(), keeping.retainDays);
  await dropOld(database, 'position', dayOf(beforeMs));
  const dropped = await dropOld(database, 'track_chunk', dayOf(beforeMs));
  while (!signal.aborted && (await deleteStrays(database, beforeMs)) === straysAtOnce);
  return dropped;
}

/** One table at a time: a reader holds both, and whoever waits for one of them must not hold the other. */
function dropOld(database: Database, table: DailyTable, day: Day): Promise<Day[]> {
  return database.maintain(async tx => {
    await tx.execute(sql`set local lock_timeout = '5s'`);
    return dropPartitions(tx, table, day);
  });
}

async function deleteStrays(database: Database, beforeMs: number): Promise<number> {
  const before = sql`to_timestamp(${beforeMs}::float8 / 1000)`;
  const { rowCount } = await database.maintain(tx =>
    tx.execute(sql`
      delete from position_default where (device_id, observed_at, payload_hash) in (
        select device_id, observed_at, payload_hash from position_default
        where observed_at < ${before} or (future and received_at < ${before}) limit ${straysAtOnce})`),
  );
  return rowCount ?? 0;
}
