import { retentionPeriods } from '../../../db/queries/retention.ts';
import type { Database } from '../../../db/connect.ts';
import { type Periods, periodsOf } from '../../retention/classes.ts';

/** The days in force for each class. */
export const readPeriods = (database: Database): Promise<Periods> =>
  database.read(async tx => periodsOf(await retentionPeriods(tx)));

/** The instant `days` before now. */
export const daysAgo = (nowMs: number, days: number): Date => new Date(nowMs - days * 86_400_000);
