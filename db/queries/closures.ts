import { sql } from 'drizzle-orm';
import type { ClosureView } from '#contract/closure.ts';
import type { Tx } from '../transaction.ts';
import { instant, rows } from './sql.ts';

/** Roads that are closed at an instant, the newest closure first. `closedBy` is the person's name. */
export const closedRoads = (tx: Tx, at: Date): Promise<ClosureView[]> =>
  rows(
    tx,
    sql`select c.id, ST_AsGeoJSON(c.line, 7)::json as line, c.direction, c.road_name as "roadName", c.reason,
          coalesce(u.display_name, c.closed_by) as "closedBy",
          ${instant(sql`c.closed_at`)} as "closedAt", ${instant(sql`c.until_at`)} as "untilAt"
        from road_closure c left join app_user u on c.closed_by = 'user:' || u.id
        where c.opened_at is null and (c.until_at is null or c.until_at > ${at.toISOString()}::timestamptz)
        order by c.id desc`,
  );
