import { type SQL, sql } from 'drizzle-orm';
import type { TaskView } from '#contract/task.ts';
import type { SearchMethod } from '#contract/sighting.ts';
import type { TaskProgress, TaskState } from '#domain/task.ts';
import type { Tx } from '../transaction.ts';
import { hasOrderOf } from './list-incidents.ts';
import { firstRow, instant, lngLatOf, rows } from './sql.ts';

/** What decides who may do what to a task, and what may happen to it next. */
export interface TaskRow extends TaskProgress {
  id: string;
  incidentId: string;
  unitId: string;
  /** The unit's station. */
  stationId: string | null;
  placeId: string | null;
  segmentId: string | null;
  method: SearchMethod;
  sightingId: string | null;
}

/** `update`: nobody else moves it before the commit. */
export const taskById = (
  tx: Tx,
  taskId: string,
  lock: 'none' | 'update' = 'none',
): Promise<TaskRow | undefined> =>
  firstRow(
    tx,
    sql`select t.id, t.incident_id as "incidentId", t.unit_id as "unitId", u.station_id as "stationId",
          t.place_id as "placeId", t.segment_id as "segmentId", t.method, t.state, t.outcome, t.resumes,
          ${instant(sql`t.help_at`)} as "helpAt", t.sighting_id as "sightingId"
        from task t join unit u on u.id = t.unit_id where t.id = ${taskId}
        ${lock === 'update' ? sql`for update of t` : sql``}`,
  );

const isOpen = sql`t.state in ('ordered', 'accepted', 'arrived')`;

/** The states of a unit's open tasks. */
export async function openTaskStates(tx: Tx, unitId: string): Promise<TaskState[]> {
  const found = await rows<{ state: TaskState }>(
    tx,
    sql`select t.state from task t where t.unit_id = ${unitId} and ${isOpen}`,
  );
  return found.map(({ state }) => state);
}

/** An incident's open tasks in the order of their units, locked to the commit. */
export const openTasksOfIncident = (tx: Tx, incidentId: string): Promise<{ id: string; unitId: string }[]> =>
  rows(
    tx,
    sql`select t.id, t.unit_id as "unitId" from task t where t.incident_id = ${incidentId} and ${isOpen}
        order by t.unit_id, t.id for update`,
  );

export interface TaskFilter {
  incidentId?: string | undefined;
  unitId?: string | undefined;
  state?: 'open' | TaskState | undefined;
  /** Only tasks of this station's units and incidents, and of incidents that the user is on. */
  within?: { stationId: string | null; userId: string } | undefined;
  /** The id of the last one seen. */
  before?: string | undefined;
  limit: number;
}

/** Tasks with their targets and words, newest first. */
export function listTasks(tx: Tx, filter: TaskFilter): Promise<TaskView[]> {
  const { incidentId, unitId, state, within, before, limit } = filter;
  const conditions: SQL[] = [sql`true`];
  if (incidentId !== undefined) conditions.push(sql`t.incident_id = ${incidentId}`);
  if (unitId !== undefined) conditions.push(sql`t.unit_id = ${unitId}`);
  if (state !== undefined) conditions.push(state === 'open' ? isOpen : sql`t.state = ${state}`);
  if (before !== undefined) conditions.push(sql`t.id < ${before}`);
  if (within) {
    conditions.push(sql`(u.station_id = ${within.stationId} or i.station_id = ${within.stationId} or exists (
      select from incident_member m where m.incident_id = i.id and m.user_id = ${within.userId}) or ${hasOrderOf(within.stationId)})`);
  }
  return rows(
    tx,
    sql`select t.id, t.incident_id as "incidentId", coalesce(i.number, number_of_incident(t.incident_id)) as "incidentNumber", t.unit_id as "unitId", u.callsign,
          t.place_id as "placeId", t.segment_id as "segmentId",
          case when p.id is not null then json_build_object('kind', p.kind, 'name', p.name,
              'position', ${lngLatOf(sql`p.position`)}, 'path', null)
            when s.id is not null then json_build_object('kind', s.kind, 'name', s.name,
              'position', ${lngLatOf(sql`ST_LineInterpolatePoint(s.line, 0.5)`)},
              'path', ST_AsGeoJSON(s.line, 7)::json->'coordinates') end as target,
          t.method, t.state, t.outcome, t.result_method as "resultMethod", t.needs_sworn as "needsSworn",
          ${instant(sql`t.ordered_at`)} as "orderedAt", ${instant(sql`t.accepted_at`)} as "acceptedAt",
          ${instant(sql`t.arrived_at`)} as "arrivedAt", ${instant(sql`t.ended_at`)} as "endedAt",
          ${instant(sql`t.help_at`)} as "helpAt", words_of_task(t.why_id) as why,
          words_of_task(t.reason_id) as reason, words_of_task(t.note_id) as note
        from task t join unit u on u.id = t.unit_id left join incident i on i.id = t.incident_id
          left join place p on p.id = t.place_id left join segment s on s.id = t.segment_id
        where ${sql.join(conditions, sql` and `)} order by t.id desc limit ${limit}`,
  );
}
