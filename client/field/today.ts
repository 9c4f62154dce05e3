/** How the page orders a unit's tasks. Pure. */
import type { TaskView } from '#contract/task.ts';
import { isOpenTask } from '#domain/task.ts';
import { dayStart } from '../admin/roster/timeline.ts';

/** Which open task a crew works on: the one that it has come farthest with; of equals the oldest. */
const progress = { arrived: 0, accepted: 1, ordered: 2, done: 3, refused: 3, cancelled: 3 } as const;

export function openTasks(tasks: readonly TaskView[]): TaskView[] {
  return tasks
    .filter(isOpenTask)
    .toSorted(
      (a, b) =>
        progress[a.state] - progress[b.state] ||
        a.orderedAt.localeCompare(b.orderedAt) ||
        a.id.localeCompare(b.id),
    );
}

/** What ended on the day of `nowMs` in Shanghai, newest first. */
export const endedToday = (tasks: readonly TaskView[], nowMs: number): TaskView[] =>
  tasks
    .filter(({ endedAt }) => endedAt !== null && dayStart(Date.parse(endedAt)) === dayStart(nowMs))
    .toSorted((a, b) => Date.parse(b.endedAt!) - Date.parse(a.endedAt!) || b.id.localeCompare(a.id));
