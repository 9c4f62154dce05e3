/** How sure an arrival is: driving times spread, and a car whose fix is old is somewhere it could have got to since. */
import type { PlanUnit, Spread } from './types.ts';

/** Sd of the logarithm of driving times about the engine's: signals, traffic, the driver. */
const drivingSd = 0.22;
/** Setting off and finding the spot, whatever the distance. */
const leastSdS = 20;
/** Nine in ten of a standard normal lie below it. */
const z90 = 1.2816;
/** Of somebody anywhere between as much nearer and as much farther, uniformly, one in ten is nearer than 0.8 of it. */
const uniform90 = 0.8;
/** Fixes this young are where the car is. */
const freshS = 15;

/** Seconds by which a moving car may be nearer, or farther away, than its last fix says. */
export const unseenS = ({ moving, fixAgeS }: Pick<PlanUnit, 'moving' | 'fixAgeS'>): number =>
  moving ? Math.max(0, fixAgeS - freshS) : 0;

/**
 * @param p50 seconds until it is there
 * @param drivingS how much of that is driving: the time spreads log-normally
 * @param unseen see `unseenS`; 0 once the unit has been somewhere known
 */
export function arrivalSpread(p50: number, drivingS: number, unseen: number): Spread {
  const sd = drivingS > 0 ? Math.hypot(drivingSd, leastSdS / Math.max(drivingS, leastSdS * 2)) : 0;
  const sooner = Math.hypot(drivingS * (1 - Math.exp(-z90 * sd)), uniform90 * unseen);
  const later = Math.hypot(drivingS * (Math.exp(z90 * sd) - 1), uniform90 * unseen);
  return { p10: Math.max(0, p50 - Math.min(sooner, drivingS)), p50, p90: p50 + later };
}
