import { eq } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import type { VehiclePatch, VehicleView } from '#contract/roster.ts';
import { lockVehicle, vehicleWithPlate } from '../../../db/queries/vehicle.ts';
import { vehicle } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { noSuch, requireAllowed } from '../guard.ts';
import { requirePlannedStation } from '../officer/create.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';

/**
 * Changes what is known of a vehicle. One that goes out of service stays in the shifts that name it: the board shows
 * that they lack one. Throws notFound, forbidden, invalidBody, conflict for a taken plate.
 */
export function changeVehicle(
  deps: ServiceDeps,
  call: Call,
  vehicleId: string,
  patch: VehiclePatch,
): Promise<Done<{ vehicleId: string }>> {
  return perform(deps, call, async work => {
    const known = await loadVehicle(work, vehicleId);
    if (patch.stationId !== undefined) await requirePlannedStation(work, patch.stationId);
    if (patch.plate !== undefined && (await vehicleWithPlate(work.tx, patch.plate, vehicleId)))
      throw new CodedError('conflict', `the plate ${patch.plate} is taken`);
    const { plate, kind, stationId, inService } = { ...known, ...patch };
    await work.tx.update(vehicle).set({ plate, kind, stationId, inService }).where(eq(vehicle.id, vehicleId));
    work.audit({ action: 'vehicle.change', resource: vehicleId, detail: { changed: Object.keys(patch) } });
    return { vehicleId };
  });
}

/** A vehicle of a station whose roster the caller plans, locked. Throws notFound, forbidden. */
export async function loadVehicle(work: Work, vehicleId: string): Promise<VehicleView> {
  requireAllowed(work.actor, 'roster.plan');
  const known = await lockVehicle(work.tx, vehicleId);
  if (!known) throw noSuch('vehicle', vehicleId);
  requireAllowed(
    work.actor,
    'roster.plan',
    { stationId: known.stationId },
    { what: 'vehicle', id: vehicleId },
  );
  return known;
}
