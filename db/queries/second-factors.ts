import { sql } from 'drizzle-orm';
import type { Tx } from '../transaction.ts';
import { firstRow } from './sql.ts';

export interface SecondFactors {
  /** A confirmed authenticator app. */
  totp: boolean;
  passkeys: number;
}

/** Whether a user can show anything beside the password. */
export async function hasSecondFactor(tx: Tx, userId: string): Promise<boolean> {
  const { totp, passkeys } = await secondFactors(tx, userId);
  return totp || passkeys > 0;
}

/** Beside the password, what a user can show. */
export async function secondFactors(tx: Tx, userId: string): Promise<SecondFactors> {
  const found = await firstRow<SecondFactors>(
    tx,
    sql`select exists(select from user_totp where user_id = ${userId} and confirmed_at is not null) as totp,
          (select count(*)::int from passkey where user_id = ${userId}) as passkeys`,
  );
  return found!;
}
