import type { Database } from '../../../db/connect.ts';
import { dayOf, ensurePositionPartitions } from '../../../db/partitions.ts';
import type { Clock } from '../../clock.ts';
import { dayMs } from '../track/keeping.ts';

/** Partitions from yesterday, for what was sent late, to the day after tomorrow: a night without a turn loses nothing. */
export async function ensurePartitionsAhead({
  database,
  clock,
}: {
  database: Database;
  clock: Clock;
}): Promise<void> {
  const now = clock.now();
  await database.maintain(tx => ensurePositionPartitions(tx, dayOf(now - dayMs), dayOf(now + 2 * dayMs)));
}
