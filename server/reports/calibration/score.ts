/** One belief held against where she was found. Pure. */
import { booleanPointInPolygon, distance } from '@turf/turf';
import type { Position } from '#contract/common.ts';
import type { PosteriorView } from '#contract/posterior.ts';

export interface Score {
  inside50: boolean;
  inside80: boolean;
  inside90: boolean;
  inside95: boolean;
  /** −log2 of the probability that was given to the ground around the place. */
  bits: number;
}

/** As far as one sees who stands at the place: what was believed within it counts as believed of the place. */
export const aroundM = 300;
/** Less is not told apart: no belief is charged with more than 20 bits. */
const leastMass = 2 ** -20;

export type Judged = Pick<PosteriorView, 'regions' | 'places' | 'cells'>;

export function scoreOf(belief: Judged, found: Position): Score {
  const { p50, p80, p90, p95 } = belief.regions;
  const holds = (region: typeof p50): boolean =>
    region.coordinates.length > 0 && booleanPointInPolygon([found.lng, found.lat], region);
  return {
    inside50: holds(p50),
    inside80: holds(p80),
    inside90: holds(p90),
    inside95: holds(p95),
    bits: -Math.log2(Math.max(leastMass, massAround(belief, found))),
  };
}

/** The probability of places and road cells within `aroundM` of a position. */
function massAround({ places, cells }: Judged, { lng, lat }: Position): number {
  const isNear = (at: Position): boolean =>
    distance([lng, lat], [at.lng, at.lat], { units: 'meters' }) <= aroundM;
  let mass = 0;
  for (const { position, poa } of places) if (isNear(position)) mass += poa;
  for (const [i, p] of cells.p.entries()) if (isNear({ lng: cells.lng[i]!, lat: cells.lat[i]! })) mass += p;
  return Math.min(1, mass);
}
