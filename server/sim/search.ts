/** Who counts as found by a search, and who is noticed in passing. Pure. */
import type { SearchTarget } from '#domain/detection.ts';
import { distanceM, segmentDistanceM } from '#road/geo.ts';
import type { LngLat } from './travel.ts';

/** She counts as being at a place, or on a segment, within this distance of it. */
const foundWithinM = 60;
/** A crew that drives by within this distance of her parked car may notice it. */
export const noticedWithinM = 30;
export const noticedChance = 0.3;

/** Whether somebody at `at` is where the search looks. */
export function isWithin(target: SearchTarget, at: LngLat): boolean {
  return (target.path ? metresToLine(target.path, at) : distanceM(target.position, at)) <= foundWithinM;
}

/** Metres from a point to the nearest point of a line. */
export function metresToLine(line: readonly LngLat[], at: LngLat): number {
  if (line.length === 1) return distanceM(line[0]!, at);
  let least = Infinity;
  for (let i = 1; i < line.length; i++) least = Math.min(least, segmentDistanceM(line[i - 1]!, line[i]!, at));
  return least;
}
