import { sql } from 'drizzle-orm';
import type { SegmentView } from '#contract/reference.ts';
import type { Bbox } from '../../server/region/source.ts';
import type { Tx } from '../transaction.ts';
import { envelope, rows } from './sql.ts';

/** Road segments that touch a box, by id, without the streets that somebody was once sent to; `after`: the last one seen. */
export const findSegments = (
  tx: Tx,
  { bbox, after = '', limit }: { bbox?: Bbox | undefined; after?: string | undefined; limit: number },
): Promise<SegmentView[]> =>
  rows(
    tx,
    sql`select id, kind, name, length_m as "lengthM", ST_AsGeoJSON(line, 7)::json as line from segment
        where id > ${after} and kind <> 'street' ${bbox ? sql`and ST_Intersects(line, ${envelope(bbox)})` : sql``}
        order by id limit ${limit}`,
  );
