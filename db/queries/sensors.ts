import { type SQL, sql } from 'drizzle-orm';
import type { CameraView, CellSiteView } from '#contract/reference.ts';
import type { Bbox } from '../../server/region/source.ts';
import type { Tx } from '../transaction.ts';
import { envelope, instant, lngLatOf, rows } from './sql.ts';

export interface Area {
  bbox?: Bbox | undefined;
  /** Id of the last one seen. */
  after?: string | undefined;
  limit: number;
}

const within = ({ bbox, after = '', limit }: Area): SQL =>
  sql`where id > ${after} ${bbox ? sql`and position && ${envelope(bbox)}` : sql``} order by id limit ${limit}`;

/** Roadside cameras; `headingDeg` null: both ways. */
export const listCameras = (tx: Tx, area: Area): Promise<CameraView[]> =>
  rows(
    tx,
    sql`select id, name, ${lngLatOf(sql`position`)} as position, heading_deg as "headingDeg", working,
          ${instant(sql`down_since`)} as "downSince"
        from camera ${within(area)}`,
  );

/** Antenna sites with their sectors. */
export const listCellSites = (tx: Tx, area: Area): Promise<CellSiteView[]> =>
  rows(
    tx,
    sql`select id, ${lngLatOf(sql`position`)} as position,
          coalesce((select json_agg(json_build_object('cellId', cell_id, 'azimuthDeg', azimuth_deg,
              'beamwidthDeg', beamwidth_deg, 'rangeM', range_m) order by cell_id)
            from cell_sector where site_id = cell_site.id), '[]') as sectors
        from cell_site ${within(area)}`,
  );
