/** Runs two futures of one moment on, on the same draws of where she is and with the same luck. Pure. */
import { createRandom } from '#domain/random.ts';
import type { SampledTrip } from '#locate/belief/trips.ts';
import type { Episode } from '../../sim/arena/episode.ts';
import { play } from '../../sim/arena/play.ts';
import type { ArenaRegion } from '../../sim/arena/region.ts';
import { type Comparison, compare } from './compare.ts';
import { type Change, changedBy, ordersFirst, type Standing } from './future.ts';

export interface Fork {
  /** The moment of the fork as `alertAt`; the luck of every run hangs on `seed` and the number of its draw. */
  case: Pick<Episode, 'scamType' | 'home' | 'alertAt'>;
  seed: number;
  horizonS: number;
  /** As `Belief.trips` gives them. */
  draws: readonly SampledTrip[];
  standing: Standing;
  changes: readonly Change[];
}

/** The result tells when she is met and never where. */
export function runWhatIf(region: ArenaRegion, fork: Fork): Comparison {
  const changed = changedBy(fork.standing, fork.changes);
  const asItWas = meetings(region, fork, fork.standing);
  // What changes nothing is not run again.
  const other = changed === fork.standing ? asItWas : meetings(region, fork, changed);
  return compare(asItWas, other, fork.horizonS, createRandom(fork.seed).fork('bootstrap'));
}

/** Seconds from the fork to the meeting in each draw; Infinity where she is not met within the horizon. */
export function meetings(
  region: ArenaRegion,
  { case: about, seed, horizonS, draws }: Fork,
  { units, facts, orders, policy }: Standing,
): number[] {
  return draws.map((trip, i) => {
    if (!trip) return Infinity;
    const episode: Episode = {
      ...about,
      id: `what-if-${seed}-${i}`,
      departedS: null,
      horizonS,
      truth: trip.map(({ atS, at: [lng, lat], mode }) => ({ atS, lng, lat, mode })),
      sightings: [...facts],
      units,
    };
    const { found, foundS } = play(region, episode, ordersFirst(orders, policy(region, episode)));
    return found ? foundS : Infinity;
  });
}
