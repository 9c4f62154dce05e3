import { CodedError } from '#contract/errors.ts';
import type { VehicleBody } from '#contract/roster.ts';
import { vehicle } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { requirePlannedStation } from '../officer/create.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';

/** Adds a vehicle. Throws forbidden, invalidBody for an unknown station, conflict when the plate is taken. */
export function createVehicle(
  deps: ServiceDeps,
  call: Call,
  { plate, kind, stationId, inService }: VehicleBody,
): Promise<Done<{ vehicleId: string }>> {
  return perform(deps, call, async work => {
    await requirePlannedStation(work, stationId ?? null);
    const vehicleId = work.id('veh');
    const made = await work.tx
      .insert(vehicle)
      .values({
        id: vehicleId,
        plate,
        kind,
        stationId: stationId ?? null,
        inService,
        createdAt: work.at,
      })
      .onConflictDoNothing()
      .returning({ id: vehicle.id });
    if (made.length === 0) throw new CodedError('conflict', `the plate ${plate} is taken`);
    work.audit({ action: 'vehicle.create', resource: vehicleId });
    return { vehicleId };
  });
}
