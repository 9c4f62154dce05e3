import { sql } from 'drizzle-orm';
import type { Tx } from '../transaction.ts';
import { firstRow, rows } from './sql.ts';

/** An officer with her number in full: mask before anything else. */
export interface OfficerRow {
  id: string;
  name: string;
  badgeNumber: string;
  sworn: boolean;
  stationId: string | null;
  phone: string | null;
}

const columns = sql`id, name, badge_number as "badgeNumber", sworn, station_id as "stationId", phone`;

/** Officers who were not removed, by badge number; `station`: its own and those named in `also`. */
export const listOfficers = (
  tx: Tx,
  { station, also = [] }: { station?: string | null | undefined; also?: readonly string[] } = {},
): Promise<OfficerRow[]> =>
  rows(
    tx,
    sql`select ${columns} from officer where removed_at is null
        ${station === undefined ? sql`` : sql`and (station_id = ${station} or id = any(${sql.param([...also])}::text[]))`}
        order by badge_number, id`,
  );

/** Those of the officers that are there, locked to the commit in the order of their ids. */
export const lockOfficers = (tx: Tx, ids: readonly string[]): Promise<OfficerRow[]> =>
  rows(
    tx,
    sql`select ${columns} from officer where removed_at is null and id = any(${sql.param([...ids])}::text[])
        order by id for update`,
  );

/** Whether another officer who was not removed has this badge number. */
export const officerWithBadge = async (tx: Tx, badgeNumber: string, except: string): Promise<boolean> =>
  (await firstRow(
    tx,
    sql`select id from officer where badge_number = ${badgeNumber} and removed_at is null and id <> ${except}`,
  )) !== undefined;
