import { eq } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import { shiftsAheadOfVehicle } from '../../../db/queries/shift.ts';
import { vehicle } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';
import { loadVehicle } from './change.ts';

/** Takes a vehicle off the roster; past shifts keep it. Throws notFound, forbidden, conflict while shifts are ahead. */
export function removeVehicle(
  deps: ServiceDeps,
  call: Call,
  vehicleId: string,
): Promise<Done<{ vehicleId: string }>> {
  return perform(deps, call, async work => {
    const { plate } = await loadVehicle(work, vehicleId);
    const [ahead] = await shiftsAheadOfVehicle(work.tx, vehicleId, work.at);
    if (ahead) {
      throw new CodedError(
        'conflict',
        `${plate} is planned for ${ahead.callsign} until ${ahead.endsAt}; expected a vehicle with no shifts ahead`,
      );
    }
    await work.tx.update(vehicle).set({ removedAt: work.at }).where(eq(vehicle.id, vehicleId));
    work.audit({ action: 'vehicle.remove', resource: vehicleId });
    return { vehicleId };
  });
}
