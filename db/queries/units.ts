import { type SQL, sql } from 'drizzle-orm';
import type { Crew, UnitKind, UnitState } from '#contract/unit.ts';
import type { Tx } from '../transaction.ts';
import { firstRow, rows } from './sql.ts';

export interface UnitRow {
  id: string;
  slot: number;
  callsign: string;
  stationId: string | null;
  kind: UnitKind;
  state: UnitState;
  crew: Crew;
}

const columns = sql`id, slot, callsign, station_id as "stationId", kind, state,
  json_build_object('sworn', sworn, 'auxiliary', auxiliary) as crew`;

/** A unit in service. `update`: nobody else changes it before the commit. */
export const unitById = (
  tx: Tx,
  unitId: string,
  lock: 'none' | 'update' = 'none',
): Promise<UnitRow | undefined> =>
  firstRow(
    tx,
    sql`select ${columns} from unit where id = ${unitId} and retired_at is null
        ${lock === 'update' ? sql`for update` : sql``}`,
  );

/** Units in service in the order of their ids, which is that of their creation; `station`: only its own. */
export function listUnits(
  tx: Tx,
  { station, after, limit }: { station?: string | null; after?: string | undefined; limit: number },
): Promise<UnitRow[]> {
  const conditions: SQL[] = [sql`retired_at is null`];
  if (station !== undefined) conditions.push(sql`station_id = ${station}`);
  if (after !== undefined) conditions.push(sql`id > ${after}`);
  return rows(
    tx,
    sql`select ${columns} from unit where ${sql.join(conditions, sql` and `)} order by id limit ${limit}`,
  );
}

/** Units in service with these callsigns. */
export const unitsByCallsign = (tx: Tx, callsigns: readonly string[]): Promise<UnitRow[]> =>
  rows(
    tx,
    sql`select ${columns} from unit
        where retired_at is null and callsign = any(${sql.param([...callsigns])}::text[])`,
  );
