import { inArray } from 'drizzle-orm';
import { openTasksOfIncident } from '../../../db/queries/task.ts';
import { task } from '../../../db/schema/index.ts';
import type { Work } from '../unit-of-work.ts';
import { followTasks } from './follow-tasks.ts';

/** Cancels what is still open of an incident's tasks, in the transaction that closes the incident. */
export async function cancelOpenTasks(work: Work, incidentId: string): Promise<void> {
  const open = await openTasksOfIncident(work.tx, incidentId);
  if (open.length === 0) return;
  const ids = open.map(({ id }) => id);
  await work.tx.update(task).set({ state: 'cancelled', endedAt: work.at }).where(inArray(task.id, ids));
  for (const taskId of ids) {
    const payload = { incidentId, taskId, answer: 'cancelled' } as const;
    work.append({ kind: 'taskAnswered', incidentId, observedAt: work.now, payload });
  }
  for (const unitId of new Set(open.map(each => each.unitId))) await followTasks(work, unitId);
}
