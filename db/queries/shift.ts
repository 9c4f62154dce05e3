import { type SQL, sql } from 'drizzle-orm';
import type { ShiftView } from '#contract/roster.ts';
import type { WorldShift } from '#domain/world.ts';
import type { Tx } from '../transaction.ts';
import { instant, rows } from './sql.ts';

const times = sql`${instant(sql`s.starts_at`)} as "startsAt", ${instant(sql`s.ends_at`)} as "endsAt"`;
const crew = sql`(select json_build_object('sworn', count(*) filter (where o.sworn),
    'auxiliary', count(*) filter (where not o.sworn))
  from shift_officer m join officer o on o.id = m.officer_id where m.shift_id = s.id) as crew`;
const columns = sql`s.id, s.unit_id as "unitId", ${times}, ${crew},
  array(select m.officer_id from shift_officer m where m.shift_id = s.id order by m.officer_id) as "officerIds",
  s.vehicle_id as "vehicleId", u.callsign, u.station_id as "stationId"`;

/** A shift with its unit's callsign and station. */
export type ShiftRow = ShiftView & { callsign: string; stationId: string | null };

const shiftsWhere = (tx: Tx, ...conditions: SQL[]): Promise<ShiftRow[]> =>
  rows(
    tx,
    sql`select ${columns} from shift s join unit u on u.id = s.unit_id
        where s.cancelled_at is null and ${sql.join(conditions, sql` and `)} order by s.starts_at, s.id`,
  );

const within = (from: Date, to: Date): SQL => sql`s.starts_at < ${to} and s.ends_at > ${from}`;

/** A shift that was not cancelled; locked to the commit. */
export async function shiftById(tx: Tx, shiftId: string): Promise<ShiftRow | undefined> {
  await tx.execute(sql`select from shift where id = ${shiftId} for update`);
  const [found] = await shiftsWhere(tx, sql`s.id = ${shiftId}`);
  return found;
}

/** Shifts that share time with [from, to); `station`: only of its own units. */
export const shiftsBetween = (
  tx: Tx,
  { from, to, station }: { from: Date; to: Date; station?: string | null | undefined },
): Promise<ShiftRow[]> =>
  shiftsWhere(tx, within(from, to), station === undefined ? sql`true` : sql`u.station_id = ${station}`);

/** Shifts that share time with a plan, and its unit, its vehicle or one of its officers; `except`: itself. */
export const shiftsInTheWay = (
  tx: Tx,
  plan: { unitId: string; vehicleId: string | null; officerIds: readonly string[]; from: Date; to: Date },
  except = '',
): Promise<ShiftRow[]> =>
  shiftsWhere(
    tx,
    within(plan.from, plan.to),
    sql`s.id <> ${except}`,
    sql`(s.unit_id = ${plan.unitId} or s.vehicle_id = ${plan.vehicleId} or exists (
      select from shift_officer m
      where m.shift_id = s.id and m.officer_id = any(${sql.param([...plan.officerIds])}::text[])))`,
  );

/** Shifts of an officer that are not over. */
export const shiftsAheadOfOfficer = (tx: Tx, officerId: string, now: Date): Promise<ShiftRow[]> =>
  shiftsWhere(
    tx,
    sql`s.ends_at > ${now}`,
    sql`exists (select from shift_officer m where m.shift_id = s.id and m.officer_id = ${officerId})`,
  );

/** Shifts of a vehicle that are not over. */
export const shiftsAheadOfVehicle = (tx: Tx, vehicleId: string, now: Date): Promise<ShiftRow[]> =>
  shiftsWhere(tx, sql`s.ends_at > ${now}`, sql`s.vehicle_id = ${vehicleId}`);

/** Shifts of units that share time with [from, to), with how many are in each crew, in order of time. */
export const shiftsOfUnits = (
  tx: Tx,
  unitIds: readonly string[],
  from: Date,
  to: Date,
): Promise<(WorldShift & { unitId: string })[]> =>
  rows(
    tx,
    sql`select s.id, s.unit_id as "unitId", ${times}, ${crew} from shift s
        where s.cancelled_at is null and s.unit_id = any(${sql.param([...unitIds])}::text[])
          and ${within(from, to)}
        order by s.starts_at, s.id`,
  );
