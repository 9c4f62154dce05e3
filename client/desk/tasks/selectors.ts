/** Questions about search tasks. Pure. */
import { isOpenTask } from '#domain/task.ts';
import type { World, WorldTask } from '#domain/world.ts';

const rank = (task: WorldTask): number => (isOpenTask(task) ? 0 : 1);
const newest = (a: WorldTask, b: WorldTask): number =>
  rank(a) - rank(b) || b.changedAt.localeCompare(a.changedAt) || b.id.localeCompare(a.id);

/** The tasks of an incident: open ones first, then what changed last. */
export const tasksOf = (tasks: World['tasks'], incidentId: string): readonly WorldTask[] =>
  Object.values(tasks)
    .filter(task => task.incidentId === incidentId)
    .toSorted(newest);

/** The open tasks of a unit, oldest first. */
export const openTasksOfUnit = (tasks: World['tasks'], unitId: string): readonly WorldTask[] =>
  Object.values(tasks)
    .filter(task => task.unitId === unitId && isOpenTask(task))
    .toSorted((a, b) => a.orderedAt.localeCompare(b.orderedAt));

/** What must not be overlooked: that she was found, and calls for help of crews that are still out. */
export function alarmsOf(tasks: readonly WorldTask[]): { found: WorldTask[]; help: WorldTask[] } {
  return {
    found: tasks.filter(({ outcome }) => outcome === 'found'),
    help: tasks.filter(task => task.helpAt !== null && isOpenTask(task)),
  };
}

/** Changes whenever anything about the tasks does. */
export const versionOf = (tasks: readonly WorldTask[]): string =>
  tasks.map(({ id, state, helpAt }) => `${id} ${state} ${helpAt}`).join(';');
