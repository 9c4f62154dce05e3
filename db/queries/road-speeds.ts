import { sql } from 'drizzle-orm';
import type { RoadClass } from '#road/build.ts';
import type { Tx } from '../transaction.ts';
import { firstRow, rows } from './sql.ts';

export interface RoadSetting {
  useSpeeds: boolean;
  /** YYYY-MM-DD in Shanghai; null: nothing was learned yet. */
  learnedDay: string | null;
}

/** Whether learned speeds are used, and how far they were learned. `update`: nobody else changes it before the commit. */
export async function roadSetting(tx: Tx, lock: 'none' | 'update' = 'none'): Promise<RoadSetting> {
  const found = await firstRow<RoadSetting>(
    tx,
    sql`select use_speeds as "useSpeeds", learned_day::text as "learnedDay" from road_setting
        ${lock === 'update' ? sql`for update` : sql``}`,
  );
  return found ?? { useSpeeds: false, learnedDay: null };
}

export interface SpeedCountRow {
  roadClass: RoadClass;
  weekend: boolean;
  hour: number;
  bins: number[];
}

/** All counts that are kept, added up over the days of a kind. */
export const speedCounts = (tx: Tx): Promise<SpeedCountRow[]> =>
  rows(
    tx,
    sql`select road_class as "roadClass", weekend, hour, array_agg(total order by bin) as bins from (
          select road_class, extract(isodow from day) >= 6 as weekend, hour, bin, sum(count)::int as total
          from road_speed cross join unnest(bins) with ordinality as counted(count, bin)
          group by 1, 2, 3, 4) as summed
        group by 1, 2, 3 order by 1, 2, 3`,
  );

/** Units whose positions tell of driving; those on foot do not. Retired ones were driving before. */
export const drivingUnits = (tx: Tx): Promise<{ id: string }[]> =>
  rows(tx, sql`select id from unit where kind <> 'foot' order by id`);
