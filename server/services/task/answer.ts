import { eq } from 'drizzle-orm';
import type { AnswerBody } from '#contract/task.ts';
import { isOpenTask, type TaskAnswer } from '#domain/task.ts';
import { task } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { keepText } from '../keep-text.ts';
import { requirePast } from '../sighting/store.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';
import { followTasks } from './follow-tasks.ts';
import { loadTask, requireMove } from './load.ts';

/**
 * Records what became of an order before its result: accepted, refused, arrived, a call for help, or cancelled by the
 * centre. Throws notFound, forbidden, alreadyClosed; conflict when the task is not in a state for it; invalidBody for a
 * time in the future.
 */
export function answerTask(
  deps: ServiceDeps,
  call: Call,
  taskId: string,
  answer: TaskAnswer,
  { reason, observedAt }: AnswerBody,
): Promise<Done<{ taskId: string }>> {
  return perform(deps, call, async work => {
    const known = await loadTask(work, answer === 'cancelled' ? 'task.order' : 'task.answer', taskId);
    const at = observedAt === undefined ? work.at : requirePast(work, observedAt);
    const { state, helpAt } = requireMove(known, { kind: answer, at: at.toISOString() });
    const { incidentId, unitId } = known;
    const reasonId = await keepText(work, incidentId, reason);
    await work.tx
      .update(task)
      .set({
        state,
        helpAt: helpAt === null ? null : new Date(helpAt),
        ...(answer === 'accepted' && { acceptedAt: at }),
        ...(answer === 'arrived' && { arrivedAt: at }),
        ...(!isOpenTask({ state }) && { endedAt: at }),
        ...(reasonId !== null && { reasonId }),
      })
      .where(eq(task.id, taskId));
    work.append({
      kind: 'taskAnswered',
      incidentId,
      observedAt: at.toISOString(),
      payload: { incidentId, taskId, answer },
    });
    work.audit({ action: 'task.answer', resource: taskId, incidentId, detail: { answer } });
    await followTasks(work, unitId);
    return { taskId };
  });
}
