import { sql } from 'drizzle-orm';
import type { Tx } from '../transaction.ts';
import { firstRow } from './sql.ts';

/** Whether a unit is there and in service. */
export async function unitExists(tx: Tx, unitId: string): Promise<boolean> {
  return (
    (await firstRow(tx, sql`select id from unit where id = ${unitId} and retired_at is null`)) !== undefined
  );
}
