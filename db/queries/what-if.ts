/** What a fork of a case starts from, and the forks that were run on. */
import { sql } from 'drizzle-orm';
import type { WhatIfView } from '#contract/what-if.ts';
import type { DomainEvent } from '../../server/domain/event/event.ts';
import type { Tx } from '../transaction.ts';
import type { StandingSighting } from './belief.ts';
import { epochMs, firstRow, instant, rows } from './sql.ts';

export type RecordedSighting = StandingSighting & { receivedAtMs: number; stood: boolean };

/** All sightings of an incident that were ever written down; `stood`: at an instant it was known and neither withdrawn nor corrected. */
export function recordedSightings(tx: Tx, incidentId: string, atMs: number): Promise<RecordedSighting[]> {
  const at = sql`${new Date(atMs).toISOString()}::timestamptz`;
  return rows(
    tx,
    sql`select s.id, ${epochMs(sql`s.observed_at`)} as "observedAtMs", s.detail, ${epochMs(sql`s.received_at`)} as "receivedAtMs",
          s.received_at <= ${at} and (s.withdrawn_at is null or s.withdrawn_at > ${at})
            and not exists (select from sighting r where r.replaces = s.id and r.received_at <= ${at}) as stood
        from sighting s where s.incident_id = ${incidentId} order by s.observed_at, s.id`,
  );
}

/** The last row of the log about an incident that was received by an instant. */
export const lastRowBy = (
  tx: Tx,
  incidentId: string,
  atMs: number,
): Promise<Pick<DomainEvent, 'seq'> | undefined> =>
  firstRow(
    tx,
    sql`select seq::float8 as seq from domain_event
        where incident_id = ${incidentId} and received_at <= ${new Date(atMs).toISOString()}::timestamptz
        order by seq desc limit 1`,
  );

/** When a row of the log was received, ms since 1970. */
export const receivedMsOf = async (tx: Tx, seq: number): Promise<number | undefined> =>
  (
    await firstRow<{ atMs: number }>(
      tx,
      sql`select ${epochMs(sql`received_at`)} as "atMs" from domain_event where seq = ${seq}`,
    )
  )?.atMs;

/** The forks of an incident, newest first. */
export const whatIfsOf = (tx: Tx, incidentId: string): Promise<WhatIfView[]> =>
  rows(
    tx,
    sql`select w.id, w.incident_id as "incidentId", w.seq::float8 as seq, ${instant(sql`w.at`)} as at, w.seed::float8 as seed,
          w.draws, w.horizon_min as "horizonMin", w.policy, w.changes, w.result, w.made_by as "madeBy",
          ${instant(sql`w.made_at`)} as "madeAt"
        from what_if w where w.incident_id = ${incidentId} order by w.made_at desc, w.id`,
  );
