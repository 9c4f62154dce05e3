/** A small county in the database: two stations side by side, some places, a road segment, a camera, two units. */
import { sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.ts';

/** East: station `st-east`; west: `st-west`; beyond 103.4 east: nobody's. */
export const inEast = { lng: 103.35, lat: 24.75 };
export const inWest = { lng: 103.25, lat: 24.75 };
export const outside = { lng: 103.5, lat: 24.75 };
export const bank = { id: 'p-bank', position: { lng: 103.34, lat: 24.76 } };
export const gravelRoad = { id: 's-gravel', middle: { lng: 103.36, lat: 24.74 } };

const square = (west: number, east: number) =>
  sql`ST_Multi(ST_MakeEnvelope(${west}::float8, 24.7, ${east}::float8, 24.8, 4326))`;

/** Fills reference data past the services, as an owner would: tests of region loading use the real verb. */
export async function seedCounty(database: Database): Promise<void> {
  await database.maintain(async tx => {
    await tx.execute(sql`insert into station (id, name, name_en, position) values
      ('st-east', '茶口派出所', 'Chakou', ST_SetSRID(ST_MakePoint(103.36, 24.75), 4326)),
      ('st-west', '鹿鸣派出所', 'Luming', ST_SetSRID(ST_MakePoint(103.24, 24.75), 4326))`);
    await tx.execute(sql`insert into jurisdiction (station_id, area, estimated) values
      ('st-east', ${square(103.3, 103.4)}, false), ('st-west', ${square(103.2, 103.3)}, false)`);
    await tx.execute(sql`insert into place (id, kind, name, name_en, address, search_text, position) values
      ('p-bank', 'bank', '江源银行', 'Jiangyuan Bank', '翠屏路 18号', '江源银行 jiangyuan bank jiangyuanyinhang jyyh',
        ST_SetSRID(ST_MakePoint(103.34, 24.76), 4326)),
      ('p-park', 'park', '百分之50%公园', null, null, '百分之50%公园 baifenzhi50%gongyuan bfz5gy',
        ST_SetSRID(ST_MakePoint(103.25, 24.76), 4326))`);
    await tx.execute(sql`insert into segment (id, kind, name, search_text, line, length_m) values
      ('s-gravel', 'industrialRoad', '园区南路', '园区南路 yuanqunanlu yqnl',
        ST_SetSRID(ST_MakeLine(ST_MakePoint(103.359, 24.74), ST_MakePoint(103.361, 24.74)), 4326), 202)`);
    await tx.execute(sql`insert into camera (id, name, position, heading_deg) values
      ('c-1', '国道卡口', ST_SetSRID(ST_MakePoint(103.33, 24.75), 4326), 90)`);
    await tx.execute(
      sql`insert into cell_site (id, position) values ('b-1', ST_SetSRID(ST_MakePoint(103.33, 24.76), 4326))`,
    );
    await tx.execute(
      sql`insert into cell_sector values ('b-1-a', 'b-1', 0, 120, 800), ('b-1-b', 'b-1', 120, 120, 800)`,
    );
  });
}
