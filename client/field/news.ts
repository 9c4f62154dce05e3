/** What happened to a unit's tasks without its crew: nothing is given, changed or taken away silently. Pure. */
import type { TaskView } from '#contract/task.ts';
import { isOpenTask, type TaskOutcome, type TaskState } from '#domain/task.ts';

/** As much of a task as tells whether something happened to it. */
export interface KnownTask {
  state: TaskState;
  outcome: TaskOutcome | null;
  place: string;
}
/** By task; null: this unit has not been looked at yet. */
export type Known = Readonly<Record<string, KnownTask>> | null;

/**
 * `ordered`: a new task. `cancelled`: the centre took it back. `recorded`: the desk answered for the crew. `reopened`:
 * the desk took a result back. `gone`: it is no longer among the unit's tasks.
 */
export interface News {
  kind: 'ordered' | 'cancelled' | 'recorded' | 'reopened' | 'gone';
  taskId: string;
  place: string;
  state: TaskState | null;
  outcome: TaskOutcome | null;
  /** Why it was cancelled, if that was said. */
  reason: string | null;
  /** When the page learned of it: ms since 1970. */
  at: number;
}

const rank: Record<TaskState, number> = {
  ordered: 0,
  accepted: 1,
  arrived: 2,
  done: 3,
  refused: 3,
  cancelled: 3,
};

type NameOf = (task: TaskView) => string;
const nothing: ReadonlySet<string> = new Set();

/**
 * What the crew knows when it has seen the unit's tasks as the server tells them. `pending`: tasks that it has said
 * something to which the server may or may not have heard; of these it knows what it knew.
 */
export const knownOf = (
  tasks: readonly TaskView[],
  nameOf: NameOf,
  before: Known = null,
  pending = nothing,
): NonNullable<Known> =>
  Object.fromEntries(
    tasks.map(task => {
      const kept = pending.has(task.id) && task.state !== 'cancelled' ? before?.[task.id] : undefined;
      return [task.id, kept ?? { state: task.state, outcome: task.outcome, place: nameOf(task) }];
    }),
  );

/**
 * News between what the crew knew and the unit's tasks as the server tells them. Nothing on the first look at a unit:
 * all of it is on the screen then. Of a task that is pending only that it was taken away.
 */
export function newsBetween(
  known: Known,
  tasks: readonly TaskView[],
  nameOf: NameOf,
  at: number,
  pending = nothing,
): News[] {
  if (!known) return [];
  const found = tasks.flatMap(task => {
    const kind = whatHappened(known[task.id], task);
    if (!kind || (pending.has(task.id) && kind !== 'cancelled')) return [];
    const { id: taskId, state, outcome, reason } = task;
    const news: News = { kind, taskId, place: nameOf(task), state, outcome, reason, at };
    return news;
  });
  const here = new Set(tasks.map(({ id }) => id));
  const gone = Object.entries(known).flatMap(([taskId, { state, place }]): News[] =>
    here.has(taskId) || !isOpenTask({ state })
      ? []
      : [{ kind: 'gone', taskId, place, state: null, outcome: null, reason: null, at }],
  );
  return [...found, ...gone];
}

function whatHappened(before: KnownTask | undefined, task: TaskView): News['kind'] | null {
  if (!before) return isOpenTask(task) ? 'ordered' : null;
  if (before.state === task.state && before.outcome === task.outcome) return null;
  if (rank[before.state] === 3 && isOpenTask(task)) return 'reopened';
  if (task.state === 'cancelled') return 'cancelled';
  return rank[task.state] >= rank[before.state] ? 'recorded' : null;
}

/** News with later ones: of one task and kind the last counts, and one that was taken back again is not new any more. */
export function mergeNews(before: readonly News[], more: readonly News[]): News[] {
  const over = new Set(more.map(({ taskId }) => taskId));
  return [...before.filter(({ taskId }) => !over.has(taskId)), ...more];
}
