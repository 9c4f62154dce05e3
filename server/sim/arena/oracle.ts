/** The limits of what is possible: units that are told where she is, and where she will be. Pure. */
import type { Snap } from '#road/access.ts';
import { distanceM, type LngLat } from '#road/geo.ts';
import type { Reach } from '#road/router.ts';
import { isWithin } from '../search.ts';
import { truthAt } from '../truth.ts';
import type { Episode } from './episode.ts';
import { staysOf } from './finding.ts';
import type { Outcome } from './play.ts';
import type { ArenaRegion, ArenaTarget } from './region.ts';

/** While she moves, the meeting is looked for every so many seconds; where she stays it is exact. */
export const oracleStepS = 5;

/** The nearest unit drives straight to where it meets her first. */
export function oracle(
  region: ArenaRegion,
  episode: Episode,
  targets: readonly ArenaTarget[] = region.spots,
): Outcome {
  return firstMeeting(region, episode, targets, 0);
}

/** Units wait for the first sighting by antenna, camera or network, and are then told the truth, to come included. */
export function toldAtFirst(
  region: ArenaRegion,
  episode: Episode,
  targets: readonly ArenaTarget[] = region.spots,
): Outcome {
  const first = episode.sightings.find(({ kind }) => kind === 'cell' || kind === 'camera' || kind === 'fix');
  return firstMeeting(region, episode, targets, first?.receivedS ?? episode.horizonS);
}

/** The unit that is somewhere first. */
interface Drive {
  inS: number;
  from: Snap;
  to: Snap;
}

function firstMeeting(
  region: ArenaRegion,
  episode: Episode,
  targets: readonly ArenaTarget[],
  fromS: number,
): Outcome {
  const { driving } = region;
  const starts = episode.units.flatMap(({ at }) => driving.snap(at) ?? []);
  const units = starts.flatMap(from => {
    const reach = driving.router.reachFrom(from);
    return reach ? [{ from, reach }] : [];
  });
  const { truth, horizonS } = episode;
  let best: { atS: number; drive: Drive | null } = { atS: horizonS, drive: null };
  for (const stay of staysOf(truth)) {
    const drive = soonest(units, standPoints(region, targets, stay.at));
    const atS = Math.max(stay.fromS, fromS + (drive?.inS ?? Infinity));
    if (atS < Math.min(stay.toS, best.atS)) best = { atS, drive };
  }
  for (let atS = Math.max(0, Math.ceil(fromS)); atS < best.atS; atS += oracleStepS) {
    const { at, mode } = truthAt(truth, atS);
    const snap = mode === 'driving' || mode === 'onFoot' ? driving.snap(at) : null;
    const drive = snap && soonest(units, [snap]);
    if (drive && fromS + drive.inS <= atS) best = { atS, drive };
  }
  const found = best.atS < horizonS;
  return { foundS: best.atS, found, km: found && best.drive ? lengthKm(region, best.drive) : 0 };
}

function soonest(units: readonly { from: Snap; reach: Reach }[], points: readonly Snap[]): Drive | null {
  let best: Drive | null = null;
  for (const { from, reach } of units) {
    for (const to of points) {
      const inS = reach.secondsAt(to);
      if (inS < (best?.inS ?? Infinity)) best = { inS, from, to };
    }
  }
  return best;
}

function lengthKm({ driving, graph }: ArenaRegion, { from, to }: Drive): number {
  const pieces = driving.way(from, to)?.pieces ?? [];
  const lengthM = pieces.reduce(
    (sum, { edge, first, second }) => sum + Math.abs(second - first) * graph.edgeLengthM[edge]!,
    0,
  );
  return Math.round(lengthM / 10) / 100;
}

/** From where somebody who stays at `at` can be met: there, from the road beside it, or by looking at a target round it. */
function standPoints({ driving, points }: ArenaRegion, targets: readonly ArenaTarget[], at: LngLat): Snap[] {
  const near = targets.filter(target => distanceM(target.position, at) < 800 && isWithin(target, at));
  const beside = points.within(at, 60).map(point => points.snap(point));
  const here = driving.snap(at);
  return [
    ...(here ? [here] : []),
    ...beside,
    ...near.flatMap(({ position }) => driving.snap(position) ?? []),
  ];
}
