import { sql } from 'drizzle-orm';
import type { TraceRequestView } from '#contract/lines.ts';
import type { RequestState } from '#contract/kinds.ts';
import type { TraceSource } from '#domain/loop/request.ts';
import type { Tx } from '../../transaction.ts';
import { epochMs, firstRow, instant, rows } from '../sql.ts';

export interface RequestRow {
  id: string;
  incidentId: string;
  askedOf: TraceSource;
  state: RequestState;
  authorityId: string | null;
}

const columns = sql`id, incident_id as "incidentId", asked_of as "askedOf", state, authority_id as "authorityId"`;

/** One request, locked to the commit. */
export const requestForUpdate = (tx: Tx, requestId: string): Promise<RequestRow | undefined> =>
  firstRow(tx, sql`select ${columns} from trace_request where id = ${requestId} for update`);

/** The requests of an incident, locked to the commit, oldest first. */
export const requestsForUpdate = (tx: Tx, incidentId: string): Promise<RequestRow[]> =>
  rows(
    tx,
    sql`select ${columns} from trace_request where incident_id = ${incidentId} order by made_at, id for update`,
  );

/** The requests of an incident, oldest first. What was answered belongs into the trace and is left out. */
export const requestViews = (tx: Tx, incidentId: string): Promise<TraceRequestView[]> =>
  rows(
    tx,
    sql`select r.id, r.asked_of as "askedOf", r.state, w.body as what,
          case when r.state in ('failed', 'withdrawn') then a.body end as note,
          r.authority_id as "authorityId", ${instant(sql`r.made_at`)} as "madeAt",
          ${instant(sql`r.asked_at`)} as "askedAt", ${instant(sql`r.sent_at`)} as "sentAt",
          ${instant(sql`r.ended_at`)} as "endedAt"
        from trace_request r
        left join text_private w on w.id = r.what_id
        left join text_private a on a.id = r.answer_id
        where r.incident_id = ${incidentId} order by r.made_at, r.id`,
  );

export interface PaperRow {
  id: string;
  approved: boolean;
}

/** What covers requests of this incident now: an approved authority first, else one that waits for its approval. */
export const paperInForce = (tx: Tx, incidentId: string, at: Date): Promise<PaperRow | undefined> =>
  firstRow(
    tx,
    sql`select id, approved_by is not null as approved from authority
        where incident_id = ${incidentId} and revoked_at is null and not break_glass
          and expires_at > ${at.toISOString()}::timestamptz
        order by approved_by is null, expires_at desc, id limit 1 for share`,
  );

/** What a standard paper needs to know: the incident's number, and how many papers it has had. */
export const paperFacts = (
  tx: Tx,
  incidentId: string,
): Promise<{ number: number; openedAtMs: number; papers: number } | undefined> =>
  firstRow(
    tx,
    sql`select i.number, ${epochMs(sql`i.opened_at`)} as "openedAtMs",
          (select count(*)::int from authority a where a.incident_id = i.id and not a.break_glass) as papers
        from incident i where i.id = ${incidentId}`,
  );
