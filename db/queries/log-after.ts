import { sql } from 'drizzle-orm';
import type { DomainEvent } from '../../server/domain/event/event.ts';
import type { Tx } from '../transaction.ts';
import { instant, rows } from './sql.ts';

/** The rows of the log after `seq`, oldest first, at most `limit`. */
export function logAfter(tx: Tx, seq: number, limit: number): Promise<DomainEvent[]> {
  return rows<DomainEvent>(
    tx,
    sql`select seq::float8 as seq, kind, incident_id as "incidentId", actor,
      ${instant(sql`observed_at`)} as "observedAt", ${instant(sql`received_at`)} as "receivedAt", payload
      from domain_event where seq > ${seq} order by seq limit ${limit}`,
  );
}
