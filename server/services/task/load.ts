import { CodedError } from '#contract/errors.ts';
import { statesBefore, type TaskMove, type TaskProgress, moveTask } from '#domain/task.ts';
import { type IncidentAccess, incidentAccess } from '../../../db/queries/incident-access.ts';
import { type TaskRow, taskById } from '../../../db/queries/task.ts';
import { elevate } from '../../../db/transaction.ts';
import { type Action, can } from '../../auth/policy.ts';
import { noSuch, requireAllowed, wrongState } from '../guard.ts';
import { requireOpen } from '../incident/load.ts';
import type { Work } from '../unit-of-work.ts';

/**
 * A task of an open incident, locked, for somebody who may do `action` to it. Its unit's station, the unit's own
 * device and the centre may; the incident's station may read it and is told that this is all. Throws notFound,
 * forbidden, alreadyClosed.
 */
export async function loadTask(work: Work, action: Action, taskId: string): Promise<TaskRow> {
  requireAllowed(work.actor, action);
  const known = await taskById(work.tx, taskId);
  // A crew may be sent to another station's incident: that and what its result writes are beyond its reach.
  await elevate(work.tx);
  // Incident before task before unit: everybody locks in this order.
  const incident = known && (await incidentAccess(work.tx, known.incidentId, 'share'));
  const task = incident && (await taskById(work.tx, taskId, 'update'));
  if (!task) throw noSuch('task', taskId);
  const ofUnit = { unitId: task.unitId, stationId: task.stationId };
  if (can(work.actor, 'task.read', ofUnit) !== 'allow' && !mayReadByIncident(work, incident))
    throw noSuch('task', taskId);
  if (can(work.actor, action, ofUnit) !== 'allow')
    throw new CodedError('forbidden', "your role does not allow this for another station's unit");
  requireOpen(incident);
  return task;
}

const mayReadByIncident = (work: Work, incident: IncidentAccess): boolean =>
  work.actor.kind === 'user' && can(work.actor, 'task.read', incident) === 'allow';

/** The task after a move. Throws conflict, saying from which states the move may be made. */
export function requireMove(task: TaskProgress, move: TaskMove): TaskProgress {
  const moved = moveTask(task, move);
  if (moved) return moved;
  const expected = statesBefore(move.kind);
  throw wrongState('task', task.state, expected);
}
