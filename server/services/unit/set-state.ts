import { eq } from 'drizzle-orm';
import type { UnitState } from '#contract/unit.ts';
import { unitById } from '../../../db/queries/units.ts';
import { unit } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { noSuch, requireAllowed } from '../guard.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';

/** Says what a unit is doing. Saying the same again changes nothing. Throws notFound, forbidden. */
export function setUnitState(
  deps: ServiceDeps,
  call: Call,
  unitId: string,
  state: UnitState,
): Promise<Done<{ unitId: string; state: UnitState }>> {
  return perform(deps, call, async work => {
    requireAllowed(work.actor, 'unit.setState');
    const known = await unitById(work.tx, unitId, 'update');
    if (!known) throw noSuch('unit', unitId);
    requireAllowed(work.actor, 'unit.setState', { stationId: known.stationId }, { what: 'unit', id: unitId });
    if (known.state !== state) {
      await work.tx.update(unit).set({ state }).where(eq(unit.id, unitId));
      work.append({ kind: 'unitStateChanged', observedAt: work.now, payload: { unitId, state } });
      work.audit({ action: 'unit.setState', resource: unitId, detail: { state } });
    }
    return { unitId, state };
  });
}
