import { type SQL, sql } from 'drizzle-orm';
import type { ClockView } from '#contract/clock.ts';
import type { Risk } from '#contract/alert.ts';
import type { ClockKind, ClockOutcome } from '#contract/kinds.ts';
import type { SetTarget } from '#domain/loop/clock.ts';
import type { Tx } from '../../transaction.ts';
import { firstRow, instant, rows } from '../sql.ts';

/** What leaders have set. */
export const setTargets = (tx: Tx): Promise<SetTarget[]> =>
  rows(
    tx,
    sql`select kind, risk, target_s as "targetS", warn_s as "warnS" from clock_target order by kind, risk nulls first`,
  );

/** The incident's risk, and whether a clock of the kind has run for it already. */
export const clockStart = (
  tx: Tx,
  incidentId: string,
  kind: ClockKind,
): Promise<{ risk: Risk; ran: boolean } | undefined> =>
  firstRow(
    tx,
    sql`select i.risk, exists (select from clock c where c.incident_id = i.id and c.kind = ${kind}) as ran
        from incident i where i.id = ${incidentId}`,
  );

export interface StoppedClock {
  id: string;
  outcome: ClockOutcome;
}

/** Which running clocks of an incident are meant. */
export interface Running {
  incidentId: string;
  kind?: ClockKind;
  /** Undefined: whatever they are about. */
  refId?: string | null;
}

const running = ({ incidentId, kind, refId }: Running): SQL =>
  sql.join(
    [
      sql`incident_id = ${incidentId} and stopped_at is null`,
      ...(kind === undefined ? [] : [sql`kind = ${kind}`]),
      ...(refId === undefined ? [] : [sql`ref_id is not distinct from ${refId}`]),
    ],
    sql` and `,
  );

/** Stops clocks that run: in time or late by what `at` is to their due time, unless it no longer matters. */
export const stopClocks = (
  tx: Tx,
  which: Running,
  at: Date,
  outcome: 'void' | undefined,
): Promise<StoppedClock[]> =>
  rows(
    tx,
    sql`update clock set stopped_at = ${at}, outcome = ${
      outcome === 'void' ? sql`'void'` : sql`case when ${at} <= due_at then 'met' else 'late' end`
    } where ${running(which)} returning id, outcome`,
  );

export interface RunningClock {
  id: string;
  startedAtMs: number;
}
/** Clocks that run and are not breached, locked to the commit. */
export const movableClocks = (tx: Tx, which: Running): Promise<RunningClock[]> =>
  rows(
    tx,
    sql`select id, (extract(epoch from started_at) * 1000)::float8 as "startedAtMs" from clock
        where ${running(which)} and breached_at is null for update`,
  );

/**
 * Nobody waits for a trace request to be sent, or for a bank's answer, any more; and whether anything was done at all. What was sent
 * before the running clock began, under an authority that has expired since, says nothing of it.
 */
export async function settled(
  tx: Tx,
  incidentId: string,
  kind: 'traceSent' | 'stopPayment',
): Promise<'waiting' | 'done' | 'void'> {
  const [table, waiting, done] =
    kind === 'traceSent'
      ? [
          sql`trace_request`,
          sql`state in ('prepared', 'asked')`,
          sql`sent_at >= (select c.started_at from clock c
            where c.incident_id = ${incidentId} and c.kind = 'traceSent' and c.stopped_at is null)`,
        ]
      : [sql`stop_payment`, sql`state = 'requested'`, sql`state in ('confirmed', 'refused')`];
  const found = await firstRow<{ waiting: boolean; done: boolean }>(
    tx,
    sql`select coalesce(bool_or(${waiting}), false) as waiting, coalesce(bool_or(${done}), false) as done
        from ${table} where incident_id = ${incidentId}`,
  );
  // The first request that is sent is what the clock is about; of the money every known account counts.
  if (kind === 'traceSent' && found?.done) return 'done';
  if (kind === 'stopPayment' && (await hasUnasked(tx, incidentId))) return 'waiting';
  if (found?.waiting) return 'waiting';
  return found?.done ? 'done' : 'void';
}

/** Whether no bank was asked yet about an account that is known. */
async function hasUnasked(tx: Tx, incidentId: string): Promise<boolean> {
  const found = await firstRow<{ unasked: boolean }>(
    tx,
    sql`select exists (select from account_private a where a.incident_id = ${incidentId}
          and not exists (select from stop_payment s where s.account_id = a.id)) as unasked`,
  );
  return found?.unasked ?? false;
}

export interface PendingClock {
  id: string;
  warnMs: number | null;
  dueMs: number;
}

/** Every clock that will still warn or be breached. */
export const pendingClocks = (tx: Tx): Promise<PendingClock[]> =>
  rows(
    tx,
    sql`select id, case when warned_at is null then (extract(epoch from warn_at) * 1000)::float8 end as "warnMs",
          (extract(epoch from due_at) * 1000)::float8 as "dueMs"
        from clock where stopped_at is null and breached_at is null`,
  );

export interface FiredClock {
  id: string;
  incidentId: string;
  kind: ClockKind;
  risk: Risk;
  late: boolean;
}

/**
 * Marks the breaches among these clocks that nobody marked before: once, whoever else does the same at this moment.
 * `lateBefore`: those due before it were noticed only now.
 */
export const markBreached = (
  tx: Tx,
  ids: readonly string[],
  at: Date,
  lateBefore: Date,
): Promise<FiredClock[]> =>
  rows(
    tx,
    sql`update clock c set breached_at = ${at}, warned_at = coalesce(c.warned_at, ${at}), late = c.due_at < ${lateBefore}
        from incident i
        where i.id = c.incident_id and c.id = any(${sql.param(ids)}) and c.stopped_at is null and c.breached_at is null and c.due_at <= ${at}
        returning c.id, c.incident_id as "incidentId", c.kind, i.risk, c.late`,
  );

/** As `markBreached`, the warnings. */
export const markWarned = (tx: Tx, ids: readonly string[], at: Date): Promise<Omit<FiredClock, 'late'>[]> =>
  rows(
    tx,
    sql`update clock c set warned_at = ${at} from incident i
        where i.id = c.incident_id and c.id = any(${sql.param(ids)}) and c.stopped_at is null and c.warned_at is null and c.warn_at <= ${at}
        returning c.id, c.incident_id as "incidentId", c.kind, i.risk`,
  );

/** All clocks of an incident, in order of their start. */
export const clocksOf = (tx: Tx, incidentId: string): Promise<ClockView[]> =>
  rows(
    tx,
    sql`select id, kind, ref_id as "refId", ${instant(sql`started_at`)} as "startedAt", ${instant(sql`warn_at`)} as "warnAt",
          ${instant(sql`due_at`)} as "dueAt", ${instant(sql`warned_at`)} as "warnedAt", ${instant(sql`breached_at`)} as "breachedAt",
          late, ${instant(sql`stopped_at`)} as "stoppedAt", outcome, ${instant(sql`forecast_at`)} as "forecastAt",
          forecast_breach as "forecastBreach"
        from clock where incident_id = ${incidentId} order by started_at, id`,
  );
