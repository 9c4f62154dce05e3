/** Makes episodes: a function of region and seed. Pure. */
import type { Random } from '#domain/random.ts';
import { createRandom } from '#domain/random.ts';
import type { LngLat } from '#road/geo.ts';
import { cameraFacts } from './cameras.ts';
import { normal, weighted } from './chance.ts';
import { findHideout, type Hideout, scripts } from './destination.ts';
import { driveOf } from './drive.ts';
import { type ArenaTruthPoint, departedDoubtS, type Episode } from './episode.ts';
import { pingsOf } from './radio.ts';
import type { ArenaRegion } from './region.ts';

const horizonS = 90 * 60;
const unitCount = 8;
/** How many of them stand at the station. */
const atStation = 2;
/** From the road to where she stays. */
const lastStepS = 5;

/** @throws {RangeError} where the region has no road from which another place can be reached */
export function makeEpisode(region: ArenaRegion, seed: number): Episode {
  const random = createRandom(seed).fork('arena');
  const id = `e${seed}`;
  const script =
    scripts[
      weighted(
        random,
        scripts.map(({ share }) => share),
      )
    ]!;
  const leftS = -Math.round(random.range(600, 2100));
  const { home, truth } = journey(region, script, leftS, random.fork('journey'));
  const sightings = [
    ...pingsOf(id, region.antennas, truth, random.fork('phone')),
    ...cameraFacts(id, region.cameras, truth, random.fork('cameras')),
  ].map(sighting => ({ ...sighting, atS: toMs(sighting.atS), receivedS: toMs(sighting.receivedS) }));
  return {
    id,
    scamType: script.scamType,
    home,
    alertAt: Date.UTC(2026, 0, 5, 1 + random.int(9), random.int(60)),
    departedS: Math.round(leftS + departedDoubtS * normal(random)),
    horizonS,
    truth,
    sightings: sightings.sort((a, b) => a.receivedS - b.receivedS),
    units: placeUnits(region, random.fork('units')),
  };
}

/** Files hold milliseconds, so nothing in an episode is finer. */
const toMs = (seconds: number): number => Math.round(seconds * 1000) / 1000;

function journey(
  region: ArenaRegion,
  script: (typeof scripts)[number],
  leftS: number,
  random: Random,
): { home: LngLat; truth: ArenaTruthPoint[] } {
  const { points, driving } = region;
  for (let attempt = 0; attempt < 200; attempt++) {
    const one = random.fork(`attempt-${attempt}`);
    const from = points.snap(homePoint(region, one));
    const reach = driving.router.reachFrom(from);
    const hideout = reach && findHideout(region, reach, script, one);
    const drive = hideout && driveOf(region.graph, from, hideout.snap, leftS, one);
    if (!drive || drive.length < 2) continue;
    const home = { lng: from.position[0], lat: from.position[1] };
    const truth = [
      { atS: leftS - 600, ...home, mode: 'atPlace' as const },
      ...drive,
      ...stay(hideout, drive.at(-1)!.atS),
    ];
    return { home: from.position, truth };
  }
  throw new RangeError(
    'The region has no home from which a road leads to a hideout; expected a road network with at least two junctions.',
  );
}

function stay({ at: [lng, lat], mode, placeId }: Hideout, arrivedS: number): ArenaTruthPoint[] {
  const place = placeId === undefined ? {} : { placeId };
  const here = { lng, lat, mode, ...place };
  return [
    { atS: arrivedS + lastStepS, ...here },
    { atS: Math.max(arrivedS, horizonS) + 3600, ...here },
  ];
}

function homePoint({ points }: ArenaRegion, random: Random): number {
  let point = random.int(points.count);
  for (let attempt = 0; attempt < 2000; attempt++, point = random.int(points.count)) {
    if (['residential', 'livingStreet'].includes(points.roadClass(point))) return point;
  }
  return point;
}

/** Two at the busiest station (or the densest of some places), the others over ordinary roads, more where there are more. */
function placeUnits(region: ArenaRegion, random: Random): Episode['units'] {
  const { points } = region;
  const base = baseOf(region);
  return Array.from({ length: unitCount }, (_, i) => {
    let at = base;
    for (let attempt = 0; i >= atStation && attempt < 500; attempt++) {
      const point = random.int(points.count);
      at = points.at(point);
      if (!points.isFast(point) && random.next() < points.countNear(at, 400) / 60) break;
    }
    return { id: `u${i + 1}`, at };
  });
}

const bases = new WeakMap<ArenaRegion, LngLat>();
function baseOf(region: ArenaRegion): LngLat {
  const known = bases.get(region);
  if (known) return known;
  const { points, stations } = region;
  const random = createRandom(4242);
  const candidates =
    stations.length > 0 ? stations : Array.from({ length: 60 }, () => points.at(random.int(points.count)));
  const around = candidates.map(at => points.countNear(at, 600));
  const base = candidates[around.indexOf(Math.max(...around))]!;
  bases.set(region, base);
  return base;
}
