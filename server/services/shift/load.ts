import { type ShiftRow, shiftById } from '../../../db/queries/shift.ts';
import { notFound, requireAllowed } from '../guard.ts';
import type { Work } from '../unit-of-work.ts';

/** A shift of a unit that the planner may plan for, locked. Throws notFound, forbidden. */
export async function loadShift(work: Work, shiftId: string): Promise<ShiftRow> {
  requireAllowed(work.actor, 'roster.plan');
  const shift = await shiftById(work.tx, shiftId);
  if (!shift) throw notFound('shift');
  requireAllowed(work.actor, 'roster.plan', { stationId: shift.stationId }, 'shift');
  return shift;
}
