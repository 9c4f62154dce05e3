import { eq } from 'drizzle-orm';
import type { ResultBody } from '#contract/task.ts';
import type { TaskRow } from '../../../db/queries/task.ts';
import { task } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { keepText } from '../keep-text.ts';
import { requirePast } from '../sighting/store.ts';
import { writeSighting } from '../sighting/record.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';
import { followTasks } from './follow-tasks.ts';
import { loadTask, requireMove } from './load.ts';

/**
 * Ends a task with what was seen. 'Not here' and 'blocked' write the search into the trace, in the same transaction;
 * 'found' closes nothing by itself: people decide what follows. Throws notFound, forbidden, alreadyClosed, conflict,
 * invalidBody for a time in the future.
 */
export function reportResult(
  deps: ServiceDeps,
  call: Call,
  taskId: string,
  result: ResultBody,
): Promise<Done<{ taskId: string }>> {
  return perform(deps, call, async work => {
    const known = await loadTask(work, 'task.answer', taskId);
    const { outcome, method } = result;
    const { state, resumes } = requireMove(known, { kind: 'result', outcome });
    const observedAt = requirePast(work, result.observedAt).toISOString();
    const { incidentId, unitId } = known;
    const sightingId = await writeSearch(work, known, result);
    await work.tx
      .update(task)
      .set({
        state,
        outcome,
        resumes,
        resultMethod: method,
        sightingId,
        endedAt: work.at,
        noteId: await keepText(work, incidentId, result.note),
      })
      .where(eq(task.id, taskId));
    work.append({
      kind: 'taskResult',
      incidentId,
      observedAt,
      payload: { incidentId, taskId, outcome, method, sightingId },
    });
    work.audit({ action: 'task.result', resource: taskId, incidentId, detail: { outcome, method } });
    await followTasks(work, unitId);
    return { taskId };
  });
}

/** The id of the search in the trace; null when she was found: that is no search but an end. */
async function writeSearch(
  work: Work,
  { incidentId, unitId, placeId, segmentId }: TaskRow,
  { outcome, method, observedAt }: ResultBody,
): Promise<string | null> {
  if (outcome === 'found') return null;
  const target = placeId === null ? { segmentId: segmentId ?? '' } : { placeId };
  return writeSighting(work, incidentId, {
    kind: 'search',
    source: 'task',
    observedAt,
    unitId,
    method,
    outcome,
    ...target,
  });
}
