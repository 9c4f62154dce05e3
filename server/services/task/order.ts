import { CodedError } from '#contract/errors.ts';
import type { OrderBody } from '#contract/task.ts';
import { needsSworn, newTask } from '#domain/task.ts';
import { unitById, type UnitRow } from '../../../db/queries/units.ts';
import { whereIs } from '../../../db/queries/where-is.ts';
import { task } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { loadIncident, requireOpen } from '../incident/load.ts';
import { dutiesAt } from '../unit/duty.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';
import { followTasks } from './follow-tasks.ts';

export interface OrderReply {
  taskId: string;
  needsSworn: boolean;
}

/**
 * Sends a unit to look at a place or segment for an open incident. Throws alreadyClosed, notFound; invalidBody for a
 * unit, place or segment that does not exist; conflict when the unit is out of service, off duty, or sent there already.
 */
export function orderTask(
  deps: ServiceDeps,
  call: Call,
  incidentId: string,
  { unitId, placeId, segmentId, method }: OrderBody,
): Promise<Done<OrderReply>> {
  return perform(deps, call, async work => {
    requireOpen(await loadIncident(work.tx, work.actor, 'task.order', incidentId, 'share'));
    await requireTarget(work, placeId, segmentId);
    const unit = await unitById(work.tx, unitId, 'update');
    if (!unit) throw new CodedError('invalidBody', `body field unitId: there is no unit ${unitId}`);
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
      })
      .onConflictDoNothing()
      .returning({ id: task.id });
    if (made.length === 0) {
      const why = { why: 'alreadySent' };
      throw new CodedError('conflict', `${unit.callsign} is on the way there already`, why);
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

async function requireTarget(
  work: Work,
  placeId: string | undefined,
  segmentId: string | undefined,
): Promise<void> {
  const id = placeId ?? segmentId ?? '';
  if ((await whereIs(work.tx, [id])).has(id)) return;
  const [field, what] = placeId === undefined ? ['segmentId', 'segment'] : ['placeId', 'place'];
  throw new CodedError('invalidBody', `body field ${field}: there is no ${what} ${id}`);
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
