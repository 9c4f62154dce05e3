import { sql } from 'drizzle-orm';
import type { Tx } from '../transaction.ts';
import { firstRow, instant, rows } from './sql.ts';

export interface PasskeyRow {
  id: string;
  userId: string;
  publicKey: Uint8Array;
  counter: number;
  transports: string[];
}

export const passkeyById = (tx: Tx, id: string): Promise<PasskeyRow | undefined> =>
  firstRow(
    tx,
    sql`select id, user_id as "userId", public_key as "publicKey", counter::float8 as counter, transports
        from passkey where id = ${id}`,
  );

/** A user's passkeys, oldest first. */
export const passkeysOf = (
  tx: Tx,
  userId: string,
): Promise<
  {
    id: string;
    name: string;
    transports: string[];
    createdAt: string;
    lastUsedAt: string | null;
  }[]
> =>
  rows(
    tx,
    sql`select id, name, transports, ${instant(sql`created_at`)} as "createdAt",
          ${instant(sql`last_used_at`)} as "lastUsedAt"
        from passkey where user_id = ${userId} order by created_at, id`,
  );
