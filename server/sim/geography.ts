/** Where a scenario happens: picked from the region's own reference data, so that any region can play any of them. Pure. */
import type { Random } from '#domain/random.ts';
import type { PlaceKind } from '#contract/place.ts';
import type { PlaceSeed } from '../region/source.ts';
import {
  type FindRoute,
  placeSpot,
  type RouteLike,
  segmentSpot,
  type SimRegion,
  type Spot,
} from './region.ts';
import type { Scenario, Stop } from './scenarios.ts';
import type { LngLat } from './travel.ts';

export interface Leg {
  stop: Stop;
  spot: Spot;
  route: RouteLike;
  /** Seconds that she needs for it. */
  durationS: number;
}

export interface Setting {
  home: PlaceSeed;
  legs: Leg[];
}

const eBikeFactor = 1.6;
const walkingMps = 1.3;
const homesTried = 30;
const spotsTried = 5;
/** A lonely road is at least this long, so that there is somewhere to stand on it. */
const leastSegmentM = 80;

/** A home and the stops after it with the ways between, as near to the scenario's distances as the region allows; null where nobody lives or no road leads anywhere. */
export function findSetting(
  region: SimRegion,
  findRoute: FindRoute,
  scenario: Scenario,
  random: Random,
): Setting | null {
  const homes = homesOf(region);
  let best: { setting: Setting; missS: number } | null = null;
  for (let attempt = 0; attempt < homesTried && homes.length > 0 && best?.missS !== 0; attempt++) {
    const found = goThrough(region, findRoute, scenario.stops, random.pick(homes), random);
    if (found && (!best || found.missS < best.missS)) best = found;
  }
  return best?.setting ?? null;
}

/** The region's own story, when it has one: from its home to its hideout, as far as the scenario has one stop. */
export function toldByRegion(
  { story, places, segments }: SimRegion,
  findRoute: FindRoute,
  { stops }: Scenario,
  random: Random,
): Setting | null {
  const home = places.find(place => place.id === story?.homeId);
  const [stop] = stops;
  if (!story || !home || !stop) return null;
  const route = findRoute(home.position, story.hideout.position);
  if (!route) return null;
  const segment = segments.find(each => each.name === story.hideout.name);
  const spot = { ...(segment && { segmentId: segment.id }), ...story.hideout };
  return { home, legs: [{ stop, spot, route, durationS: durationOf(stop, route, random) }] };
}

/** Where people live; a region without houses on its map lends other places. */
export function homesOf({ places }: SimRegion): PlaceSeed[] {
  for (const kinds of [['residence'], ['hotel', 'guestHouse', 'school', 'office', 'park']]) {
    const homes = places.filter(place => kinds.includes(place.kind));
    if (homes.length > 0) return homes;
  }
  return places;
}

function goThrough(
  region: SimRegion,
  findRoute: FindRoute,
  stops: readonly Stop[],
  home: PlaceSeed,
  random: Random,
): { setting: Setting; missS: number } | null {
  const legs: Leg[] = [];
  let missS = 0;
  let from = home.position;
  for (const stop of stops) {
    const next = nextLeg(spotsFor(region, stop.to), findRoute, stop, from, random);
    if (!next) return null;
    legs.push(next.leg);
    missS += next.missS;
    from = next.leg.spot.position;
  }
  return { setting: { home, legs }, missS };
}

function nextLeg(
  spots: readonly Spot[],
  findRoute: FindRoute,
  stop: Stop,
  from: LngLat,
  random: Random,
): { leg: Leg; missS: number } | null {
  let best: { leg: Leg; missS: number } | null = null;
  for (let attempt = 0; attempt < spotsTried && spots.length > 0 && best?.missS !== 0; attempt++) {
    const spot = random.pick(spots);
    const route = findRoute(from, spot.position);
    if (!route || route.geometry.length < 2 || route.distanceM < 50) continue;
    const [least, most] = stop.awayS;
    const missS = Math.max(0, least - route.travelTimeS, route.travelTimeS - most);
    if (best && missS >= best.missS) continue;
    best = { leg: { stop, spot, route, durationS: durationOf(stop, route, random) }, missS };
  }
  return best;
}

function durationOf(stop: Stop, route: RouteLike, random: Random): number {
  const hurry = random.range(0.95, 1.25);
  if (stop.how === 'foot') return (route.distanceM / walkingMps) * hurry;
  return Math.max(30, route.travelTimeS * (stop.how === 'eBike' ? eBikeFactor : 1) * hurry);
}

/** The spots of the kinds asked for; where there is none, any quiet road or place will do. */
function spotsFor(region: SimRegion, kinds: readonly PlaceKind[]): Spot[] {
  const segments = region.segments.filter(segment => segment.lengthM >= leastSegmentM);
  const wanted = [
    ...region.places.filter(place => kinds.includes(place.kind)).map(placeSpot),
    ...segments.filter(segment => kinds.includes(segment.kind)).map(segmentSpot),
  ];
  if (wanted.length > 0) return wanted;
  return [...segments.map(segmentSpot), ...region.places.map(placeSpot)];
}
