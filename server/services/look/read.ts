import type { SightingView } from '#contract/sighting.ts';
import { sightingViews } from '../../../db/queries/sighting-views.ts';
import type { Actor } from '../../auth/actor.ts';
import type { ServiceDeps } from '../../deps.ts';
import { withGrant } from './authorise.ts';

/** One look at the sightings, without opening the trace on the stream. Read after the audit row is committed. */
export async function readTrace(
  deps: ServiceDeps,
  actor: Actor,
  incidentId: string,
  reasonHeader: string | undefined,
): Promise<SightingView[]> {
  await withGrant(deps, actor, incidentId, reasonHeader, async (work, { authority, reason }) =>
    work.audit({
      action: 'trace.read',
      resource: incidentId,
      incidentId,
      reason,
      detail: { authorityId: authority.id, what: 'sightings' },
    }),
  );
  return deps.database.read(tx => sightingViews(tx, incidentId));
}
