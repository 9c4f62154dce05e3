import { eq } from 'drizzle-orm';
import { wallPin } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { loadIncident } from '../incident/load.ts';
import { type Call, perform } from '../unit-of-work.ts';

/** Takes an incident off the wall. When it is not there, nothing changes. */
export async function unpinFromWall(deps: ServiceDeps, call: Call, incidentId: string): Promise<void> {
  await perform(deps, call, async work => {
    await loadIncident(work.tx, work.actor, 'wallPin.set', incidentId, 'update');
    const gone = await work.tx
      .delete(wallPin)
      .where(eq(wallPin.incidentId, incidentId))
      .returning({ incidentId: wallPin.incidentId });
    if (gone.length === 0) return {};
    work.append({ kind: 'wallUnpinned', incidentId, observedAt: work.now, payload: { incidentId } });
    work.audit({ action: 'wall.unpin', resource: incidentId, incidentId });
    return {};
  });
}
