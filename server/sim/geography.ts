/** Where the demo's life happens: picked from the region's own reference data, so that any region can tell the story. */
import type { Random } from '../domain/random.ts';
import type { CameraSeed, CellSiteSeed, PlaceSeed, StationSeed, UnitSeed } from '../region/source.ts';
import { bearingDeg, type LngLat, metresBetween } from './travel.ts';

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
}

export interface RouteLike {
  travelTimeS: number;
  distanceM: number;
  geometry: LngLat[];
}
export type FindRoute = (from: LngLat, to: LngLat) => RouteLike | null;

export interface StoryGeography {
  home: PlaceSeed;
  hideout: { segment: SegmentSeed; position: LngLat };
  drive: RouteLike;
  /** Cameras that the drive passes, in order, with the metres driven when it does. */
  cameras: { camera: CameraSeed; afterM: number; courseDeg: number }[];
  /** What a squad would look at first: near her home, nearest first. */
  searches: PlaceSeed[];
}

const middle = (line: LngLat[]): LngLat => line[Math.floor(line.length / 2)]!;
const kindsOf = (region: SimRegion, ...kinds: PlaceSeed['kind'][]) => region.places.filter(place => kinds.includes(place.kind));

/**
 * A home, a lonely road, the drive between them and what lies around: 8 to 25 minutes by road apart where the
 * region allows, else the farthest pair that was tried. Null when the region has no place to live or to hide.
 */
export function pickStory(region: SimRegion, findRoute: FindRoute, random: Random): StoryGeography | null {
  const homes = kindsOf(region, 'residence', 'hotel', 'school', 'park');
  const industrial = region.segments.filter(segment => segment.kind === 'industrialRoad');
  const hideouts = (industrial.length > 0 ? industrial : region.segments).filter(segment => segment.lengthM > 80);
  if (homes.length === 0 || hideouts.length === 0) return null;
  let best: { home: PlaceSeed; segment: SegmentSeed; drive: RouteLike } | null = null;
  for (let attempt = 0; attempt < 60; attempt++) {
    const segment = random.pick(hideouts);
    const home = random.pick(homes);
    const drive = findRoute(home.position, middle(segment.line));
    if (!drive) continue;
    if (!best || drive.travelTimeS > best.drive.travelTimeS) best = { home, segment, drive };
    if (drive.travelTimeS > 480 && drive.travelTimeS < 1500) {
      best = { home, segment, drive };
      break;
    }
  }
  if (!best) return null;
  const nearHome = (place: PlaceSeed) => metresBetween(place.position, best.home.position);
  const nearest = (kinds: PlaceSeed['kind'][], count: number) =>
    kindsOf(region, ...kinds)
      .sort((a, b) => nearHome(a) - nearHome(b))
      .slice(0, count);
  return {
    home: best.home,
    hideout: { segment: best.segment, position: middle(best.segment.line) },
    drive: best.drive,
    cameras: camerasAlong(region.cameras, best.drive.geometry),
    searches: [...nearest(['bank'], 3), ...nearest(['park'], 2)],
  };
}

function camerasAlong(cameras: CameraSeed[], line: LngLat[]): StoryGeography['cameras'] {
  const passed = new Map<string, { camera: CameraSeed; afterM: number; courseDeg: number; missM: number }>();
  let afterM = 0;
  for (let i = 1; i < line.length; i++) {
    const from = line[i - 1]!;
    const to = line[i]!;
    for (const camera of cameras) {
      const missM = Math.min(metresBetween(camera.position, from), metresBetween(camera.position, to));
      const known = passed.get(camera.id);
      if (missM < 40 && (!known || missM < known.missM))
        passed.set(camera.id, { camera, afterM, courseDeg: bearingDeg(from, to), missM });
    }
    afterM += metresBetween(from, to);
  }
  return [...passed.values()].sort((a, b) => a.afterM - b.afterM).map(({ missM: _, ...seen }) => seen);
}

/** The antenna that a phone at `at` would use: best server by a plain path loss, with `noise` (dB) deciding near ties. */
export function servingSector(
  sites: CellSiteSeed[],
  at: LngLat,
  noise: () => number,
): { site: CellSiteSeed; sector: CellSiteSeed['sectors'][number]; distanceM: number } | null {
  let best: { site: CellSiteSeed; sector: CellSiteSeed['sectors'][number]; distanceM: number; level: number } | null = null;
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
