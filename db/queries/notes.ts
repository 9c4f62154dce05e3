import { sql } from 'drizzle-orm';
import type { NoteView } from '#contract/note.ts';
import type { Tx } from '../transaction.ts';
import { instant, rows } from './sql.ts';

/** The notes of an incident with who wrote them, newest first. */
export const notesOf = (tx: Tx, incidentId: string): Promise<NoteView[]> =>
  rows(
    tx,
    sql`select n.id, t.body as text, n.written_by as "writtenBy", u.display_name as "displayName",
               ${instant(sql`n.written_at`)} as "writtenAt"
        from incident_note n join app_user u on u.id = n.written_by left join text_private t on t.id = n.body_id
        where n.incident_id = ${incidentId} order by n.written_at desc, n.id desc`,
  );
