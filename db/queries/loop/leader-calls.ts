import { sql } from 'drizzle-orm';
import type { CallReason } from '#contract/kinds.ts';
import type { Tx } from '../../transaction.ts';
import { firstRow } from '../sql.ts';

export interface LeaderCallRow {
  incidentId: string;
  because: CallReason;
  answeredBy: string | null;
}

/** One call, locked to the commit. */
export const leaderCallForUpdate = (tx: Tx, callId: string): Promise<LeaderCallRow | undefined> =>
  firstRow(
    tx,
    sql`select incident_id as "incidentId", because, answered_by as "answeredBy"
        from leader_call where id = ${callId} for update`,
  );
