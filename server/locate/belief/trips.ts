/** Trips that she may have made and may still make, for whoever runs on from what is believed now. */
import type { Ground } from '#locate/ground.ts';
import { isBehindDoors } from '#locate/ground.ts';
import type { LngLat } from '#road/geo.ts';
import type { Family } from './family.ts';
import type { Weights } from './weights.ts';

/** `mode` holds from this point to the next one. */
export interface TripPoint {
  /** Seconds from now. */
  atS: number;
  at: LngLat;
  mode: 'atPlace' | 'parked' | 'driving' | 'onFoot';
}

/** A trip from now on; null: she is somewhere else altogether, or nobody can say where the trip leads. */
export type SampledTrip = TripPoint[] | null;

/** A drive is told by where it has come to at every so many seconds. */
const stepS = 10;

/**
 * `count` trips, each as likely as the others: systematic sampling (Madow 1949), in the order of the families.
 * @param u in [0, 1): which of the samples
 */
export function sampleTrips(
  families: readonly Family[],
  weights: Weights,
  { nowS, horizonS, count, u }: { nowS: number; horizonS: number; count: number; u: number },
): SampledTrip[] {
  const trips: SampledTrip[] = [];
  let passed = 0;
  families.forEach((family, f) => {
    weights.trips[f]!.forEach((weight, h) => {
      if (weight <= 0) return;
      passed += weight;
      if (trips.length >= Math.min(count, passed * count - u)) return;
      const trip = tripFrom(family, h, nowS, horizonS);
      while (trips.length < Math.min(count, passed * count - u)) trips.push(trip);
    });
  });
  while (trips.length < count) trips.push(null);
  return trips;
}

function tripFrom(family: Family, h: number, nowS: number, horizonS: number): SampledTrip {
  const points: TripPoint[] = [];
  for (let atS = 0; atS <= horizonS; atS += stepS) {
    const spot = family.spotAt(h, nowS + atS);
    if (spot < 0) return null;
    const at = positionOf(family.ground, spot);
    const mode = modeOf(family, h, nowS + atS, spot);
    const [before, last] = points.slice(-2);
    const stays = last && before && [before, last].every(point => isSame(point, at, mode));
    if (stays) last.atS = atS;
    else points.push({ atS, at, mode });
  }
  return points;
}

const isSame = (point: TripPoint, at: LngLat, mode: TripPoint['mode']): boolean =>
  point.mode === mode && point.at[0] === at[0] && point.at[1] === at[1];

function positionOf({ cellCount, cellLng, cellLat, targets }: Ground, spot: number): LngLat {
  return spot < cellCount ? [cellLng[spot]!, cellLat[spot]!] : targets[spot - cellCount]!.position;
}

function modeOf(family: Family, h: number, atS: number, spot: number): TripPoint['mode'] {
  const { ground, hypotheses } = family;
  const place = spot < ground.cellCount ? undefined : ground.targets[spot - ground.cellCount];
  if (place) return isBehindDoors(place.kind) ? 'atPlace' : 'parked';
  // Before she leaves and when she is back she is in the house, not on the road before it.
  if (family.approach === null && (atS < hypotheses.departS[h]! || family.isBack(h, atS))) return 'atPlace';
  if (hypotheses.foot[h] === 1) return family.stands(h, atS) ? 'atPlace' : 'onFoot';
  return family.stands(h, atS) ? 'parked' : 'driving';
}
