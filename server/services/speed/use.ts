import { roadSetting } from '../../../db/queries/road-speeds.ts';
import { roadSetting as settingTable } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { requireAllowed } from '../guard.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';

/** Switches learned speeds on or off for everybody. Saying the same again changes nothing. Throws forbidden. */
export function useSpeeds(deps: ServiceDeps, call: Call, inUse: boolean): Promise<Done<{ inUse: boolean }>> {
  requireAllowed(call.actor, 'road.useSpeeds');
  return perform(deps, call, async work => {
    const { useSpeeds: before } = await roadSetting(work.tx, 'update');
    if (before !== inUse) {
      await work.tx.update(settingTable).set({ useSpeeds: inUse });
      work.audit({ action: 'road.useSpeeds', resource: 'road_speed', detail: { inUse } });
    }
    return { inUse };
  });
}
