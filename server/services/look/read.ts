import type { SightingItem } from '#contract/sighting-view.ts';
import { sightingFlags } from '../../../db/queries/sighting-flags.ts';
import { sightingViews } from '../../../db/queries/sighting-views.ts';
import type { Tx } from '../../../db/transaction.ts';
import type { Actor } from '../../auth/actor.ts';
import { lookContextOf } from '../../auth/reach.ts';
import type { ServiceDeps } from '../../deps.ts';
import { withGrant } from './authorise.ts';

/**
 * One look at the sightings, withdrawn and corrected ones too, without opening the trace on the stream. Read after
 * the audit row is committed.
 */
export async function readTrace(
  deps: ServiceDeps,
  actor: Actor,
  incidentId: string,
  reasonHeader: string | undefined,
): Promise<SightingItem[]> {
  await withGrant(deps, actor, incidentId, reasonHeader, async (work, { authority, reason }) =>
    work.audit({
      action: 'trace.read',
      resource: incidentId,
      incidentId,
      reason,
      detail: { authorityId: authority.id, what: 'sightings' },
    }),
  );
  return deps.database.read(
    tx => sightingItems(tx, incidentId),
    lookContextOf(actor, incidentId, deps.clock.now()),
  );
}

/** The sightings with whether each still counts. Ask only after the look's audit row is committed. */
export async function sightingItems(tx: Tx, incidentId: string): Promise<SightingItem[]> {
  const flags = await sightingFlags(tx, incidentId);
  const views = await sightingViews(tx, incidentId);
  return views.map(view => ({
    ...view,
    ...(flags.get(view.id) ?? { withdrawn: false, replacedBy: null }),
  }));
}
