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

/** The device that this token belongs to, unless it was revoked. */
export const deviceByToken = (tx: Tx, tokenHash: Uint8Array): Promise<DeviceRow | undefined> =>
  firstRow(
    tx,
    sql`select id as "deviceId", unit_id as "unitId", protocol, identifier, crs from device
        where token_hash = ${Buffer.from(tokenHash)} and revoked_at is null`,
  );
