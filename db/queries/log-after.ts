import { sql } from 'drizzle-orm';
import type { DomainEvent } from '../../server/domain/event/event.ts';
import type { Tx } from '../transaction.ts';
import { factColumns, firstRow, rows } from './sql.ts';

/** The rows of the log after `seq`, oldest first, at most `limit`. */
export function logAfter(tx: Tx, seq: number, limit: number): Promise<DomainEvent[]> {
  return rows<DomainEvent>(
    tx,
    sql`select ${factColumns} from domain_event where seq > ${seq} order by seq limit ${limit}`,
  );
}

interface SeqBounds {
  /** The last row before; 0: there is none. */
  beforeSeq: number;
  lastSeq: number;
}

/** Where an incident lies in the log, from its first row or from what was received from an instant on. */
export const boundsOfIncident = async (
  tx: Tx,
  incidentId: string,
  from?: { seq: number } | { ms: number },
): Promise<SeqBounds> => {
  const first = from
    ? 'seq' in from
      ? sql`${from.seq}::bigint`
      : beforeInstant(from.ms)
    : sql`coalesce((select min(seq) from domain_event where incident_id = ${incidentId}) - 1, ${newest})`;
  // While it is open all that happens belongs to its picture; afterwards only what is about it.
  const last = sql`select case when bool_or(kind = 'incidentClosed') then max(seq) when count(*) > 0 then ${newest} end
    from domain_event where incident_id = ${incidentId}`;
  const found = await firstRow<SeqBounds>(
    tx,
    sql`select least(${first}, ${newest})::float8 as "beforeSeq",
          greatest(least(${first}, ${newest}), coalesce((${last}), 0))::float8 as "lastSeq"`,
  );
  return found!;
};

/** What was received between two instants, both in. */
export const boundsOfSpan = async (tx: Tx, fromMs: number, toMs: number): Promise<SeqBounds> => {
  const found = await firstRow<SeqBounds>(
    tx,
    sql`select ${beforeInstant(fromMs)}::float8 as "beforeSeq", greatest(${beforeInstant(fromMs)},
          ${beforeInstant(toMs + 1)})::float8 as "lastSeq"`,
  );
  return found!;
};

const newest = sql`coalesce((select max(seq) from domain_event), 0)`;
const beforeInstant = (ms: number) => sql`coalesce((select min(seq) from domain_event
  where received_at >= ${new Date(ms).toISOString()}::timestamptz) - 1, ${newest})`;
