/** Positions for benchmarks, made inside the database: sending them there would take longer than all that is measured. */
import { type Day, dayOf, startOfDay } from '../../db/partitions.ts';
import type { Database } from '../../db/connect.ts';

export interface Patrols {
  units: number;
  days: readonly Day[];
  everyS: number;
  seed: number;
}

/** West, south, east, north of what the units drive about in. */
export const patrolBox = [103.1, 24.6, 103.5, 25] as const;

/**
 * Units `unt-1…` that drive loops about a place of their own at 0 to 20 m/s, stand a third of the time, and report
 * with the noise of a receiver. The rows of a day lie in the order in which they would have come in.
 */
export async function storePatrols(
  database: Database,
  { units, days, everyS, seed }: Patrols,
): Promise<number> {
  const { pool } = database;
  await pool.query(
    `insert into unit (id, callsign, kind, state, sworn, auxiliary, created_at)
     select 'unt_' || lpad(n::text, 26, '0'), 'C' || n, 'car', 'available', 1, 1, now() from generate_series(1, $1::int) n`,
    [units],
  );
  let stored = 0;
  for (const [index, day] of days.entries())
    stored += await storeDay(database, day, units, everyS, seed + index);
  return stored;
}

async function storeDay(
  database: Database,
  day: Day,
  units: number,
  everyS: number,
  seed: number,
): Promise<number> {
  return database.maintain(async tx => {
    const table = `position_${day.replaceAll('-', '')}`;
    const from = startOfDay(day) / 1000;
    await tx.execute('set local statement_timeout = 0');
    await tx.execute(`select setseed(${(seed % 1000) / 1000})`);
    await tx.execute(
      'create temporary table patrol (unit int, at float8, lng float8, lat float8, mps real, course real) on commit drop',
    );
    for (let unit = 1; unit <= units; unit++) await tx.execute(patrol(unit, from, everyS));
    await tx.execute(`create table ${table} (like position including defaults including constraints)`);
    const { rowCount } = await tx.execute(`
      insert into ${table} (device_id, observed_at, payload_hash, unit_id, received_at, point, accuracy_m, speed_mps,
        course_deg, battery_pct, raw_lng, raw_lat, raw_crs, future)
      select 'dev_' || lpad(unit::text, 26, '0'), to_timestamp(at), decode(md5(unit || ' ' || at), 'hex'),
        'unt_' || lpad(unit::text, 26, '0'), to_timestamp(at + 0.08 + floor(random() * 150) / 1000),
        ST_SetSRID(ST_MakePoint(lng, lat), 4326), 4 + floor(random() * 4), mps, course, 80, lng, lat, 'wgs84', false
      from patrol order by at, unit`);
    // The indexes are built at once, here.
    await tx.execute(
      `alter table position attach partition ${table} for values from ('${day} 00:00:00+00') to ('${dayAfter(day)} 00:00:00+00')`,
    );
    return rowCount ?? 0;
  });
}

const dayAfter = (day: Day): Day => dayOf(startOfDay(day) + 86_400_000);

/** Two angles that grow with the speed, and the place on a loop that they are; numbers as devices round them. */
const patrol = (unit: number, from: number, everyS: number) => `
  insert into patrol
  with step as (
    select n, ${from} + n * ${everyS} as at,
      case when floor(n * ${everyS} / 1200.0)::int % 3 = 2 then 0 else 10 + 8 * sin(n * ${everyS} / 97.0 + ${unit}) end as mps
    from generate_series(0, ${Math.floor(86_400 / everyS)} - 1) n
  ), angle as (
    select *, sum(mps * ${everyS} / 3000) over (order by n) as a, sum(mps * ${everyS} / 4300 * (0.9 + random() / 5)) over (order by n) as b
    from step
  ), place as (
    select *, ${patrolBox[0]} + ${((unit * 37) % 101) / 101} * ${patrolBox[2] - patrolBox[0]} + 0.03 * sin(a) as x,
      ${patrolBox[1]} + ${((unit * 61) % 103) / 103} * ${patrolBox[3] - patrolBox[1]} + 0.03 * sin(b + ${unit}) as y
    from angle
  )
  select ${unit}, at,
    round((x + case when mps = 0 then 0 else (random() + random() + random() - 1.5) / 101000 end)::numeric, 7)::float8,
    round((y + case when mps = 0 then 0 else (random() + random() + random() - 1.5) / 111000 end)::numeric, 7)::float8,
    round((mps + case when mps = 0 then 0 else (random() - 0.5) / 2 end)::numeric, 1)::real,
    case when mps = 0 then 0 else floor((degrees(atan2(cos(a) * 1.4, cos(b + ${unit}))) + 360 + (random() - 0.5) * 4)::numeric % 360)::real end
  from place`;
