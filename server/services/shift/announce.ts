import type { ShiftRow } from '../../../db/queries/shift.ts';
import type { Work } from '../unit-of-work.ts';

/** Tells the log of a shift as it is now: ids and counts, nobody's name. */
export function announceShift(work: Work, kind: 'shiftPlanned' | 'shiftChanged', shift: ShiftRow): void {
  const { id: shiftId, unitId, startsAt, endsAt, crew } = shift;
  work.append({ kind, observedAt: work.now, payload: { shiftId, unitId, startsAt, endsAt, crew } });
}
