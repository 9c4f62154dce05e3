/** What the after-action report of a case is made of. */
import { sql } from 'drizzle-orm';
import type { Position } from '#contract/common.ts';
import type { SearchMethod } from '#contract/sighting.ts';
import type { TaskOutcome, TaskState } from '#domain/task.ts';
import type { DomainEvent } from '../../server/domain/event/event.ts';
import type { Tx } from '../transaction.ts';
import { factColumns, instant, lngLatOf, rows } from './sql.ts';

/** The rows of the log about an incident, oldest first. */
export const logOfIncident = (tx: Tx, incidentId: string): Promise<DomainEvent[]> =>
  rows(tx, sql`select ${factColumns} from domain_event where incident_id = ${incidentId} order by seq`);

export interface ReportedTask {
  unitId: string;
  callsign: string;
  place: string | null;
  position: Position | null;
  method: SearchMethod;
  orderedAt: string;
  arrivedAt: string | null;
  endedAt: string | null;
  state: TaskState;
  outcome: TaskOutcome | null;
  reason: string | null;
}

/** Who was sent where, in order. Reasons come only to who may read the vault. */
export const tasksOfReport = (tx: Tx, incidentId: string): Promise<ReportedTask[]> =>
  rows(
    tx,
    sql`select t.unit_id as "unitId", u.callsign, coalesce(p.name, s.name) as place,
          coalesce(${lngLatOf(sql`p.position`)}, ${lngLatOf(sql`ST_LineInterpolatePoint(s.line, 0.5)`)}) as position,
          coalesce(t.result_method, t.method) as method, ${instant(sql`t.ordered_at`)} as "orderedAt",
          ${instant(sql`t.arrived_at`)} as "arrivedAt", ${instant(sql`t.ended_at`)} as "endedAt", t.state, t.outcome,
          r.body as reason
        from task t join unit u on u.id = t.unit_id left join place p on p.id = t.place_id
          left join segment s on s.id = t.segment_id left join text_private r on r.id = t.reason_id
        where t.incident_id = ${incidentId} order by t.ordered_at, t.id`,
  );
