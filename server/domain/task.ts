/**
 * A search task: one unit is sent to look at one place or segment. How it moves on, pure.
 *
 * ordered → accepted → arrived → done, or refused, or cancelled. A crew that has no hands free reports by radio, so
 * a result may come from any open state. `help` is no state: it is a call that stands beside all of them.
 */
import type { PlaceKind } from '#contract/place.ts';
import type { SearchMethod } from '#contract/sighting.ts';
import type { Crew, UnitState } from '#contract/unit.ts';

export const taskStates = ['ordered', 'accepted', 'arrived', 'done', 'refused', 'cancelled'] as const;
export type TaskState = (typeof taskStates)[number];

export const taskOutcomes = ['found', 'notHere', 'blocked'] as const;
export type TaskOutcome = (typeof taskOutcomes)[number];

/** What may be answered to an order, beside its result. `cancelled` is the centre's. */
export const taskAnswers = ['accepted', 'refused', 'arrived', 'cancelled', 'help'] as const;
export type TaskAnswer = (typeof taskAnswers)[number];

/** As much of a task as decides what may happen to it next. Instants are ISO 8601. */
export interface TaskProgress {
  state: TaskState;
  outcome: TaskOutcome | null;
  /** The state that undoing the result leads back to. */
  resumes: TaskState | null;
  /** When help was last called for. */
  helpAt: string | null;
}

export const newTask: TaskProgress = { state: 'ordered', outcome: null, resumes: null, helpAt: null };

export type TaskMove =
  | { kind: TaskAnswer; at: string }
  | { kind: 'result'; outcome: TaskOutcome }
  | { kind: 'undo' };

const open = ['ordered', 'accepted', 'arrived'] as const satisfies readonly TaskState[];

/** The states from which a move may be made. */
const from: Record<TaskMove['kind'], readonly TaskState[]> = {
  accepted: ['ordered'],
  refused: ['ordered', 'accepted'],
  arrived: ['ordered', 'accepted'],
  cancelled: open,
  help: open,
  result: open,
  undo: ['done'],
};

export const isOpenTask = ({ state }: Pick<TaskProgress, 'state'>): boolean =>
  open.some(each => each === state);

/** The states in which `kind` may be done, for a refusal that says what was expected. */
export const statesBefore = (kind: TaskMove['kind']): readonly TaskState[] => from[kind];

/** The task after one move; undefined when the move is not open to it. */
export function moveTask(task: TaskProgress, move: TaskMove): TaskProgress | undefined {
  if (!from[move.kind].includes(task.state)) return undefined;
  switch (move.kind) {
    case 'help':
      return { ...task, helpAt: move.at };
    case 'result':
      return { ...task, state: 'done', outcome: move.outcome, resumes: task.state };
    case 'undo':
      return { ...task, state: task.resumes ?? 'ordered', outcome: null, resumes: null };
    default:
      return { ...task, state: move.kind };
  }
}

const stateByTask: [TaskState, UnitState][] = [
  ['arrived', 'onScene'],
  ['accepted', 'enRoute'],
  ['ordered', 'dispatched'],
];

/**
 * What a unit does, told from its open tasks: the one that has come farthest says it. With none left the unit is
 * available. A unit that is out of service stays so, whatever its tasks are.
 */
export function unitStateAfter(current: UnitState, tasks: readonly TaskState[]): UnitState {
  if (current === 'outOfService') return current;
  return stateByTask.find(([state]) => tasks.includes(state))?.[1] ?? 'available';
}

/** Whoever knocks includes a sworn officer: a crew without one may look, but must not meet the subject alone. */
export const needsSworn = (crew: Crew): boolean => crew.sworn === 0;

const methodByKind: Partial<Record<PlaceKind, SearchMethod>> = {
  bank: 'clerkAsked',
  atm: 'walkThrough',
  hotel: 'registerChecked',
  guestHouse: 'registerChecked',
  internetCafe: 'registerChecked',
  park: 'walkThrough',
  carPark: 'walkThrough',
  mall: 'walkThrough',
  station: 'walkThrough',
  hospital: 'clerkAsked',
  police: 'clerkAsked',
  office: 'gateAsked',
  school: 'gateAsked',
  residence: 'gateAsked',
  industrialRoad: 'driveBy',
  quietRoad: 'driveBy',
  street: 'driveBy',
};

/** How a place of this kind is looked at unless somebody says otherwise. */
export const defaultMethod = (kind: PlaceKind): SearchMethod => methodByKind[kind] ?? 'walkThrough';

/** Minutes that a look takes on site, after the detection table of the locate model: what an order takes beside the way. */
const minutesByMethod: Record<SearchMethod, number> = {
  driveBy: 1,
  walkThrough: 10,
  clerkAsked: 4,
  registerChecked: 4,
  gateAsked: 3,
};
export const searchMinutes = (method: SearchMethod): number => minutesByMethod[method];
