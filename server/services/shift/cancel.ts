import { eq } from 'drizzle-orm';
import { shift } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';
import { loadShift } from './load.ts';

/** Takes a shift out of the plan; the log keeps that it was there. Throws notFound, forbidden. */
export function cancelShift(
  deps: ServiceDeps,
  call: Call,
  shiftId: string,
): Promise<Done<{ shiftId: string }>> {
  return perform(deps, call, async work => {
    const { unitId } = await loadShift(work, shiftId);
    await work.tx.update(shift).set({ cancelledAt: work.at }).where(eq(shift.id, shiftId));
    work.append({ kind: 'shiftCancelled', observedAt: work.now, payload: { shiftId, unitId } });
    work.audit({ action: 'shift.cancel', resource: shiftId, detail: { unitId } });
    return { shiftId };
  });
}
