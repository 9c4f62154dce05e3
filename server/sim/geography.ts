/** Where the demo's life happens: picked from the region's own reference data, so that any region can tell the story. */
import type { Random } from '#domain/random.ts';
import type {
  CameraSeed,
  CellSiteSeed,
  PlaceSeed,
  StationSeed,
  StorySeed,
  UnitSeed,
} from '../region/source.ts';
import { distanceM as metresBetween } from '#road/geo.ts';
import { bearingDeg, type LngLat } from './travel.ts';

export interface SegmentSeed {
  id: string;
  kind: 'industrialRoad' | 'quietRoad';
  name: string;
  line: LngLat[];
  lengthM: number;
}

/** The part of a region that the simulator walks in. */
export interface SimRegion {
  name: string;
  places: PlaceSeed[];
  segments: SegmentSeed[];
  stations: StationSeed[];
  cellSites: CellSiteSeed[];
  cameras: CameraSeed[];
  units: UnitSeed[];
  /** The region's own story; other ones are found by looking around. */
  story?: StorySeed;
}

export interface RouteLike {
  travelTimeS: number;
  distanceM: number;
  geometry: LngLat[];
}
export type FindRoute = (from: LngLat, to: LngLat) => RouteLike | null;

export interface StoryGeography {
  home: PlaceSeed;
  hideout: { name: string; position: LngLat };
  drive: RouteLike;
  /** Cameras that the drive passes, in order, with the metres driven when it does. */
  cameras: { camera: CameraSeed; afterM: number; courseDeg: number }[];
  /** What a squad would look at first: near her home, nearest first. */
  searches: PlaceSeed[];
}

const middle = (line: LngLat[]): LngLat => line[Math.floor(line.length / 2)]!;
const kindsOf = (region: SimRegion, ...kinds: PlaceSeed['kind'][]) =>
  region.places.filter(place => kinds.includes(place.kind));

interface Setting {
  home: PlaceSeed;
  hideout: StoryGeography['hideout'];
  drive: RouteLike;
}

/**
 * A home, a lonely road, the drive between them and what lies around: the region's own story when it has one and
 * `own` asks for it, else 8 to 25 minutes by road apart where the region allows. Null when the region has no place to
 * live or to hide.
 */
export function pickStory(
  region: SimRegion,
  findRoute: FindRoute,
  random: Random,
  own: boolean,
): StoryGeography | null {
  const setting = (own && toldByRegion(region, findRoute)) || lookAround(region, findRoute, random);
  if (!setting) return null;
  const fromHome = (place: PlaceSeed) => metresBetween(place.position, setting.home.position);
  const nearest = (kind: PlaceSeed['kind'], count: number) =>
    kindsOf(region, kind)
      .sort((a, b) => fromHome(a) - fromHome(b))
      .slice(0, count);
  return {
    ...setting,
    cameras: camerasAlong(region.cameras, setting.drive.geometry),
    searches: [...nearest('bank', 2), ...nearest('park', 2)],
  };
}

function toldByRegion({ story, places }: SimRegion, findRoute: FindRoute): Setting | null {
  const home = places.find(place => place.id === story?.homeId);
  const drive = story && home && findRoute(home.position, story.hideout.position);
  return drive ? { home, hideout: story.hideout, drive } : null;
}

function lookAround(region: SimRegion, findRoute: FindRoute, random: Random): Setting | null {
  const homes = kindsOf(region, 'residence', 'hotel', 'school', 'park');
  const industrial = region.segments.filter(segment => segment.kind === 'industrialRoad');
  const lonely = (industrial.length > 0 ? industrial : region.segments).filter(
    segment => segment.lengthM > 80,
  );
  if (homes.length === 0 || lonely.length === 0) return null;
  let farthest: Setting | null = null;
  for (let attempt = 0; attempt < 60; attempt++) {
    const segment = random.pick(lonely);
    const hideout = { name: segment.name, position: middle(segment.line) };
    const home = random.pick(homes);
    const drive = findRoute(home.position, hideout.position);
    if (!drive) continue;
    if (drive.travelTimeS > 480 && drive.travelTimeS < 1500) return { home, hideout, drive };
    if (!farthest || drive.travelTimeS > farthest.drive.travelTimeS) farthest = { home, hideout, drive };
  }
  return farthest;
}

function camerasAlong(cameras: CameraSeed[], line: LngLat[]): StoryGeography['cameras'] {
  const passed = new Map<string, { missM: number; seen: StoryGeography['cameras'][number] }>();
  let afterM = 0;
  for (let i = 1; i < line.length; i++) {
    const from = line[i - 1]!;
    const to = line[i]!;
    for (const camera of cameras) {
      const missM = Math.min(metresBetween(camera.position, from), metresBetween(camera.position, to));
      const known = passed.get(camera.id);
      if (missM < 40 && (!known || missM < known.missM))
        passed.set(camera.id, { missM, seen: { camera, afterM, courseDeg: bearingDeg(from, to) } });
    }
    afterM += metresBetween(from, to);
  }
  return [...passed.values()].map(({ seen }) => seen).sort((a, b) => a.afterM - b.afterM);
}

/** The antenna that a phone at `at` would use: best server by a plain path loss, with `noise` (dB) deciding near ties. */
export function servingSector(
  sites: CellSiteSeed[],
  at: LngLat,
  noise: () => number,
): { site: CellSiteSeed; sector: CellSiteSeed['sectors'][number]; distanceM: number } | null {
  let best: {
    site: CellSiteSeed;
    sector: CellSiteSeed['sectors'][number];
    distanceM: number;
    level: number;
  } | null = null;
  for (const site of sites) {
    const distanceM = Math.max(30, metresBetween(site.position, at));
    if (distanceM > 25_000) continue;
    const course = bearingDeg(site.position, at);
    for (const sector of site.sectors) {
      const off = Math.abs(((course - sector.azimuthDeg + 540) % 360) - 180);
      const antennaDb = -Math.min(25, 12 * (off / sector.beamwidthDeg) ** 2);
      const level = antennaDb - 35 * Math.log10(distanceM) + noise();
      if (!best || level > best.level) best = { site, sector, distanceM, level };
    }
  }
  return best;
}
