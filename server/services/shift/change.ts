import { eq } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import { shiftBodySchema, type ShiftPatch } from '#contract/roster.ts';
import { shiftById } from '../../../db/queries/shift.ts';
import { shift, shiftOfficer } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';
import { announceShift } from './announce.ts';
import { requirePlannable } from './check.ts';
import { loadShift } from './load.ts';
import { planOf, writeCrew } from './plan.ts';

/** Changes a shift's times, crew or vehicle. Throws notFound, forbidden, invalidBody, conflict as planning does. */
export function changeShift(
  deps: ServiceDeps,
  call: Call,
  shiftId: string,
  patch: ShiftPatch,
): Promise<Done<{ shiftId: string }>> {
  return perform(deps, call, async work => {
    const known = await loadShift(work, shiftId);
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    const merged = shiftBodySchema.safeParse({ ...known, ...given });
    if (!merged.success) {
      throw new CodedError('invalidBody', `body field endsAt: ${merged.error.issues[0]?.message ?? ''}`);
    }
    const plan = planOf(merged.data);
    await requirePlannable(work, plan, shiftId);
    const { vehicleId, from: startsAt, to: endsAt } = plan;
    await work.tx.update(shift).set({ vehicleId, startsAt, endsAt }).where(eq(shift.id, shiftId));
    await work.tx.delete(shiftOfficer).where(eq(shiftOfficer.shiftId, shiftId));
    await writeCrew(work, shiftId, plan.officerIds);
    announceShift(work, 'shiftChanged', (await shiftById(work.tx, shiftId))!);
    work.audit({ action: 'shift.change', resource: shiftId, detail: { changed: Object.keys(given) } });
    return { shiftId };
  });
}
