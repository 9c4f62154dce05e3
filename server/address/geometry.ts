import { metresPerDegree, segmentDistanceM } from '#road/geo.ts';
import type { LngLat } from './gazetteer.ts';

/** Metres from a position to the nearest point of some lines; Infinity when that is more than `withinM`. */
export function lineDistanceM(lines: readonly LngLat[][], at: LngLat, withinM = Infinity): number {
  const latReach = withinM / metresPerDegree;
  let bestM = withinM;
  let found = false;
  for (const line of lines)
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1]!, line[i]!];
      // Most stretches are far to the north or south: those need no arithmetic.
      if (Math.min(a[1], b[1]) - at[1] > latReach || at[1] - Math.max(a[1], b[1]) > latReach) continue;
      const apartM = segmentDistanceM(a, b, at);
      if (apartM <= bestM) [bestM, found] = [apartM, true];
    }
  return found ? bestM : Infinity;
}
