import { CodedError } from '#contract/errors.ts';
import type { OrderBody } from '#contract/task.ts';
import { needsSworn, newTask } from '#domain/task.ts';
import { unitById, type UnitRow } from '../../../db/queries/units.ts';
import { whereIs } from '../../../db/queries/where-is.ts';
import { segment, task } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { keepText } from '../keep-text.ts';
import { searchText } from '../region/search-text.ts';
import { loadIncident, requireOpen } from '../incident/load.ts';
import { dutiesAt } from '../unit/duty.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';
import { followTasks } from './follow-tasks.ts';

export interface OrderReply {
  taskId: string;
  needsSworn: boolean;
}

/** An ordinary road of at most 500 m, as the ground of the belief cuts them. Only where somebody is sent is it kept. */
export interface Street {
  id: string;
  name: string;
  /** [lng, lat] in order. */
  line: [number, number][];
  lengthM: number;
}

/**
 * Sends a unit to look at a place or segment for an open incident. Throws alreadyClosed, notFound; invalidBody for a
 * unit, place or segment that does not exist (`street`: the one that `segmentId` names, if it is one); conflict when the unit is out of service, off duty, or sent there already.
 */
export function orderTask(
  deps: ServiceDeps,
  call: Call,
  incidentId: string,
  { unitId, placeId, segmentId, method, why }: OrderBody,
  street?: Street,
): Promise<Done<OrderReply>> {
  return perform(deps, call, async work => {
    requireOpen(await loadIncident(work.tx, work.actor, 'task.order', incidentId, 'share'));
    if (street) await keepStreet(work, street);
    await requireTarget(work, placeId, segmentId);
    const unit = await unitById(work.tx, unitId, 'update');
    if (!unit) throw new CodedError('invalidBody', 'body field unitId: there is no such unit');
    const crew = await requireOnDuty(work, unit);
    const lacksSworn = needsSworn(crew);
    const taskId = work.id('tsk');
    const target = { placeId: placeId ?? null, segmentId: segmentId ?? null };
    const facts = { unitId, ...target, method, needsSworn: lacksSworn };
    const made = await work.tx
      .insert(task)
      .values({
        id: taskId,
        incidentId,
        ...facts,
        ...newTask,
        helpAt: null,
        orderedBy: work.actorId,
        orderedAt: work.at,
        whyId: await keepText(work, incidentId, why),
      })
      .onConflictDoNothing()
      .returning({ id: task.id });
    if (made.length === 0) {
      throw new CodedError('conflict', `${unit.callsign} is on the way there already`, {
        why: 'alreadySent',
      });
    }
    work.append({
      kind: 'taskOrdered',
      incidentId,
      observedAt: work.now,
      payload: { incidentId, taskId, ...facts },
    });
    work.audit({ action: 'task.order', resource: taskId, incidentId, detail: { unitId, method } });
    await followTasks(work, unitId);
    return { taskId, needsSworn: lacksSworn };
  });
}

/** Another region may have had another street of this id. */
async function keepStreet(work: Work, { id, name, line, lengthM }: Street): Promise<void> {
  const columns = {
    kind: 'street' as const,
    name,
    searchText: searchText(name),
    line: { type: 'LineString' as const, coordinates: line },
    lengthM,
  };
  await work.tx
    .insert(segment)
    .values({ id, ...columns })
    .onConflictDoUpdate({ target: segment.id, set: columns });
}

async function requireTarget(
  work: Work,
  placeId: string | undefined,
  segmentId: string | undefined,
): Promise<void> {
  const id = placeId ?? segmentId ?? '';
  if ((await whereIs(work.tx, [id])).has(id)) return;
  const [field, what] = placeId === undefined ? ['segmentId', 'segment'] : ['placeId', 'place'];
  throw new CodedError('invalidBody', `body field ${field}: there is no such ${what}`);
}

/** The unit's crew now. */
async function requireOnDuty(work: Work, unit: UnitRow) {
  if (unit.state === 'outOfService') {
    throw new CodedError(
      'conflict',
      `${unit.callsign} is out of service; expected a unit that is in service`,
      { why: 'outOfService' },
    );
  }
  const duty = (await dutiesAt(work.tx, [unit], work.at)).get(unit.id)!;
  if (duty.onDuty) return duty.crew;
  const { why, until, next } = duty;
  throw new CodedError(
    'conflict',
    `${unit.callsign} is off duty; expected a unit on shift, or extend its shift first`,
    { why, until, next },
  );
}
