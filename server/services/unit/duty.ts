import { type Duty, dutyOf, rosterWindowMs } from '#domain/roster.ts';
import type { Crew } from '#contract/unit.ts';
import { shiftsOfUnits } from '../../../db/queries/shift.ts';
import type { Tx } from '../../../db/transaction.ts';

/** Whether each of the units is on duty at an instant, by unit. */
export async function dutiesAt(
  tx: Tx,
  units: readonly { id: string; crew: Crew }[],
  at: Date,
): Promise<Map<string, Duty>> {
  const from = new Date(at.getTime() - rosterWindowMs);
  const to = new Date(at.getTime() + rosterWindowMs);
  const ids = units.map(({ id }) => id);
  const planned = Map.groupBy(await shiftsOfUnits(tx, ids, from, to), ({ unitId }) => unitId);
  return new Map(
    units.map(({ id, crew }) => [id, dutyOf({ crew, shifts: planned.get(id) ?? [] }, at.getTime())]),
  );
}
