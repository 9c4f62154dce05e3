import { CodedError } from '#contract/errors.ts';
import type { PinPart } from '#contract/wall-pin.ts';
import { wallPin } from '../../../db/schema/index.ts';
import type { Actor } from '../../auth/actor.ts';
import type { ServiceDeps } from '../../deps.ts';
import { requireAllowed } from '../guard.ts';
import { withGrant } from '../look/authorise.ts';

/**
 * Puts a redacted view of an incident on the wall, under the conditions of a look at its trace, until its authority ends; again
 * with other parts replaces it. Break-glass opens a trace to one leader, not to a room. Throws traceNotAllowed, notFound,
 * forbidden, conflict.
 */
export async function pinToWall(
  deps: ServiceDeps,
  actor: Actor,
  incidentId: string,
  reasonHeader: string | undefined,
  show: PinPart[],
): Promise<{ incidentId: string; untilAt: string }> {
  requireAllowed(actor, 'wallPin.set');
  return withGrant(deps, actor, incidentId, reasonHeader, async (work, { user, authority, reason }) => {
    if (authority.breakGlass)
      throw new CodedError('conflict', 'expected an approved authority: break-glass is for one leader alone');
    const untilAt = new Date(authority.expiresAt);
    const columns = {
      authorityId: authority.id,
      show,
      pinnedBy: user.userId,
      pinnedAt: work.at,
      untilAt,
    };
    await work.tx
      .insert(wallPin)
      .values({ incidentId, ...columns })
      .onConflictDoUpdate({ target: wallPin.incidentId, set: columns });
    const payload = { incidentId, authorityId: authority.id, show, untilAt: untilAt.toISOString() };
    work.append({ kind: 'wallPinned', incidentId, observedAt: work.now, payload });
    const detail = { authorityId: authority.id, show };
    work.audit({ action: 'wall.pin', resource: incidentId, incidentId, reason, detail });
    return { incidentId, untilAt: payload.untilAt };
  });
}
