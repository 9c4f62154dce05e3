import { sql } from 'drizzle-orm';
import type { Position } from '#contract/common.ts';
import type { Tx } from '../transaction.ts';
import { lngLatOf, rows } from './sql.ts';

/** Where the named places and segments are (a segment: the middle of its line). Those that do not exist are missing. */
export async function whereIs(tx: Tx, ids: readonly string[]): Promise<Map<string, Position>> {
  if (ids.length === 0) return new Map();
  const wanted = sql.param([...ids]);
  const found = await rows<{ id: string; position: Position }>(
    tx,
    sql`select id, ${lngLatOf(sql`position`)} as position from place where id = any(${wanted}::text[])
        union all
        select id, ${lngLatOf(sql`ST_LineInterpolatePoint(line, 0.5)`)} from segment where id = any(${wanted}::text[])`,
  );
  return new Map(found.map(({ id, position }) => [id, position]));
}
