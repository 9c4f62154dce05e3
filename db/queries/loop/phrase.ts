import { sql } from 'drizzle-orm';
import type { Tx } from '../../transaction.ts';
import { firstRow, instant } from '../sql.ts';

export interface PhraseRow {
  id: string;
  /** Null: erased. */
  phrase: string | null;
  madeAt: string;
  toldAt: string | null;
}

/** The one-time phrase of an incident. Part of the vault: audit first. */
export const phraseOf = (tx: Tx, incidentId: string): Promise<PhraseRow | undefined> =>
  firstRow(
    tx,
    sql`select p.id, (select t.body from text_private t where t.id = p.phrase_id) as phrase,
          ${instant(sql`p.made_at`)} as "madeAt", ${instant(sql`p.told_at`)} as "toldAt"
        from trust_phrase p where p.incident_id = ${incidentId}`,
  );
