import { sql } from 'drizzle-orm';
import type { Tx } from '../transaction.ts';
import { firstRow } from './sql.ts';

export async function stationExists(tx: Tx, stationId: string): Promise<boolean> {
  return (await firstRow(tx, sql`select id from station where id = ${stationId}`)) !== undefined;
}
