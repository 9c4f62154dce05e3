/** What a search takes and how likely it finds her who is there: one table for everybody (locate-model.md §3). Pure. */
import type { PlaceKind } from '#contract/place.ts';
import type { SearchMethod } from '#contract/sighting.ts';
import { lineLengthM, type LngLat } from '#road/geo.ts';

/** What is looked at. */
export interface SearchTarget {
  kind: PlaceKind;
  position: LngLat;
  /** A line's. */
  path: LngLat[] | null;
  areaHa?: number | null;
}

export interface Detection {
  durationS: number;
  /** Probability of finding her when she is there all the time. */
  pod: number;
}

/** What looking at a target in this way takes and is worth. */
export function detectionOf(target: SearchTarget, method: SearchMethod): Detection {
  if (target.path) return { durationS: (lineLengthM(target.path) / 500) * 120, pod: 0.8 };
  if (method === 'driveBy') return { durationS: 60, pod: 0.4 };
  if (target.kind === 'residence') return { durationS: 180, pod: 0.95 };
  if (method === 'walkThrough')
    return { durationS: Math.min(900, Math.max(60, 360 * (target.areaHa ?? 0.5))), pod: 0.75 };
  return { durationS: 240, pod: 0.9 };
}
