import { sql } from 'drizzle-orm';
import type { Risk } from '#contract/alert.ts';
import type { Tx } from '../transaction.ts';
import { firstRow } from './sql.ts';

export interface OpenIncident {
  id: string;
  risk: Risk;
  stationId: string | null;
}

/** The open incident of a person, locked to the commit: it cannot be closed while an alert joins it. */
export const openIncidentOf = (tx: Tx, subjectId: string): Promise<OpenIncident | undefined> =>
  firstRow(
    tx,
    sql`select id, risk, station_id as "stationId" from incident where subject_id = ${subjectId} and state = 'open' for update`,
  );
