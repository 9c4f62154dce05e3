import { angleBetween } from '#road/geo.ts';
import type { CameraSeed, LngLat, PlaceSeed, RegionSource } from '../source.ts';
import { shortestWalk } from './drive.ts';
import {
  compassDeg,
  distance,
  fromLngLat,
  heading,
  lineLength,
  nearestOnLine,
  pointAlong,
  toLngLat,
  type Vec,
} from './plane.ts';

/** The geography of the demonstration: where Ms Zhao lives, where she would be looked for, and where she is. */
export interface SynthStory {
  home: PlaceSeed;
  /** The station whose beat holds both the home and the industrial park. */
  stationId: string;
  /** Places in which the first searches look, nearest to home first. */
  banks: PlaceSeed[];
  parks: PlaceSeed[];
  /** The lonely gravel road: its way and the point on it where the car stands. */
  hideout: { wayId: number; name: string; position: LngLat; line: LngLat[] };
  /** A drive from the street at home to the hideout, along the roads. */
  route: { line: LngLat[]; lengthM: number; travelTimeS: number };
  /** Cameras that see her on that drive, in order, with the metres driven until each. */
  cameras: { camera: CameraSeed; atM: number }[];
}

/** The road that the story ends on; the industrial park's first gravel road bears this name in every county. */
const hideoutName = '园区南路';
const stationName = '茶口派出所';

/** Finds the story's places in a synthetic county. Throws when the region is not one. */
export function synthStory(region: RegionSource): SynthStory {
  const gravel = region.roads.ways.find(way => way.name === hideoutName && way.surface === 'unpaved');
  const station = region.stations.find(candidate => candidate.name === stationName);
  if (!gravel || !station) {
    throw new Error(
      `story: '${region.name}' has no ${hideoutName} or no ${stationName}; expected a synthetic county`,
    );
  }
  const near = region.places.filter(place => place.address?.includes('茶口镇'));
  const home = chooseHome(near);
  const byDistance = (kind: PlaceSeed['kind']): PlaceSeed[] =>
    near.filter(place => place.kind === kind).sort((a, b) => apart(a, home) - apart(b, home));
  const nodeLine = gravel.nodes.map(node => region.roads.nodes.get(node) as LngLat);
  const line = nodeLine.map(fromLngLat);
  const stand = pointAlong(line, lineLength(line) * 0.55).point;
  const drive = shortestWalk(region.roads, fromLngLat(home.position), gravel.nodes[0] as number);
  const end = nearestOnLine(stand, line).index;
  const route = [...drive.line, ...line.slice(1, end + 1), stand];
  return {
    home,
    stationId: station.id,
    banks: byDistance('bank'),
    parks: byDistance('park'),
    hideout: { wayId: gravel.id, name: hideoutName, position: toLngLat(stand), line: nodeLine },
    route: {
      line: route.map(toLngLat),
      lengthM: Math.round(lineLength(route)),
      travelTimeS: Math.round(drive.travelTimeS + 30),
    },
    cameras: camerasOn(route, region.cameras),
  };
}

const apart = (a: PlaceSeed, b: PlaceSeed): number =>
  distance(fromLngLat(a.position), fromLngLat(b.position));

/** The compound of Chakou with banks and parks closest around it. */
function chooseHome(near: PlaceSeed[]): PlaceSeed {
  const sought = near.filter(place => place.kind === 'bank' || place.kind === 'park');
  const cost = (home: PlaceSeed): number =>
    sought
      .map(place => apart(place, home))
      .sort((a, b) => a - b)
      .slice(0, 5)
      .reduce((sum, offM) => sum + offM, 0);
  const [home] = near
    .filter(place => place.kind === 'residence')
    .map(place => ({ place, cost: cost(place) }))
    .sort((a, b) => a.cost - b.cost);
  if (!home) throw new Error('story: no residence in 茶口镇; expected at least one');
  return home.place;
}

/** The cameras within 20 m of a drive that look along its direction of travel. */
function camerasOn(route: Vec[], cameras: CameraSeed[]): SynthStory['cameras'] {
  const passed: SynthStory['cameras'] = [];
  for (const camera of cameras) {
    const { distanceM, index, point } = nearestOnLine(fromLngLat(camera.position), route);
    if (distanceM > 20 || index + 1 >= route.length) continue;
    const travelDeg = compassDeg(heading(route[index] as Vec, route[index + 1] as Vec));
    const turn = angleBetween(travelDeg, camera.headingDeg ?? travelDeg);
    if (turn < 50)
      passed.push({ camera, atM: Math.round(lineLength([...route.slice(0, index + 1), point])) });
  }
  return passed.sort((a, b) => a.atM - b.atM);
}
