import { sql } from 'drizzle-orm';
import type { Risk } from '#contract/alert.ts';
import type { Tx } from '../transaction.ts';
import { firstRow } from './sql.ts';

/** The open incident of a person, locked to the commit: it cannot be closed while an alert joins it. */
export const openIncidentOf = (tx: Tx, subjectId: string): Promise<{ id: string; risk: Risk } | undefined> =>
  firstRow(
    tx,
    sql`select id, risk from incident where subject_id = ${subjectId} and state = 'open' for update`,
  );
