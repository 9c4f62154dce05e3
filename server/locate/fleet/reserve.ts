/** What it costs to leave stations without anybody near who is free (after Larson and Odoni, Urban Operations Research). */
import type { Snap } from '#road/access.ts';
import type { RoadRouter } from '#road/router.ts';
import type { PlanUnit } from '../plan/index.ts';

/** A station whose area somebody should stay near to. */
export interface Ward {
  id: string;
  at: Snap;
  /** What an alert there would be worth, times how likely one comes while the others are busy. */
  weight: number;
}

export interface Cover {
  /** Wards × units: seconds until the unit is there. */
  arriveS: Float64Array;
  /** Wards × units: the units of each ward, the soonest first. */
  soonest: Uint16Array;
  wards: readonly Ward[];
  unitCount: number;
  withinS: number;
}

export function coverOf(
  router: RoadRouter,
  wards: readonly Ward[],
  units: readonly PlanUnit[],
  withinS: number,
): Cover {
  const fromUnits = router.matrix(
    units.map(unit => unit.at),
    wards.map(ward => ward.at),
  );
  const arriveS = new Float64Array(wards.length * units.length);
  wards.forEach((_, w) => {
    units.forEach(({ freeInS }, u) => {
      arriveS[w * units.length + u] = freeInS + fromUnits[u * wards.length + w]!;
    });
  });
  const soonest = new Uint16Array(arriveS.length);
  wards.forEach((_, w) => {
    const row = arriveS.subarray(w * units.length, (w + 1) * units.length);
    const order = Uint16Array.from(row.keys()).sort((a, b) => row[a]! - row[b]! || a - b);
    soonest.set(order, w * units.length);
  });
  return { arriveS, soonest, wards, unitCount: units.length, withinS };
}

/** Seconds until the first of those who are free is at the ward; Infinity when nobody is. */
export function soonestAt(
  { arriveS, soonest, unitCount }: Cover,
  ward: number,
  isFree: (unit: number) => boolean,
): number {
  const first = ward * unitCount;
  for (let k = first; k < first + unitCount; k++)
    if (isFree(soonest[k]!)) return arriveS[first + soonest[k]!]!;
  return Infinity;
}

/** Σ weight · shortfall: none within the limit, all of it from twice the limit on, and evenly between. */
export function uncovered(cover: Cover, isFree: (unit: number) => boolean): number {
  return cover.wards.reduce((sum, { weight }, ward) => {
    const late = soonestAt(cover, ward, isFree) / cover.withinS - 1;
    return sum + weight * Math.min(1, Math.max(0, late));
  }, 0);
}
