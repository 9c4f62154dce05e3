import { type SQL, sql } from 'drizzle-orm';
import type { Risk, ScamType } from '#contract/alert.ts';
import type { Position } from '#contract/common.ts';
import type { BeliefMark, BeliefReason } from '#contract/posterior.ts';
import type { DomainEvent } from '#domain/event/event.ts';
import type { SightingDetail } from '#contract/sighting.ts';
import type { Tx } from '../transaction.ts';
import { epochMs, firstRow, instant, lngLat, rows } from './sql.ts';

/** A sighting that counts: neither withdrawn nor corrected. */
export interface StandingSighting {
  id: string;
  observedAtMs: number;
  detail: SightingDetail;
}

/** What the alert says of a case. */
export interface AboutCase {
  openedAtMs: number;
  scamType: ScamType;
  risk: Risk;
  /** In yuan. */
  amount: number | null;
  home: Position | null;
  /** Whether cameras could be asked for her car. */
  plateKnown: boolean;
}

/** `AboutCase`: of incident `i`, with what is private of its subject, `p`. */
const aboutColumns: SQL = sql`${epochMs(sql`i.opened_at`)} as "openedAtMs", i.scam_type as "scamType", i.risk,
  i.amount::float8 as amount, ${lngLat(sql`p.home`)} as home, coalesce(p.vehicle, '') <> '' as "plateKnown"`;
const aboutTables: SQL = sql`incident i left join subject_private p on p.subject_id = i.subject_id`;

export const aboutCase = (tx: Tx, incidentId: string): Promise<AboutCase | undefined> =>
  firstRow(tx, sql`select ${aboutColumns} from ${aboutTables} where i.id = ${incidentId}`);

/** What is known of an open incident, in one snapshot. */
interface KnownOfIncident extends AboutCase {
  /** The last row of the log about it, beliefs aside. */
  seq: number;
  sightings: StandingSighting[];
}

/** Undefined when there is no such open incident. Ask in one read-only transaction: its parts must fit together. */
export async function knownOfIncident(tx: Tx, incidentId: string): Promise<KnownOfIncident | undefined> {
  const incident = await firstRow<Omit<KnownOfIncident, 'sightings'>>(
    tx,
    sql`select ${lastSeq(sql`i.id`)} as seq, ${aboutColumns} from ${aboutTables}
        where i.id = ${incidentId} and i.state = 'open'`,
  );
  return incident && { ...incident, sightings: await standingSightings(tx, incidentId) };
}

const lastSeq = (incidentId: SQL): SQL =>
  sql`(select coalesce(max(e.seq), 0)::float8 from domain_event e
        where e.incident_id = ${incidentId} and e.kind <> 'beliefComputed')`;

/** The sightings of an incident that count, oldest first; those that were received before an instant, where one is given. */
export const standingSightings = (
  tx: Tx,
  incidentId: string,
  beforeMs?: number,
): Promise<StandingSighting[]> =>
  rows(
    tx,
    sql`select s.id, ${epochMs(sql`s.observed_at`)} as "observedAtMs", s.detail from sighting s
        where s.incident_id = ${incidentId} and s.withdrawn_at is null
          ${beforeMs === undefined ? sql`` : sql`and s.received_at < ${new Date(beforeMs).toISOString()}::timestamptz`}
          and not exists (select from sighting r where r.replaces = s.id)
        order by s.observed_at, s.id`,
  );

/** What the log says of an incident after a row, oldest first, beliefs aside: as much as tells why to believe anew. */
export const rowsSince = (
  tx: Tx,
  incidentId: string,
  seq: number,
): Promise<Pick<DomainEvent, 'kind' | 'payload'>[]> =>
  rows(
    tx,
    sql`select kind, payload from domain_event
        where incident_id = ${incidentId} and seq > ${seq} and kind <> 'beliefComputed' order by seq`,
  );

/** A belief as it was stored: JSON, gzip. */
export interface StoredBelief {
  seq: number;
  atMs: number;
  posterior: Uint8Array;
  plan: Uint8Array;
}

const storedBelief: SQL = sql`seq::float8 as seq, ${epochMs(sql`at`)} as "atMs", posterior, plan`;

/**
 * What was believed when the log had come to `seq`: of the newest facts' beliefs the one that the facts made, not one
 * that time made later. Undefined before the first.
 */
export const beliefAt = (tx: Tx, incidentId: string, seq: number): Promise<StoredBelief | undefined> =>
  firstRow(
    tx,
    sql`select ${storedBelief} from belief
        where incident_id = ${incidentId} and seq <= ${seq} order by seq desc, by_time limit 1`,
  );

/** What was believed just before an instant. */
export const beliefBefore = (
  tx: Tx,
  incidentId: string,
  beforeMs: number,
): Promise<StoredBelief | undefined> =>
  firstRow(
    tx,
    sql`select ${storedBelief} from belief
        where incident_id = ${incidentId} and at < ${new Date(beforeMs).toISOString()}::timestamptz
        order by at desc, seq desc limit 1`,
  );

/** One mark for each seq at which something was believed, oldest first. */
export const beliefMarks = (tx: Tx, incidentId: string): Promise<BeliefMark[]> =>
  rows<BeliefMark & { because: BeliefReason }>(
    tx,
    sql`select distinct on (seq) seq::float8 as seq, ${instant(sql`at`)} as at, rest_of_world as "restOfWorld",
          entropy_bits as "entropyBits", because
        from belief where incident_id = ${incidentId} order by seq, by_time`,
  );

/** What was believed at the seqs after one, oldest first: of each seq the belief that the facts made. */
export const beliefsOf = (
  tx: Tx,
  incidentId: string,
  afterSeq: number,
  limit: number,
): Promise<StoredBelief[]> =>
  rows(
    tx,
    sql`select distinct on (seq) ${storedBelief} from belief
        where incident_id = ${incidentId} and seq > ${afterSeq} order by seq, by_time limit ${limit}`,
  );
