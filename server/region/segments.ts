/**
 * Road segments that are searched along their length: roads of industrial land, and lonely ones elsewhere, where
 * somebody who was told to be alone parks. Cut at junctions and joined along their way up to 500 m.
 */
import KDBush from 'kdbush';
import type { RoadClass, RoadInput, RoadWay } from '#road/build.ts';
import { distanceM, lineLengthM, pointBetween, positionAlong } from '#road/geo.ts';
import { bboxContains, bboxOf, metresPerDegreeLng, type Polygon, polygonContains } from './geo.ts';
import { nameSegments } from './segment-names.ts';
import type { Bbox, LngLat, RegionSource } from './source.ts';

type SegmentKind = 'industrialRoad' | 'quietRoad';

export interface SegmentSeed {
  /** `s<way id>.<n>`: stable across imports of the same source. */
  id: string;
  kind: SegmentKind;
  name: string;
  nameEn?: string;
  line: LngLat[];
  lengthM: number;
}

/** A segment before it is named; `road` is the name of its own road, if it has one. */
export interface CutSegment extends Omit<SegmentSeed, 'name' | 'nameEn'> {
  road: string;
  roadEn: string;
}

const MAX_SEGMENT_M = 500;
/** Shorter stubs are seen from the junction. */
const MIN_SEGMENT_M = 40;
const MIN_DEAD_END_M = 80;
const MIN_TRACK_M = 120;
/** A lane is quiet when at most this many other pieces of road and houses have their middle within the distance. */
const QUIET = { neighbours: 6, withinM: 150 };
const METRES_PER_DEGREE_LAT = 111_195;

const INDUSTRIAL_CLASSES = new Set<RoadClass>([
  'tertiary',
  'unclassified',
  'residential',
  'livingStreet',
  'service',
  'track',
]);
const LANE_CLASSES = new Set<RoadClass>(['unclassified', 'residential', 'service']);

/** The part of a way between two junctions. */
interface Piece {
  way: RoadWay;
  line: LngLat[];
  lengthM: number;
  middle: LngLat;
  deadEnd: boolean;
}

export function cutSegments(source: RegionSource): SegmentSeed[] {
  const ways = source.roads.ways.filter(
    way => INDUSTRIAL_CLASSES.has(way.roadClass) && !way.link && !way.tunnel,
  );
  const degrees = degreesOf(source.roads);
  const cut = ways.map(way => ({ way, pieces: piecesOf(way, source.roads.nodes, degrees) }));
  const classify = classifier(
    source,
    cut.flatMap(({ pieces }) => pieces),
  );
  const segments: CutSegment[] = [];
  const numbers = new Map<number, number>();
  for (const { way, pieces } of cut) {
    for (const run of runsOf(pieces, classify)) {
      for (const line of equalParts(run.line, run.lengthM)) {
        const n = (numbers.get(way.id) ?? 0) + 1;
        numbers.set(way.id, n);
        const lengthM = Math.round(lineLengthM(line));
        const road = { road: way.name ?? '', roadEn: way.nameEn ?? '' };
        segments.push({ id: `s${way.id}.${n}`, kind: run.kind, line, lengthM, ...road });
      }
    }
  }
  return nameSegments(segments, source);
}

/** How many way ends and passings meet at each node: a passing counts twice, so 2 is the middle of a road. */
function degreesOf({ ways }: RoadInput): Map<number, number> {
  const degrees = new Map<number, number>();
  for (const { nodes } of ways) {
    nodes.forEach((node, i) => {
      const arms = i === 0 || i === nodes.length - 1 ? 1 : 2;
      degrees.set(node, (degrees.get(node) ?? 0) + arms);
    });
  }
  return degrees;
}

function piecesOf(way: RoadWay, positions: RoadInput['nodes'], degrees: Map<number, number>): Piece[] {
  const pieces: Piece[] = [];
  let line: LngLat[] = [];
  let start = way.nodes[0]!;
  way.nodes.forEach((node, i) => {
    const at = positions.get(node);
    if (!at) return;
    line.push(at);
    const last = i === way.nodes.length - 1;
    if (line.length < 2 || (!last && degrees.get(node) === 2)) return;
    const lengthM = lineLengthM(line);
    const deadEnd = degrees.get(start) === 1 || degrees.get(node) === 1;
    pieces.push({ way, line, lengthM, middle: positionAlong(line, lengthM / 2), deadEnd });
    line = [at];
    start = node;
  });
  return pieces;
}

/** What a piece is searched as, or null when it is an ordinary street. */
function classifier(source: RegionSource, pieces: readonly Piece[]): (piece: Piece) => SegmentKind | null {
  const inIndustry = industrialTest(source);
  const neighbours = neighbourCount(source, pieces);
  return piece => {
    const { way, lengthM, deadEnd, middle } = piece;
    if (!bboxContains(source.bbox, middle)) return null;
    if (inIndustry(middle)) return 'industrialRoad';
    const minor = way.roadClass !== 'tertiary' && !way.bridge;
    if (!minor) return null;
    if (way.roadClass === 'track' || way.surface === 'unpaved')
      return lengthM >= MIN_TRACK_M || deadEnd ? 'quietRoad' : null;
    const lane = deadEnd && LANE_CLASSES.has(way.roadClass) && lengthM >= MIN_DEAD_END_M;
    return lane && neighbours(middle) <= QUIET.neighbours ? 'quietRoad' : null;
  };
}

function industrialTest(source: RegionSource): (at: LngLat) => boolean {
  const zones: { box: Bbox; rings: Polygon }[] = [];
  for (const feature of source.basemap) {
    if (feature.layer !== 'landuse' || feature.class !== 'industrial') continue;
    zones.push({ box: bboxOf(feature.rings[0] ?? []), rings: feature.rings });
  }
  return at => zones.some(({ box, rings }) => bboxContains(box, at) && polygonContains(rings, at));
}

/** Counts pieces of road and houses around a position, the asking piece among them. */
function neighbourCount(source: RegionSource, pieces: readonly Piece[]): (at: LngLat) => number {
  const houses = source.basemap.flatMap(feature => {
    const corner = feature.layer === 'buildings' ? feature.rings[0]?.[0] : undefined;
    return corner ? [corner] : [];
  });
  const positions = [...pieces.map(piece => piece.middle), ...houses];
  if (positions.length === 0) return () => 0;
  const index = new KDBush(positions.length);
  for (const [lng, lat] of positions) index.add(lng, lat);
  index.finish();
  return ([lng, lat]) => {
    const dLng = QUIET.withinM / metresPerDegreeLng(lat);
    const dLat = QUIET.withinM / METRES_PER_DEGREE_LAT;
    return index.range(lng - dLng, lat - dLat, lng + dLng, lat + dLat).length - 1;
  };
}

interface Run {
  kind: SegmentKind;
  line: LngLat[];
  lengthM: number;
}

/** Neighbouring pieces of one way that are searched as the same, joined while they stay within 500 m. */
function runsOf(pieces: readonly Piece[], classify: (piece: Piece) => SegmentKind | null): Run[] {
  const runs: Run[] = [];
  let before: SegmentKind | null = null;
  for (const piece of pieces) {
    const kind = classify(piece);
    const run = runs[runs.length - 1];
    if (kind && run && kind === before && run.lengthM + piece.lengthM <= MAX_SEGMENT_M) {
      run.line = [...run.line, ...piece.line.slice(1)];
      run.lengthM += piece.lengthM;
    } else if (kind) runs.push({ kind, line: piece.line, lengthM: piece.lengthM });
    before = kind;
  }
  return runs.filter(run => run.lengthM >= MIN_SEGMENT_M);
}

/** Equal parts of at most 500 m each. */
function equalParts(line: LngLat[], lengthM: number): LngLat[][] {
  const count = Math.ceil(lengthM / MAX_SEGMENT_M);
  if (count <= 1) return [line];
  const partM = lengthM / count;
  const parts: LngLat[][] = [];
  let part: LngLat[] = [line[0]!];
  let passedM = 0;
  for (let i = 1; i < line.length; i++) {
    const [from, to] = [line[i - 1]!, line[i]!];
    const stepM = distanceM(from, to);
    while (parts.length + 1 < count && passedM + stepM > (parts.length + 1) * partM) {
      const cut = pointBetween(from, to, ((parts.length + 1) * partM - passedM) / stepM);
      parts.push([...part, cut]);
      part = [cut];
    }
    part.push(to);
    passedM += stepM;
  }
  return [...parts, part];
}
