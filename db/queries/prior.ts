import { sql } from 'drizzle-orm';
import type { ScamType } from '#contract/alert.ts';
import type { Position } from '#contract/common.ts';
import type { HourBand, PriorChange, PriorKind } from '#contract/prior.ts';
import type { Tx } from '../transaction.ts';
import { firstRow, instant, lngLat, point, rows } from './sql.ts';

/** How many were found there. */
interface PriorCountRow {
  scamType: ScamType;
  placeKind: PriorKind;
  hourBand: HourBand;
  n: number;
}

export const priorCounts = (tx: Tx): Promise<PriorCountRow[]> =>
  rows(
    tx,
    sql`select scam_type as "scamType", place_kind as "placeKind", hour_band as "hourBand", n from prior_count
        order by scam_type, place_kind, hour_band`,
  );

/** What leaders set, newest first; `by` is the person's name. */
export const priorChanges = (tx: Tx, limit: number): Promise<PriorChange[]> =>
  rows(
    tx,
    sql`select c.seq::float8 as seq, ${instant(sql`c.set_at`)} as at, c.scam_type as "scamType",
          u.display_name as by, c.reason, c.weights
        from prior_change c join app_user u on u.id = c.set_by order by c.seq desc limit ${limit}`,
  );

/** The weights in force for each script that a leader ever set; null: the defaults. */
export const priorWeights = (tx: Tx): Promise<Pick<PriorChange, 'scamType' | 'weights'>[]> =>
  rows(
    tx,
    sql`select distinct on (scam_type) scam_type as "scamType", weights from prior_change
        order by scam_type, seq desc`,
  );

/** Farther from every place and segment than this she was found elsewhere. */
const FOUND_WITHIN_M = 60;

/** The kind of the place or segment with this id; of the nearest one where only a position is given. */
export async function foundKind(
  tx: Tx,
  { placeId, position }: { placeId: string | null; position: Position | null },
): Promise<PriorKind | undefined> {
  if (placeId !== null) {
    const named = await firstRow<{ kind: PriorKind }>(
      tx,
      sql`select kind from place where id = ${placeId} union all select kind from segment where id = ${placeId}`,
    );
    return named?.kind;
  }
  if (!position) return undefined;
  const at = point(position);
  const near = await firstRow<{ kind: PriorKind }>(
    tx,
    sql`select kind from (
          select kind, ST_Distance(position::geography, ${at}::geography) as away from place
            where position && ST_Expand(${at}, 0.001)
          union all
          select kind, ST_Distance(line::geography, ${at}::geography) from segment
            where line && ST_Expand(${at}, 0.001) and kind <> 'street'
        ) near where away <= ${FOUND_WITHIN_M} order by away limit 1`,
  );
  return near?.kind ?? 'elsewhere';
}

/** What closing an incident teaches: its script, when it began, and where she was met. */
export const foundOfIncident = (
  tx: Tx,
  incidentId: string,
): Promise<
  { scamType: ScamType; hour: number; placeId: string | null; position: Position | null } | undefined
> =>
  firstRow(
    tx,
    sql`select scam_type as "scamType", extract(hour from opened_at at time zone 'Asia/Shanghai')::int as hour,
          found_place_id as "placeId", ${lngLat(sql`found_at`)} as position
        from incident where id = ${incidentId}`,
  );
