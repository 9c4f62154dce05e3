import { distanceM } from '#road/geo.ts';
import type { LngLat, MapSighting } from '../scene.ts';

/**
 * What a camera says of the time since somebody left: she passed it; it worked all the time and saw nothing; it went
 * down on the way, so it saw nothing up to then; it was down, so it says nothing.
 */
export type CameraWatch = 'hit' | 'sawNothing' | 'partly' | 'down';

/** A hit is told by position: systems name cameras differently, but put them in the same place. */
const SAME_PLACE_M = 40;

/**
 * What a camera says between `sinceAt` and now (ms since 1970).
 * @param downSinceAt since when it is known to be down; null while it works
 * @param hits camera sightings of the open trace
 */
export function cameraWatch(
  camera: { position: LngLat; downSinceAt: number | null },
  hits: readonly MapSighting[],
  sinceAt: number,
): CameraWatch {
  const hit = hits.some(
    sighting =>
      sighting.kind === 'camera' &&
      !sighting.withdrawn &&
      sighting.observedAt >= sinceAt &&
      distanceM(sighting.position, camera.position) <= SAME_PLACE_M,
  );
  if (hit) return 'hit';
  if (camera.downSinceAt === null) return 'sawNothing';
  return camera.downSinceAt <= sinceAt ? 'down' : 'partly';
}
