import type { SightingView } from '#contract/sighting.ts';
import { sightingViews } from '../../../db/queries/sighting-views.ts';
import { traceLook } from '../../../db/schema/index.ts';
import type { Actor } from '../../auth/actor.ts';
import { lookContextOf } from '../../auth/reach.ts';
import type { ServiceDeps } from '../../deps.ts';
import { withGrant } from './authorise.ts';

/**
 * Opens an incident's trace for this session: its streams carry the sightings from now on, until the incident closes,
 * the authority ends or the session does. Gives what is known so far.
 */
export async function openLook(
  deps: ServiceDeps,
  actor: Actor,
  incidentId: string,
  reasonHeader: string | undefined,
): Promise<{ lookId: string; sightings: SightingView[] }> {
  const look = await withGrant(
    deps,
    actor,
    incidentId,
    reasonHeader,
    async (work, { user, authority, reason }) => {
      const lookId = work.id('lok');
      await work.tx.insert(traceLook).values({
        id: lookId,
        incidentId,
        sessionId: user.sessionId,
        userId: user.userId,
        authorityId: authority.id,
        reason,
        openedAt: work.at,
      });
      work.audit({
        action: 'trace.open',
        resource: lookId,
        incidentId,
        reason,
        detail: { authorityId: authority.id },
      });
      return { lookId, sessionId: user.sessionId, authorityId: authority.id };
    },
  );
  const { lookId, sessionId, authorityId } = look;
  deps.bus.publish({ topic: 'lookOpened', sessionId, incidentId, authorityId });
  const sightings = await deps.database.read(
    tx => sightingViews(tx, incidentId),
    lookContextOf(actor, incidentId, deps.clock.now()),
  );
  return { lookId, sightings };
}
