/** Today's figures and who is on duty, as the wall counts them from the world that it is sent. Pure. */
import { dutyOf } from '#domain/roster.ts';
import { dayOf, dayStartMs } from '#domain/shanghai.ts';
import type { World, WorldIncident, WorldUnit } from '#domain/world.ts';
import { staleAfterMs } from '../map/sources/unit-looks.ts';

export interface DayFigures {
  /** Incidents opened today. */
  alerts: number;
  /** Of today's: those whose meeting is over, held or not, and those that were met in time. */
  due: number;
  metInTime: number;
  /** Meetings held today, of incidents of any day. */
  met: number;
  /** Yuan held by stop-payments that were answered today. */
  heldYuan: number;
  /** Open now, however old. */
  open: number;
}

/** A share of fewer says nothing. */
const leastForRate = 5;

/** Figures of the day of Shanghai that `nowMs` lies in. */
export function figuresOfDay(incidents: World['incidents'], nowMs: number): DayFigures {
  const fromMs = dayStartMs(dayOf(nowMs));
  const today = (at: string | null) => at !== null && Date.parse(at) >= fromMs;
  const all = Object.values(incidents);
  const opened = all.filter(({ openedAt }) => today(openedAt));
  const ends = opened.map(meetingEnd);
  const sum = (values: (number | null)[]) => values.reduce<number>((total, value) => total + (value ?? 0), 0);
  return {
    alerts: opened.length,
    due: ends.filter(end => end !== null).length,
    metInTime: ends.filter(end => end === 'met').length,
    met: sum(all.map(({ loop }) => Object.values(loop.meetings).filter(({ at }) => today(at)).length)),
    heldYuan: sum(
      all.flatMap(({ loop }) =>
        Object.values(loop.stops).map(({ changedAt, amountHeld }) => (today(changedAt) ? amountHeld : 0)),
      ),
    ),
    open: all.filter(({ state }) => state === 'open').length,
  };
}

/** How the meeting ended by its clock: in time, late, or not over yet (null). */
function meetingEnd({ loop }: WorldIncident): 'met' | 'late' | null {
  const clocks = Object.values(loop.clocks).filter(
    ({ kind, outcome }) => kind === 'meeting' && outcome !== 'void',
  );
  if (clocks.some(({ outcome }) => outcome === 'late')) return 'late';
  return clocks.some(({ outcome }) => outcome === 'met') ? 'met' : null;
}

/** Share met in time; null while too few meetings are over to say. */
export const meetingRate = ({ metInTime, due }: DayFigures): number | null =>
  due < leastForRate ? null : metInTime / due;

export interface StationDuty {
  stationId: string;
  free: number;
  busy: number;
  /** Nothing was heard of them lately, whatever they were doing. */
  silent: number;
}

/** Units on duty at `nowMs` by station, the one with most first, ids break ties. `fixAtMs`: newest fix of a unit, NaN without any. */
export function dutyByStation(
  units: World['units'],
  fixAtMs: (unit: WorldUnit) => number,
  nowMs: number,
): StationDuty[] {
  const duty = new Map<string, StationDuty>();
  for (const unit of Object.values(units)) {
    if (unit.stationId === null || unit.state === 'outOfService' || !dutyOf(unit, nowMs).onDuty) continue;
    const { stationId } = unit;
    const of = duty.get(stationId) ?? { stationId, free: 0, busy: 0, silent: 0 };
    const heard = nowMs - fixAtMs(unit) < staleAfterMs;
    of[!heard ? 'silent' : unit.state === 'available' ? 'free' : 'busy']++;
    duty.set(stationId, of);
  }
  return [...duty.values()].toSorted(
    (a, b) => totalOf(b) - totalOf(a) || a.stationId.localeCompare(b.stationId),
  );
}

/** All units of a station that are on duty. */
export const totalOf = ({ free, busy, silent }: StationDuty): number => free + busy + silent;
