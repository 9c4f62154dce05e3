/** Closed cases held against what was believed of them. */
import { sql } from 'drizzle-orm';
import type { Risk, ScamType } from '#contract/alert.ts';
import type { ScoredMoment } from '#contract/calibration.ts';
import type { Position } from '#contract/common.ts';
import type { SightingKind } from '#contract/sighting.ts';
import type { Tx } from '../transaction.ts';
import type { StandingSighting, StoredBelief } from './belief.ts';
import { epochMs, firstRow, lngLat, rows } from './sql.ts';

export interface FoundCase {
  openedAtMs: number;
  foundAtMs: number;
  placeId: string | null;
  position: Position | null;
}

/** When and where the subject of an incident was found: at the first thing that says so, the closing at the latest. */
export const foundCase = (tx: Tx, incidentId: string): Promise<FoundCase | undefined> =>
  firstRow(
    tx,
    sql`select ${epochMs(sql`i.opened_at`)} as "openedAtMs",
          ${epochMs(sql`least(i.closed_at,
            (select min(t.ended_at) from task t where t.incident_id = i.id and t.outcome = 'found'),
            (select min(m.at) from meeting m where m.incident_id = i.id))`)} as "foundAtMs",
          i.found_place_id as "placeId", ${lngLat(sql`i.found_at`)} as position
        from incident i
        where i.id = ${incidentId} and i.outcome in ('met', 'metTooLate')
          and (i.found_at is not null or i.found_place_id is not null)`,
  );

/** What was believed just before an instant. */
export const beliefBefore = (
  tx: Tx,
  incidentId: string,
  beforeMs: number,
): Promise<StoredBelief | undefined> =>
  firstRow(
    tx,
    sql`select seq::float8 as seq, ${epochMs(sql`at`)} as "atMs", posterior, plan from belief
        where incident_id = ${incidentId} and at < ${new Date(beforeMs).toISOString()}::timestamptz
        order by at desc, seq desc limit 1`,
  );

/** Scores with the month in which each case was closed, in Shanghai. */
export const calibrationScores = (
  tx: Tx,
): Promise<
  {
    moment: ScoredMoment;
    month: string;
    inside50: boolean;
    inside80: boolean;
    inside90: boolean;
    inside95: boolean;
    bits: number;
  }[]
> =>
  rows(
    tx,
    sql`select s.moment, to_char(i.closed_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month,
          s.inside50, s.inside80, s.inside90, s.inside95, s.bits
        from calibration_score s join incident i on i.id = s.incident_id order by i.closed_at, s.moment`,
  );

export const valuedEvidence = (tx: Tx): Promise<{ kind: SightingKind; bits: number }[]> =>
  rows(tx, sql`select kind, bits from calibration_evidence order by incident_id, kind`);

/** Cases that were scored and whose evidence nobody valued yet, while their trace is there; oldest first. */
export const unvaluedCases = async (tx: Tx, limit: number): Promise<string[]> =>
  (
    await rows<{ id: string }>(
      tx,
      sql`select s.incident_id as id from calibration_score s join incident i on i.id = s.incident_id
          where s.moment = 'found' and s.valued_at is null and i.trace_purged_at is null
          order by i.closed_at, i.id limit ${limit}`,
    )
  ).map(({ id }) => id);

export interface CaseFacts {
  openedAtMs: number;
  scamType: ScamType;
  risk: Risk;
  amount: number | null;
  home: Position | null;
  plateKnown: boolean;
  sightings: StandingSighting[];
}

/** What was known of a closed case before an instant, corrections and withdrawals of later included. */
export async function factsOfCase(
  tx: Tx,
  incidentId: string,
  beforeMs: number,
): Promise<CaseFacts | undefined> {
  const before = new Date(beforeMs).toISOString();
  const about = await firstRow<Omit<CaseFacts, 'sightings'>>(
    tx,
    sql`select ${epochMs(sql`i.opened_at`)} as "openedAtMs", i.scam_type as "scamType", i.risk, i.amount::float8 as amount,
          ${lngLat(sql`p.home`)} as home, coalesce(p.vehicle, '') <> '' as "plateKnown"
        from incident i left join subject_private p on p.subject_id = i.subject_id where i.id = ${incidentId}`,
  );
  const sightings = await rows<StandingSighting>(
    tx,
    sql`select s.id, ${epochMs(sql`s.observed_at`)} as "observedAtMs", s.detail from sighting s
        where s.incident_id = ${incidentId} and s.withdrawn_at is null and s.received_at < ${before}::timestamptz
          and not exists (select from sighting r where r.replaces = s.id)
        order by s.observed_at, s.id`,
  );
  return about && { ...about, sightings };
}
