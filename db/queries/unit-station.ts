import { sql } from 'drizzle-orm';
import type { Tx } from '../transaction.ts';
import { firstRow } from './sql.ts';

/** Whose unit it is, also of one that is no longer in service; undefined when there never was one. */
export const unitStation = (tx: Tx, unitId: string): Promise<{ stationId: string | null } | undefined> =>
  firstRow(tx, sql`select station_id as "stationId" from unit where id = ${unitId}`);
