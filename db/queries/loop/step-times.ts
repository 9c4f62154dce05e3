import { sql } from 'drizzle-orm';
import type { StepMedian, StepTimes } from '#domain/loop/forecast.ts';
import type { Tx } from '../../transaction.ts';
import { rows } from '../sql.ts';

/** How long each step of the loop took whose beginning was not before `since`, and how many there were. */
export const stepMedians = (tx: Tx, since: Date): Promise<(StepMedian & { step: keyof StepTimes })[]> =>
  rows(
    tx,
    sql`with taken (step, begun_at, done_at) as (
          select 'askS', asked_at, sent_at from trace_request
          union all select 'requestStopS', i.opened_at, min(s.requested_at)
            from stop_payment s join incident i on i.id = s.incident_id group by i.id, i.opened_at
          union all select 'bankAnswerS', requested_at, answered_at from stop_payment where state in ('confirmed', 'refused')
          union all select 'acknowledgeS', issued_at, acknowledged_at from dispatch_order
          union all select 'setOutS', acknowledged_at, under_way_at from dispatch_order
          union all select 'travelS', under_way_at, met_at from dispatch_order
          union all select 'feedbackS', met_at, fed_back_at from dispatch_order
          union all select 'closeS', o.fed_back_at, i.closed_at from dispatch_order o join incident i on i.id = o.incident_id)
        select step, count(*)::int as count,
          percentile_cont(0.5) within group (order by extract(epoch from done_at - begun_at)::float8) as "medianS"
        from taken where begun_at >= ${since.toISOString()}::timestamptz and done_at >= begun_at group by step`,
  );
