/** When a look at a trace holds: asked again for every frame, of the world in memory. */
import type { World } from '#domain/world.ts';
import { can } from '../auth/policy.ts';
import type { Viewer } from './scope.ts';

/** A look that a session opened: its trace_look row and audit row are committed. */
export interface Look {
  incidentId: string;
  /** The authority that it rests on; another one does not carry it on. */
  authorityId: string;
}

/** Open incident, the viewer on it, the authority approved (or the viewer's own break-glass), neither revoked nor expired. */
export function lookHolds(viewer: Viewer, look: Look, world: World, nowMs: number): boolean {
  const incident = world.incidents[look.incidentId];
  const authority = incident?.authorities[look.authorityId];
  return (
    incident?.state === 'open' &&
    authority !== undefined &&
    (authority.approvedBy !== null ||
      (authority.breakGlass !== undefined && authority.requestedBy === viewer.userId)) &&
    !authority.revoked &&
    nowMs < Date.parse(authority.expiresAt) &&
    can(viewer, 'trace.look', incident) === 'allow'
  );
}
