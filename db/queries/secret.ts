import { sql } from 'drizzle-orm';
import type { Tx } from '../transaction.ts';
import { firstRow } from './sql.ts';

/** A secret that the server made for itself; undefined before it did. */
export const secretNamed = async (tx: Tx, name: string): Promise<Uint8Array | undefined> =>
  (await firstRow<{ value: Buffer }>(tx, sql`select value from server_secret where name = ${name}`))?.value;
