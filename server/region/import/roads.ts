/**
 * Which ways may be driven, in which direction and how fast. Speeds are what one drives on average with nothing
 * in the way, not the limit: the class's own, or a share of `maxspeed`, less on unpaved ground.
 */
import type { RoadClass, RoadInput, RoadWay } from '#road/build.ts';
import { lineLengthM } from '#road/geo.ts';
import { bboxContains } from '../geo.ts';
import type { Bbox, LngLat } from '../source.ts';
import type { Extract } from './extract.ts';
import { ferrySpeedKmh, isCarFerry } from './ferries.ts';
import type { NodeStore } from './nodes.ts';
import { nameEnOf, ownName } from './names.ts';
import type { Tags } from './osm.ts';
import { hasTimedAccess, isOpenToCars, readRules } from './rules.ts';

/** What has wheels under it; ferries are read apart. */
type LandClass = Exclude<RoadClass, 'ferry'>;

const CLASS_OF: Record<string, LandClass> = {
  motorway: 'motorway',
  trunk: 'trunk',
  primary: 'primary',
  secondary: 'secondary',
  tertiary: 'tertiary',
  unclassified: 'unclassified',
  road: 'unclassified',
  residential: 'residential',
  living_street: 'livingStreet',
  service: 'service',
  track: 'track',
};

const SPEED_KMH: Record<LandClass, number> = {
  motorway: 100,
  trunk: 75,
  primary: 58,
  secondary: 50,
  tertiary: 42,
  unclassified: 35,
  residential: 28,
  livingStreet: 12,
  service: 15,
  track: 18,
};

const LINK_MAX_KMH = 45;
const UNPAVED_FACTOR = 0.6;
/** Bends, junctions and other cars keep the average below the limit; least so on motorways. */
const SHARE_OF_LIMIT = 0.85;
const SHARE_OF_LIMIT_MOTORWAY = 0.92;
const KMH_PER_MPH = 1.609344;

const UNPAVED = new Set(
  'unpaved gravel fine_gravel compacted dirt earth ground grass grass_paver sand mud pebblestone rock clay soil woodchips'.split(
    ' ',
  ),
);

/** Class and whether it is a ramp, or null when a car may not use it. */
export function roadKind(tags: Tags): { roadClass: LandClass; link: boolean } | null {
  const highway = tags.highway;
  if (highway === undefined || tags.area === 'yes') return null;
  const link = highway.endsWith('_link');
  const roadClass = CLASS_OF[link ? highway.slice(0, -'_link'.length) : highway];
  if (roadClass === undefined || !isOpenToCars(tags)) return null;
  return { roadClass, link };
}

export function onewayOf(tags: Tags, roadClass: RoadClass, link: boolean): -1 | 0 | 1 {
  const oneway = tags['oneway:motorcar'] ?? tags['oneway:motor_vehicle'] ?? tags.oneway;
  if (oneway === 'yes' || oneway === '1' || oneway === 'true') return 1;
  if (oneway === '-1' || oneway === 'reverse') return -1;
  if (oneway !== undefined) return 0;
  const round = tags.junction === 'roundabout' || tags.junction === 'circular';
  return round || (roadClass === 'motorway' && !link) ? 1 : 0;
}

/** Legal limit in km/h from `maxspeed`, or null when there is none that can be read. */
export function limitKmh(value: string | undefined): number | null {
  if (value === undefined) return null;
  const first = value.split(/[;|]/)[0]!.trim();
  const number = /^(\d+(?:\.\d+)?)\s*(mph|km\/h|kmh|kph)?$/.exec(first);
  if (number) {
    const kmh = Number(number[1]) * (number[2] === 'mph' ? KMH_PER_MPH : 1);
    return kmh >= 5 && kmh <= 160 ? kmh : null;
  }
  if (first === 'none') return 130;
  if (first === 'walk' || first.endsWith(':living_street')) return 10;
  if (first.endsWith(':urban')) return 50;
  if (first.endsWith(':rural')) return 80;
  return first.endsWith(':motorway') ? 120 : null;
}

export function isUnpaved(tags: Tags, roadClass: RoadClass): boolean {
  if (tags.surface !== undefined) return tags.surface.split(/[;:]/).some(part => UNPAVED.has(part));
  return roadClass === 'track' && tags.tracktype !== 'grade1';
}

export function speedKmhOf(tags: Tags, roadClass: LandClass, link: boolean): number {
  const limit = limitKmh(tags.maxspeed ?? tags['maxspeed:forward']);
  const usual = link ? Math.min(SPEED_KMH[roadClass], LINK_MAX_KMH) : SPEED_KMH[roadClass];
  const share = roadClass === 'motorway' && !link ? SHARE_OF_LIMIT_MOTORWAY : SHARE_OF_LIMIT;
  // A limit says nothing of how a track or a yard really drives; there it only ever slows down.
  const slowClass = roadClass === 'track' || roadClass === 'service' || roadClass === 'livingStreet';
  const paved = limit === null ? usual : slowClass ? Math.min(usual, limit) : limit * share;
  // A track's own speed is that of a track, so its ground is counted already.
  const ground = isUnpaved(tags, roadClass) && roadClass !== 'track' ? UNPAVED_FACTOR : 1;
  return Math.max(5, Math.round(paved * ground));
}

/**
 * All drivable ways with the positions of their nodes, car ferries among them, and the rules that hold on them.
 * A way that leaves the extract, or the box, is cut where it does.
 */
export function readRoads(extract: Extract, within?: Bbox): RoadInput {
  const { ways, store, turnRelations, taggedNodes } = extract;
  const roads: Pick<RoadInput, 'nodes' | 'ways'> = { nodes: new Map(), ways: [] };
  let timed = 0;
  for (const { id, refs, tags } of ways.values()) {
    const kind = tags && (isCarFerry(tags) ? 'ferry' : roadKind(tags));
    if (!kind) continue;
    const runs = knownRuns(refs, store, within);
    if (runs.length > 0 && hasTimedAccess(tags)) timed++;
    for (const run of runs) {
      for (const { ref, at } of run) roads.nodes.set(ref, at);
      const nodes = run.map(node => node.ref);
      roads.ways.push(
        kind === 'ferry'
          ? ferryWay(id, nodes, tags, lineLengthM(run.map(node => node.at)))
          : roadWay(id, nodes, tags, kind),
      );
    }
  }
  const { leftOut, ...rules } = readRules(roads, turnRelations, taggedNodes);
  return { ...roads, ...rules, leftOut: { ...leftOut, timed: leftOut.timed + timed } };
}

function ferryWay(id: number, nodes: number[], tags: Tags, lengthM: number): RoadWay {
  return {
    id,
    nodes,
    oneway: tags.oneway === 'yes' ? 1 : 0,
    speedKmh: ferrySpeedKmh(tags.duration, lengthM),
    roadClass: 'ferry',
    link: false,
    surface: 'paved',
    bridge: false,
    tunnel: false,
    ...namesOf(tags),
  };
}

function roadWay(
  id: number,
  nodes: number[],
  tags: Tags,
  kind: { roadClass: LandClass; link: boolean },
): RoadWay {
  const { roadClass, link } = kind;
  return {
    id,
    nodes,
    oneway: onewayOf(tags, roadClass, link),
    speedKmh: speedKmhOf(tags, roadClass, link),
    roadClass,
    link,
    surface: isUnpaved(tags, roadClass) ? 'unpaved' : 'paved',
    bridge: tags.bridge !== undefined && tags.bridge !== 'no',
    tunnel: tags.tunnel !== undefined && tags.tunnel !== 'no',
    ...namesOf(tags),
  };
}

function namesOf(tags: Tags): Pick<RoadWay, 'name' | 'nameEn' | 'ref'> {
  const name = ownName(tags);
  const nameEn = nameEnOf(tags);
  return {
    ...(name && { name }),
    ...(nameEn && { nameEn }),
    ...(tags.ref && { ref: tags.ref.split(';')[0]!.trim() }),
  };
}

interface KnownNode {
  ref: number;
  at: LngLat;
}

/** Stretches of at least two nodes that are all there, without a node twice in a row. */
function knownRuns(refs: readonly number[], store: NodeStore, within?: Bbox): KnownNode[][] {
  const runs: KnownNode[][] = [[]];
  for (const ref of refs) {
    const at = store.get(ref);
    const run = runs[runs.length - 1]!;
    if (!at || (within && !bboxContains(within, at))) {
      if (run.length > 0) runs.push([]);
    } else if (run[run.length - 1]?.ref !== ref) run.push({ ref, at });
  }
  return runs.filter(run => run.length > 1);
}
