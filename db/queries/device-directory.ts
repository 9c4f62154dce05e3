import { type SQL, sql } from 'drizzle-orm';
import type { Crs } from '../../server/contract/common.ts';
import type { Tx } from '../transaction.ts';
import { rows } from './sql.ts';

export interface UnitEntry {
  unitId: string;
  slot: number;
  stationId: string | null;
}
export interface DeviceEntry {
  deviceId: string;
  protocol: string;
  identifier: string;
  crs: Crs;
  /** Null: a gateway. */
  unitId: string | null;
}

/** Units in service; only those named when `ids` are given. */
export const unitEntries = (tx: Tx, ids?: readonly string[]): Promise<UnitEntry[]> =>
  rows(
    tx,
    sql`select id as "unitId", slot, station_id as "stationId" from unit
      where retired_at is null ${oneOf(sql`id`, ids)}`,
  );

/** Devices whose token was not revoked; only those with one of the identifiers when they are given. */
export const deviceEntries = (tx: Tx, identifiers?: readonly string[]): Promise<DeviceEntry[]> =>
  rows(
    tx,
    sql`select id as "deviceId", protocol, identifier, crs, unit_id as "unitId" from device
      where revoked_at is null ${oneOf(sql`identifier`, identifiers)}`,
  );

const oneOf = (column: SQL, values: readonly string[] | undefined): SQL =>
  values ? sql`and ${column} = any(${sql.param(values)})` : sql``;
