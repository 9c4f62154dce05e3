import { sql } from 'drizzle-orm';
import type { Tx } from '../transaction.ts';
import { firstRow } from './sql.ts';

export interface KnownAlert {
  alertId: string;
  incidentId: string;
  contentHash: Uint8Array;
  joined: boolean;
}

/** The alert that a source has already sent under this id, with the answer that it got. */
export const alertByExternalId = (
  tx: Tx,
  source: string,
  externalId: string,
): Promise<KnownAlert | undefined> =>
  firstRow(
    tx,
    sql`select a.id as "alertId", a.incident_id as "incidentId", a.content_hash as "contentHash",
          (e.payload->>'joined')::boolean as joined
        from alert a
        join domain_event e on e.incident_id = a.incident_id and e.kind = 'alertReceived'
          and e.payload->>'alertId' = a.id
        where a.source = ${source} and a.external_id = ${externalId}`,
  );
