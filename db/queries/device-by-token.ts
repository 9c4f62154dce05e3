import { sql } from 'drizzle-orm';
import type { Crs } from '#contract/common.ts';
import type { Tx } from '../transaction.ts';
import { firstRow } from './sql.ts';

export interface DeviceRow {
  deviceId: string;
  unitId: string | null;
  protocol: string;
  identifier: string;
  crs: Crs;
}

/** The device that this token belongs to, unless it was revoked; for a while also the token that it had before. */
export const deviceByToken = (tx: Tx, tokenHash: Uint8Array, at: Date): Promise<DeviceRow | undefined> => {
  const hash = Buffer.from(tokenHash);
  return firstRow(
    tx,
    sql`select id as "deviceId", unit_id as "unitId", protocol, identifier, crs from device
        where revoked_at is null and (token_hash = ${hash}
          or previous_token_hash = ${hash} and previous_token_until > ${at.toISOString()}::timestamptz)`,
  );
};
