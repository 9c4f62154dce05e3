import { eq } from 'drizzle-orm';
import { sightingAccess } from '../../../db/queries/sighting-access.ts';
import { task } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { keepText } from '../keep-text.ts';
import { markWithdrawn } from '../sighting/withdraw.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';
import { followTasks } from './follow-tasks.ts';
import { loadTask, requireMove } from './load.ts';

/**
 * Takes a result back: the task goes on from where it was, and the search that the result wrote no longer counts.
 * Throws notFound, forbidden, alreadyClosed; conflict when there is no result.
 */
export function undoResult(
  deps: ServiceDeps,
  call: Call,
  taskId: string,
  reason: string,
): Promise<Done<{ taskId: string }>> {
  return perform(deps, call, async work => {
    const known = await loadTask(work, 'task.answer', taskId);
    const { state } = requireMove(known, { kind: 'undo' });
    const { incidentId, unitId, sightingId } = known;
    if (sightingId !== null) await withdrawSearch(work, incidentId, sightingId);
    await work.tx
      .update(task)
      .set({
        state,
        outcome: null,
        resumes: null,
        resultMethod: null,
        sightingId: null,
        endedAt: null,
        reasonId: await keepText(work, incidentId, reason),
      })
      .where(eq(task.id, taskId));
    work.append({ kind: 'taskUndone', incidentId, observedAt: work.now, payload: { incidentId, taskId } });
    work.audit({ action: 'task.undo', resource: taskId, incidentId });
    await followTasks(work, unitId);
    return { taskId };
  });
}

/** Withdraws the search as it stands now: the desk may have corrected it, or withdrawn it already. */
async function withdrawSearch(work: Work, incidentId: string, sightingId: string): Promise<void> {
  const search = await sightingAccess(work.tx, sightingId);
  if (!search) return;
  if (search.replacedBy !== null) return withdrawSearch(work, incidentId, search.replacedBy);
  if (!search.withdrawn) await markWithdrawn(work, incidentId, sightingId);
}
