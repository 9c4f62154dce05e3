/** Closed cases held against what was believed of them. */
import { sql } from 'drizzle-orm';
import type { ScoredMoment } from '#contract/calibration.ts';
import type { Position } from '#contract/common.ts';
import type { SightingKind } from '#contract/sighting.ts';
import type { Tx } from '../transaction.ts';
import { type AboutCase, aboutCase, type StandingSighting, standingSightings } from './belief.ts';
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

/** The oldest case that was scored and whose evidence nobody valued yet, while its trace is there. */
export const unvaluedCase = async (tx: Tx): Promise<string | undefined> =>
  (
    await firstRow<{ id: string }>(
      tx,
      sql`select s.incident_id as id from calibration_score s join incident i on i.id = s.incident_id
          where s.moment = 'found' and s.valued_at is null and i.trace_purged_at is null
          order by i.closed_at, i.id limit 1`,
    )
  )?.id;

export type CaseFacts = AboutCase & { sightings: StandingSighting[] };

/** What was known of a closed case before an instant, corrections and withdrawals of later included. */
export async function factsOfCase(
  tx: Tx,
  incidentId: string,
  beforeMs: number,
): Promise<CaseFacts | undefined> {
  const about = await aboutCase(tx, incidentId);
  return about && { ...about, sightings: await standingSightings(tx, incidentId, beforeMs) };
}
