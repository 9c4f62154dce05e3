import { type ShiftRow, shiftById } from '../../../db/queries/shift.ts';
import { noSuch, requireAllowed } from '../guard.ts';
import type { Work } from '../unit-of-work.ts';

/** A shift of a unit that the planner may plan for, locked. Throws notFound, forbidden. */
export async function loadShift(work: Work, shiftId: string): Promise<ShiftRow> {
  requireAllowed(work.actor, 'roster.plan');
  const shift = await shiftById(work.tx, shiftId);
  if (!shift) throw noSuch('shift', shiftId);
  requireAllowed(work.actor, 'roster.plan', { stationId: shift.stationId }, { what: 'shift', id: shiftId });
  return shift;
}
