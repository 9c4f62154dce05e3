import { sql } from 'drizzle-orm';
import type { VehicleView } from '#contract/roster.ts';
import type { Tx } from '../transaction.ts';
import { firstRow, rows } from './sql.ts';

const columns = sql`id, plate, kind, station_id as "stationId", in_service as "inService"`;

/** Vehicles that were not removed, by plate; `station`: its own and those named in `also`. */
export const listVehicles = (
  tx: Tx,
  { station, also = [] }: { station?: string | null | undefined; also?: readonly string[] } = {},
): Promise<VehicleView[]> =>
  rows(
    tx,
    sql`select ${columns} from vehicle where removed_at is null
        ${station === undefined ? sql`` : sql`and (station_id = ${station} or id = any(${sql.param([...also])}::text[]))`}
        order by plate, id`,
  );

/** A vehicle that was not removed, locked to the commit. */
export const lockVehicle = (tx: Tx, vehicleId: string): Promise<VehicleView | undefined> =>
  firstRow(tx, sql`select ${columns} from vehicle where removed_at is null and id = ${vehicleId} for update`);

/** Whether another vehicle that was not removed has this plate. */
export const vehicleWithPlate = async (tx: Tx, plate: string, except: string): Promise<boolean> =>
  (await firstRow(
    tx,
    sql`select id from vehicle where plate = ${plate} and removed_at is null and id <> ${except}`,
  )) !== undefined;
