import type { OrderBody, ResultBody, TaskView } from '#contract/task.ts';
import { call } from './http.ts';

export type { TaskView };

/** What may be said to a task beside its result. */
export type TaskVerb = 'accept' | 'refuse' | 'arrive' | 'cancel' | 'help';

const at = (taskId: string, rest: string) => `/api/tasks/${encodeURIComponent(taskId)}/${rest}`;

export const fetchTasks = async (incidentId: string, signal: AbortSignal): Promise<TaskView[]> =>
  (
    await call<{ items: TaskView[] }>('GET', `/api/incidents/${encodeURIComponent(incidentId)}/tasks`, {
      signal,
    })
  ).items;

export const orderTask = (incidentId: string, body: OrderBody) =>
  call<{ taskId: string; needsSworn: boolean }>(
    'POST',
    `/api/incidents/${encodeURIComponent(incidentId)}/tasks`,
    { body },
  );

export const answerTask = (taskId: string, verb: TaskVerb, reason?: string) =>
  call<unknown>('POST', at(taskId, verb), { body: reason === undefined ? {} : { reason } });
export const reportResult = (taskId: string, body: ResultBody) =>
  call<unknown>('POST', at(taskId, 'result'), { body });
export const undoResult = (taskId: string, reason: string) =>
  call<unknown>('POST', at(taskId, 'undo'), { body: { reason } });
