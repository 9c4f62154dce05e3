import { retentionPeriods } from '../../../db/queries/retention.ts';
import type { Database } from '../../../db/connect.ts';
import { type Periods, periodsOf } from '../../retention/classes.ts';

/** The days in force for each class. */
export const readPeriods = (database: Database): Promise<Periods> =>
  database.read(async tx => periodsOf(await retentionPeriods(tx)));

/** What an incident must have been closed before for a purge to come for its trace, and for its names. */
export const dueBefore = (nowMs: number, { trace, vault }: Periods): { trace: Date; vault: Date } => ({
  trace: daysAgo(nowMs, trace),
  vault: daysAgo(nowMs, vault),
});

/** The instant `days` before now. */
export const daysAgo = (nowMs: number, days: number): Date => new Date(nowMs - days * 86_400_000);
