import type { Position } from '#contract/common.ts';
import { CodedError } from '#contract/errors.ts';
import { defaultMaxSnapM, type Snap } from '#road/access.ts';
import type { RoadRouter } from '#road/router.ts';
import { ownRoads, type RoadService } from '#road/service.ts';
import type { AppDeps } from '../deps.ts';

/** What answers about roads (the router, the matcher), or notFound where no region is installed. */
export function requireRoads<T>(roads: T | null): T {
  if (roads === null) throw new CodedError('notFound', 'no region is installed, so there are no roads');
  return roads;
}

/** The position on the network; badRequest names the field when there is no road near it. */
export function requireSnap(router: RoadRouter, { lng, lat }: Position, field: string): Snap {
  const snap = router.snap([lng, lat]);
  if (!snap) {
    throw new CodedError('badRequest', `${field}: no road within ${defaultMaxSnapM} m of ${lng}, ${lat}`, {
      field,
      maxSnapM: defaultMaxSnapM,
    });
  }
  return snap;
}

/**
 * Who answers questions about the roads now. The outside engine knows nothing of closed roads, so while there are any
 * the answers are our own.
 */
export function roadService({ router, outsideRoads }: Pick<AppDeps, 'router' | 'outsideRoads'>): RoadService {
  const installed = requireRoads(router);
  const own = ownRoads(installed);
  return outsideRoads && !installed.hasClosures ? outsideRoads.orElse(own) : own;
}
