/** Who is on duty, until when, and what planning must not do. Pure; instants are ISO 8601, `nowMs` ms since 1970. */
import type { Crew, UnitState } from '#contract/unit.ts';
import type { WorldShift } from './world.ts';

/** Shifts this near to now say whether there is a roster at all; older ones are forgotten. */
export const rosterWindowMs = 36 * 3_600_000;

/**
 * `noRoster`: nobody planned anything for this unit, so it counts as on duty. `onShift`; `notYet`: its next shift
 * comes; `shiftEnded`: its last one is over and none follows.
 */
export const dutyReasons = ['noRoster', 'onShift', 'notYet', 'shiftEnded'] as const;
export type DutyReason = (typeof dutyReasons)[number];

export interface Duty {
  onDuty: boolean;
  why: DutyReason;
  /** On shift: when it ends. After one: when it ended. */
  until: string | null;
  /** When the unit's next shift begins, if one is planned. */
  next: string | null;
  /** Who is in the unit now: of the shift, else as the unit was set up. */
  crew: Crew;
}

interface Planned {
  crew: Crew;
  shifts: readonly WorldShift[];
}

/** Whether a unit is on duty at `nowMs`. A shift counts from its first instant to just before its last. */
export function dutyOf({ crew, shifts }: Planned, nowMs: number): Duty {
  const near = shifts.filter(
    ({ startsAt, endsAt }) =>
      Date.parse(endsAt) > nowMs - rosterWindowMs && Date.parse(startsAt) < nowMs + rosterWindowMs,
  );
  const next = first(shifts.filter(({ startsAt }) => Date.parse(startsAt) > nowMs))?.startsAt ?? null;
  if (near.length === 0) return { onDuty: true, why: 'noRoster', until: null, next, crew };
  const current = near.find(
    ({ startsAt, endsAt }) => Date.parse(startsAt) <= nowMs && nowMs < Date.parse(endsAt),
  );
  if (current) {
    return { onDuty: true, why: 'onShift', until: current.endsAt, next, crew: current.crew };
  }
  const over = near.filter(({ endsAt }) => Date.parse(endsAt) <= nowMs).map(({ endsAt }) => endsAt);
  const until = over.length > 0 ? over.reduce((a, b) => (Date.parse(a) > Date.parse(b) ? a : b)) : null;
  return { onDuty: false, why: next === null ? 'shiftEnded' : 'notYet', until, next, crew };
}

const byStart = (a: WorldShift, b: WorldShift) =>
  Date.parse(a.startsAt) - Date.parse(b.startsAt) || (a.id < b.id ? -1 : 1);
const first = (shifts: readonly WorldShift[]): WorldShift | undefined => shifts.toSorted(byStart)[0];

/** The shifts with this one planned or changed, in order of time, without those that were long over at `atMs`. */
export function withShift(
  shifts: readonly WorldShift[],
  shift: WorldShift,
  atMs: number,
): readonly WorldShift[] {
  return [...withoutShift(shifts, shift.id), shift]
    .filter(({ endsAt }) => Date.parse(endsAt) > atMs - rosterWindowMs)
    .toSorted(byStart);
}

export const withoutShift = (shifts: readonly WorldShift[], id: string): readonly WorldShift[] =>
  shifts.filter(shift => shift.id !== id);

/** When something begins and ends. */
export interface Span {
  startsAt: string;
  endsAt: string;
}

/** Whether two spans share any time; one that begins as the other ends does not. */
export const overlaps = (a: Span, b: Span): boolean =>
  Date.parse(a.startsAt) < Date.parse(b.endsAt) && Date.parse(b.startsAt) < Date.parse(a.endsAt);

/** Why a unit is not offered: nobody works, it is out of service, it never reported, or not for long. */
export const unavailableReasons = ['offDuty', 'outOfService', 'noFix', 'oldFix'] as const;
export type UnavailableReason = (typeof unavailableReasons)[number];

/** A fix older than this says where a unit was, not where it is. */
const freshMs = 10 * 60_000;

/** Why a unit cannot be offered for an order at `nowMs`; null when it can. `fixAtMs`: of its newest fix, if any. */
export function whyUnavailable(
  unit: Planned & { state: UnitState },
  fixAtMs: number | undefined,
  nowMs: number,
): UnavailableReason | null {
  if (unit.state === 'outOfService') return 'outOfService';
  if (!dutyOf(unit, nowMs).onDuty) return 'offDuty';
  if (fixAtMs === undefined) return 'noFix';
  return nowMs - fixAtMs < freshMs ? null : 'oldFix';
}
