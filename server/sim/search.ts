/** What a search takes and how likely it finds her who is there: one table for everybody (locate-model.md, the arena). Pure. */
import type { PlaceKind } from '#contract/place.ts';
import type { SearchMethod } from '#contract/sighting.ts';
import { distanceM } from '#road/geo.ts';
import type { LngLat } from './travel.ts';

/** She counts as being at a place, or on a segment, within this distance of it. */
const foundWithinM = 60;
/** A crew that drives by within this distance of her parked car may notice it. */
export const noticedWithinM = 30;
export const noticedChance = 0.3;

export interface SearchTarget {
  kind: PlaceKind;
  position: LngLat;
  /** A segment's line. */
  path: LngLat[] | null;
  areaHa?: number;
}

interface Search {
  durationS: number;
  /** Probability of finding her when she is there all the time. */
  pod: number;
}

/** What looking at a target in this way takes and is worth. */
export function searchOf(target: SearchTarget, method: SearchMethod): Search {
  if (target.path) return { durationS: (lengthOf(target.path) / 500) * 120, pod: 0.8 };
  if (method === 'driveBy') return { durationS: 60, pod: 0.4 };
  if (target.kind === 'residence') return { durationS: 180, pod: 0.95 };
  if (method === 'walkThrough')
    return { durationS: Math.min(900, Math.max(60, 360 * (target.areaHa ?? 0.5))), pod: 0.75 };
  return { durationS: 240, pod: 0.9 };
}

/** Whether somebody at `at` is where the search looks. */
export function isWithin(target: SearchTarget, at: LngLat): boolean {
  return (target.path ? metresToLine(target.path, at) : distanceM(target.position, at)) <= foundWithinM;
}

export const lengthOf = (line: readonly LngLat[]): number =>
  line.slice(1).reduce((sum, at, i) => sum + distanceM(line[i]!, at), 0);

/** Metres from a point to the nearest point of a line. */
export function metresToLine(line: readonly LngLat[], at: LngLat): number {
  if (line.length === 1) return distanceM(line[0]!, at);
  let least = Infinity;
  for (let i = 1; i < line.length; i++)
    least = Math.min(least, distanceM(at, nearestOn(line[i - 1]!, line[i]!, at)));
  return least;
}

/** Degrees are as good as metres for the foot of a perpendicular once longitudes are shrunk to latitude's scale. */
function nearestOn(from: LngLat, to: LngLat, at: LngLat): LngLat {
  const shrink = Math.cos((at[1] * Math.PI) / 180);
  const east = (to[0] - from[0]) * shrink;
  const north = to[1] - from[1];
  const squared = east * east + north * north;
  if (squared === 0) return from;
  const share = ((at[0] - from[0]) * shrink * east + (at[1] - from[1]) * north) / squared;
  const clamped = Math.min(1, Math.max(0, share));
  return [from[0] + (to[0] - from[0]) * clamped, from[1] + (to[1] - from[1]) * clamped];
}
