import { sql } from 'drizzle-orm';
import type { BookmarkView } from '#contract/bookmark.ts';
import type { Tx } from '../transaction.ts';
import { firstRow, instant, rows } from './sql.ts';

/** The bookmarks of an incident, in order of time. */
export const bookmarksOf = (tx: Tx, incidentId: string): Promise<BookmarkView[]> =>
  rows(
    tx,
    sql`select b.id, ${instant(sql`b.at`)} as at, t.body as text, b.made_by as "madeBy", u.display_name as "displayName",
               ${instant(sql`b.made_at`)} as "madeAt"
        from bookmark b join app_user u on u.id = b.made_by left join text_private t on t.id = b.body_id
        where b.incident_id = ${incidentId} order by b.at, b.id`,
  );

/** A bookmark, for whoever wants to take it away. */
export const bookmarkOf = (
  tx: Tx,
  id: string,
): Promise<{ incidentId: string; madeBy: string; bodyId: string | null } | undefined> =>
  firstRow(
    tx,
    sql`select incident_id as "incidentId", made_by as "madeBy", body_id as "bodyId" from bookmark where id = ${id}`,
  );
