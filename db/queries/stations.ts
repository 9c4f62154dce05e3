import { sql } from 'drizzle-orm';
import type { StationView } from '#contract/reference.ts';
import type { Tx } from '../transaction.ts';
import { lngLatOf, rows } from './sql.ts';

/** All stations with the areas that are theirs. */
export const listStations = (tx: Tx): Promise<StationView[]> =>
  rows(
    tx,
    sql`select s.id, s.name, s.name_en as "nameEn", ${lngLatOf(sql`s.position`)} as position,
          case when j.station_id is null then null
            else json_build_object('area', ST_AsGeoJSON(j.area, 6)::json, 'estimated', j.estimated) end as jurisdiction
        from station s left join jurisdiction j on j.station_id = s.id order by s.id`,
  );
