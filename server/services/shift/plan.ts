import type { ShiftBody } from '#contract/roster.ts';
import { shiftById } from '../../../db/queries/shift.ts';
import { shift, shiftOfficer } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { requireAllowed } from '../guard.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';
import { announceShift } from './announce.ts';
import { requirePlannable, type ShiftPlan } from './check.ts';

/** The plan of a body; officers who are named twice count once. */
export const planOf = ({ unitId, vehicleId, officerIds, startsAt, endsAt }: ShiftBody): ShiftPlan => ({
  unitId,
  vehicleId: vehicleId ?? null,
  officerIds: [...new Set(officerIds)],
  from: new Date(startsAt),
  to: new Date(endsAt),
});

/** Plans a shift. Throws forbidden, invalidBody; conflict when unit, vehicle or an officer is in another one then. */
export function planShift(
  deps: ServiceDeps,
  call: Call,
  body: ShiftBody,
): Promise<Done<{ shiftId: string }>> {
  return perform(deps, call, async work => {
    requireAllowed(work.actor, 'roster.plan');
    return { shiftId: await writeShift(work, planOf(body)) };
  });
}

/** Checks, stores, logs and audits a new shift, and gives its id. */
export async function writeShift(work: Work, plan: ShiftPlan): Promise<string> {
  await requirePlannable(work, plan);
  const id = work.id('shf');
  const { unitId, vehicleId, from: startsAt, to: endsAt } = plan;
  await work.tx
    .insert(shift)
    .values({ id, unitId, vehicleId, startsAt, endsAt, plannedBy: work.actorId, plannedAt: work.at });
  await writeCrew(work, id, plan.officerIds);
  announceShift(work, 'shiftPlanned', (await shiftById(work.tx, id))!);
  work.audit({ action: 'shift.plan', resource: id, detail: { unitId } });
  return id;
}

/** Puts officers into a shift that has none. */
export async function writeCrew(work: Work, shiftId: string, officerIds: readonly string[]): Promise<void> {
  if (officerIds.length === 0) return;
  await work.tx.insert(shiftOfficer).values(officerIds.map(officerId => ({ shiftId, officerId })));
}
