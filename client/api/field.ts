import type { OwnFix, SharingView } from '#contract/field.ts';
import type { PositionsReply } from '#contract/position.ts';
import type { TaskView } from '#contract/task.ts';
import type { unitItemSchema } from '#contract/unit-view.ts';
import type { z } from 'zod';
import { call } from './http.ts';

export type UnitItem = z.infer<typeof unitItemSchema>;

/** A unit has some tasks a day: the newest hundred hold today's. */
const mostTasks = 100;

export const fetchTasksOfUnit = async (unitId: string, signal?: AbortSignal): Promise<TaskView[]> =>
  (
    await call<{ items: TaskView[] }>('GET', '/api/tasks', {
      query: { unitId, limit: mostTasks },
      signal,
    })
  ).items;

export const fetchUnits = async (signal: AbortSignal): Promise<UnitItem[]> =>
  (await call<{ items: UnitItem[] }>('GET', '/api/units', { query: { limit: 1000 }, signal })).items;

/** A change of a task under a key of its own, so that sending it again is the same change. */
export const sendAnswer = (path: string, body: unknown, key: string) =>
  call<unknown>('POST', path, { body, key });

export const fetchSharing = (signal: AbortSignal) =>
  call<SharingView>('GET', '/api/field/sharing', { signal });
export const startSharing = (unitId: string) =>
  call<SharingView>('PUT', '/api/field/sharing', { body: { unitId } });
export const stopSharing = () => call<void>('DELETE', '/api/field/sharing');
export const sendOwnFixes = (fixes: OwnFix[]) =>
  call<PositionsReply>('POST', '/api/field/positions', { body: fixes });
