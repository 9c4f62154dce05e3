/** Where she goes: by the truth's own habits, which are not the filter's prior, and one time in five against them. Pure. */
import type { ScamType } from '#contract/alert.ts';
import type { PlaceKind } from '#contract/place.ts';
import type { Random } from '#domain/random.ts';
import type { Snap } from '#road/access.ts';
import { type LngLat, positionAlong } from '#road/geo.ts';
import type { Reach } from '#road/router.ts';
import { offset } from '../travel.ts';
import type { Mode } from '../truth.ts';
import { weighted } from './chance.ts';
import type { ArenaRegion, Spot } from './region.ts';

type Habits = readonly (readonly [share: number, kinds: readonly PlaceKind[]])[];
interface Script {
  scamType: ScamType;
  share: number;
  habits: Habits;
  /** The farther by this many seconds, the less likely by a factor e. */
  decayS: number;
}

const hotels: PlaceKind[] = ['hotel', 'guestHouse'];
export const scripts: readonly Script[] = [
  {
    scamType: 'fakePolice',
    share: 0.5,
    decayS: 600,
    habits: [
      [0.2, ['carPark']],
      [0.3, ['quietRoad']],
      [0.18, ['industrialRoad']],
      [0.17, hotels],
      [0.15, ['park']],
    ],
  },
  {
    scamType: 'courier',
    share: 0.25,
    decayS: 420,
    habits: [
      [0.45, ['bank']],
      [0.2, ['atm']],
      [0.15, ['quietRoad']],
      [0.2, ['carPark']],
    ],
  },
  {
    scamType: 'other',
    share: 0.25,
    decayS: 540,
    habits: [
      [0.25, ['carPark']],
      [0.25, ['quietRoad']],
      [0.15, ['bank']],
      [0.1, ['park']],
      [0.1, ['industrialRoad']],
      [0.1, hotels],
      [0.05, ['atm']],
    ],
  },
];

/** Where and how she stays. */
export interface Hideout {
  at: LngLat;
  /** Where she leaves the road for it. */
  snap: Snap;
  mode: Mode;
  kind: PlaceKind | 'offPrior';
  placeId?: string;
}

const offPriorShare = 0.2;
const offPriorDecayS = 900;
/** Nobody is lured to next door. */
const leastDriveS = 30;

/** @param reach from her home */
export function findHideout(
  region: ArenaRegion,
  reach: Reach,
  script: Script,
  random: Random,
): Hideout | null {
  if (random.chance(offPriorShare)) return anywhere(region, reach, random);
  return usual(region, reach, script, random) ?? anywhere(region, reach, random);
}

function usual(
  { spots, driving }: ArenaRegion,
  reach: Reach,
  script: Script,
  random: Random,
): Hideout | null {
  const habits = script.habits.map(([share, kinds]) => ({
    share,
    spots: spots.filter(spot => kinds.includes(spot.kind)),
  }));
  const open = habits.filter(habit => habit.spots.length > 0);
  const habit =
    open[
      weighted(
        random,
        open.map(({ share }) => share),
      )
    ];
  if (!habit) return null;
  const weights = habit.spots.map(spot => attraction(spot, reach, script.decayS));
  const spot = habit.spots[weighted(random, weights)];
  if (!spot?.snap) return null;
  if (!spot.path) {
    const at = offset(spot.position, random.range(0, 40), random.range(0, 360));
    const mode: Mode = spot.kind === 'carPark' || spot.kind === 'park' ? 'parked' : 'atPlace';
    return { at, snap: spot.snap, mode, kind: spot.kind, placeId: spot.id };
  }
  const snap = driving.snap(positionAlong(spot.path, random.range(0, spot.lengthM)));
  return snap && { at: atKerb(snap.position, random), snap, mode: 'parked', kind: spot.kind };
}

function attraction({ snap, path, quiet, lengthM }: Spot, reach: Reach, decayS: number): number {
  const driveS = snap ? reach.secondsAt(snap) : Infinity;
  if (driveS < leastDriveS || driveS === Infinity) return 0;
  const lonely = path ? (0.1 + quiet ** 1.5) * Math.min(1, lengthM / 300) : 1;
  return Math.exp(-driveS / decayS) * lonely;
}

/** Any roadside but that of a fast road, nearer ones first. */
function anywhere({ points }: ArenaRegion, reach: Reach, random: Random): Hideout | null {
  for (let attempt = 0; attempt < 5000; attempt++) {
    const point = random.int(points.count);
    if (points.isFast(point)) continue;
    const snap = points.snap(point);
    const driveS = reach.secondsAt(snap);
    if (driveS > 1800 || random.next() > Math.exp(-driveS / offPriorDecayS)) continue;
    return { at: atKerb(snap.position, random), snap, mode: 'parked', kind: 'offPrior' };
  }
  return null;
}

const atKerb = (at: LngLat, random: Random): LngLat =>
  offset(offset(at, random.range(-8, 8), 0), random.range(-8, 8), 90);
