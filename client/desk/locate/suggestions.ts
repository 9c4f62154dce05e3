/** The plan as the desk lists it: per unit, what is ordered and what is suggested. Pure. */
import { isOpenTask } from '#domain/task.ts';
import type { WorldTask } from '#domain/world.ts';
import type { PlannedTask, PlanView } from '../../api/locate.ts';

/** How a planned task stands by the newest that was heard, which may be more than the plan knew. */
export type RowState = 'suggested' | WorldTask['state'];

export interface PlanRow {
  /** Names a suggestion across plans: who looks where. */
  key: string;
  unitId: string;
  /** Of its unit's tasks, from 1. */
  order: number;
  task: PlannedTask;
  state: RowState;
  outcome: WorldTask['outcome'];
}

export interface PlanGroup {
  unitId: string;
  rows: PlanRow[];
}

export const keyOf = (unitId: string, placeId: string): string => `${unitId} ${placeId}`;

/**
 * Units with what they are to do, those first whose looks are likeliest to find her; without the suggestions that
 * somebody refused.
 */
export function groupsOf(
  plan: PlanView,
  tasks: readonly WorldTask[],
  refused: ReadonlySet<string>,
): PlanGroup[] {
  const groups = groupsIn(plan, tasks).flatMap(({ unitId, rows: all }) => {
    const rows = all.filter(({ key, state }) => state !== 'suggested' || !refused.has(key));
    return rows.length > 0 ? [{ unitId, rows }] : [];
  });
  return groups.toSorted((a, b) => worth(b) - worth(a));
}

/** The suggestions that somebody refused, in the plan's order. */
export const refusedOf = (
  plan: PlanView,
  tasks: readonly WorldTask[],
  refused: ReadonlySet<string>,
): PlanRow[] => suggestionsOf(groupsIn(plan, tasks)).filter(({ key }) => refused.has(key));

const groupsIn = (plan: PlanView, tasks: readonly WorldTask[]): PlanGroup[] =>
  plan.routes.map(({ unitId, tasks: planned }) => ({
    unitId,
    rows: planned.map((task, index) => rowOf(unitId, index + 1, task, tasks)),
  }));

const worth = ({ rows }: PlanGroup): number => rows.reduce((sum, { task }) => sum + task.pos, 0);

function rowOf(unitId: string, order: number, task: PlannedTask, tasks: readonly WorldTask[]): PlanRow {
  const { placeId } = task.place;
  const live = tasks.find(
    each =>
      each.id === task.taskRef ||
      (each.unitId === unitId && (each.placeId ?? each.segmentId) === placeId && isOpenTask(each)),
  );
  return {
    key: keyOf(unitId, placeId),
    unitId,
    order,
    task,
    state: live?.state ?? task.state,
    outcome: live?.outcome ?? null,
  };
}

/** As many results of a unit stay beside what comes next. */
const mostEnded = 2;

/** The last results of a unit, the newest last. */
export const endedOf = (tasks: readonly WorldTask[], unitId: string): WorldTask[] =>
  tasks
    .filter(task => task.unitId === unitId && task.outcome !== null)
    .toSorted((a, b) => a.changedAt.localeCompare(b.changedAt))
    .slice(-mostEnded);

/** What nobody has been sent to yet, as it is listed. */
export const suggestionsOf = (groups: readonly PlanGroup[]): PlanRow[] =>
  groups.flatMap(({ rows }) => rows.filter(({ state }) => state === 'suggested'));

/** For 'all at once': each unit's next suggestion, unless the unit has something to do already. */
export const firstOfEach = (groups: readonly PlanGroup[]): PlanRow[] =>
  groups.flatMap(({ rows }) => {
    const next = rows.find(({ state }) => state !== 'done' && state !== 'refused' && state !== 'cancelled');
    return next?.state === 'suggested' ? [next] : [];
  });

/** The suggestion below (1) or above (-1) the selected one; the first when that one is no longer there. */
export function step(keys: readonly string[], selected: string | null, by: 1 | -1): string | null {
  const at = selected === null ? -1 : keys.indexOf(selected);
  if (at < 0) return keys[0] ?? null;
  return keys[Math.max(0, Math.min(keys.length - 1, at + by))] ?? null;
}

/** The selected suggestion while it is there, else the next one of its unit, else the first. */
export function replacement(keys: readonly string[], selected: string | null): string | null {
  if (selected !== null && keys.includes(selected)) return selected;
  const unit = selected?.split(' ')[0];
  return keys.find(key => key.split(' ')[0] === unit) ?? keys[0] ?? null;
}

/** The suggestion after `key`, for when that one has been dealt with; the one before it at the end of the list. */
export function neighbour(keys: readonly string[], key: string): string | null {
  const at = keys.indexOf(key);
  return keys[at + 1] ?? keys[at - 1] ?? null;
}
