import { type SQL, sql } from 'drizzle-orm';
import type { PlaceView } from '#contract/reference.ts';
import type { Bbox } from '../../server/region/source.ts';
import type { Tx } from '../transaction.ts';
import { envelope, lngLatOf, rows } from './sql.ts';

export interface PlaceQuestion {
  bbox?: Bbox | undefined;
  kinds?: readonly string[] | undefined;
  /** Part of a name, English name, full pinyin or initials. */
  text?: string | undefined;
  /** Id of the last one seen; not with `text`, whose answers are ranked. */
  after?: string | undefined;
  limit: number;
}

/**
 * Point places and the middles of road segments. With `text` best match first: the whole name, then names that begin
 * with it, then the earliest and shortest match; without it by id.
 */
export function findPlaces(tx: Tx, { bbox, kinds, text, after, limit }: PlaceQuestion): Promise<PlaceView[]> {
  const wanted = text?.toLowerCase();
  const filters = (geometry: SQL): SQL => {
    const conditions: SQL[] = [sql`true`];
    if (bbox) conditions.push(sql`${geometry} && ${envelope(bbox)}`);
    // Streets are there because somebody was sent to them; nobody looks for them unless he says so.
    conditions.push(kinds ? sql`kind = any(${sql.param([...kinds])}::text[])` : sql`kind <> 'street'`);
    // English names hold spaces, pinyin does not, though people type them.
    if (wanted !== undefined) {
      conditions.push(
        sql`(position(${wanted} in search_text) > 0 or position(${wanted.replaceAll(' ', '')} in search_text) > 0)`,
      );
    }
    if (after !== undefined && wanted === undefined) conditions.push(sql`id > ${after}`);
    return sql.join(conditions, sql` and `);
  };
  const order =
    wanted === undefined
      ? sql`id`
      : sql`lower(name) = ${wanted} desc, position(${wanted} in lower(name)) = 1 desc,
          nullif(position(${wanted} in search_text), 0), length(name), id`;
  return rows(
    tx,
    sql`select id, kind, name, "nameEn", address, position, "areaHa", "lengthM" from (
          select id, kind, name, name_en as "nameEn", address, ${lngLatOf(sql`place.position`)} as position,
            area_ha as "areaHa", null::real as "lengthM", search_text
          from place where ${filters(sql`place.position`)}
          union all
          select id, kind, name, null, null, ${lngLatOf(sql`ST_LineInterpolatePoint(line, 0.5)`)}, null, length_m, search_text
          from segment where ${filters(sql`line`)}
        ) found order by ${order} limit ${limit}`,
  );
}
