/** What roadside cameras see of the main roads: a car on a road without one passes unseen. */
import type { CoverageView } from '#contract/reference.ts';
import type { RoadClass } from '#road/build.ts';
import { angleBetween, bearingDeg } from '#road/geo.ts';
import { edgeRoadClass, edgeSlice, nodePosition, placeOnEdge, type RoadGraph } from '#road/graph.ts';
import { buildSnapGrid, nearestSegment, type SnapGrid } from '#road/grid.ts';
import { MinHeap } from '#road/heap.ts';
import type { CameraSeed, LngLat } from './source.ts';

const mainClasses: ReadonlySet<RoadClass> = new Set([
  'motorway',
  'trunk',
  'primary',
  'secondary',
  'tertiary',
]);
/** Roads whose ends are taken for ways out of the region; a tertiary one may simply end. */
const exitClasses: ReadonlySet<RoadClass> = new Set(['motorway', 'trunk', 'primary', 'secondary']);
/** A camera farther from a main road than this watches something else. */
const BESIDE_M = 45;
/** So far along the road before a camera are plates read. */
const READS_M = 120;
/** On a main road, nobody farther than this from a camera has been seen lately. */
const WITHIN_M = 1000;
/** Beyond this a camera says nothing of an exit. */
const EXIT_WITHIN_M = 3000;
/** Shorter gaps are not worth a line on the map. */
const SHORTEST_M = 30;

/** Where on a main road a camera stands. */
interface Post {
  cameraId: string;
  headingDeg: number | undefined;
  edge: number;
  /** Metres from the edge's first end. */
  alongM: number;
}

/** Distances are along the main roads, in whole metres, whichever way they may be driven. */
export function coverageOf(graph: RoadGraph, cameras: readonly CameraSeed[]): CoverageView {
  const main: number[] = [];
  for (let edge = 0; edge < graph.edgeCount; edge++)
    if (mainClasses.has(edgeRoadClass(graph, edge))) main.push(edge);
  const grid = buildSnapGrid(graph.shape, graph.shapeOffset, main);
  const posts = cameras.flatMap(camera => postOf(graph, grid, camera) ?? []);
  const distanceM = distances(graph, main, posts);
  const postsOn = Map.groupBy(posts, ({ edge }) => edge);
  const coordinates = main.flatMap(edge => unwatched(graph, edge, postsOn.get(edge) ?? [], distanceM));
  return {
    watched: posts.map(post => ({ cameraId: post.cameraId, line: lineString(stretch(graph, post)) })),
    unwatched: { type: 'MultiLineString', coordinates: coordinates.map(rounded) },
    exits: exitsOf(graph, main, distanceM),
    withinM: WITHIN_M,
  };
}

const rounded = (line: LngLat[]): LngLat[] =>
  line.map(([lng, lat]): LngLat => [Math.round(lng * 1e5) / 1e5, Math.round(lat * 1e5) / 1e5]);
const lineString = (line: LngLat[]) => ({ type: 'LineString' as const, coordinates: rounded(line) });

function postOf(graph: RoadGraph, grid: SnapGrid, { id, position, headingDeg }: CameraSeed): Post | null {
  const hit = nearestSegment(grid, graph.shape, position[0], position[1], BESIDE_M);
  if (hit.vertex < 0) return null;
  const { edge, fraction } = placeOnEdge(graph, hit.vertex, hit.along);
  return { cameraId: id, headingDeg, edge, alongM: fraction * graph.edgeLengthM[edge]! };
}

/** Metres from each junction to the nearest camera along the main roads; Infinity beyond what is asked for. */
function distances(graph: RoadGraph, main: readonly number[], posts: readonly Post[]): Float64Array {
  const away = new Float64Array(graph.junctionCount).fill(Infinity);
  const edgesAt = new Map<number, number[]>();
  const touch = (junction: number, edge: number) => {
    const edges = edgesAt.get(junction);
    if (edges) edges.push(edge);
    else edgesAt.set(junction, [edge]);
  };
  for (const edge of main) {
    touch(graph.edgeFrom[edge]!, edge);
    touch(graph.edgeTo[edge]!, edge);
  }
  const frontier = new MinHeap();
  const offer = (junction: number, metres: number) => {
    if (metres >= away[junction]! || metres > EXIT_WITHIN_M) return;
    away[junction] = metres;
    frontier.push(metres, junction);
  };
  for (const { edge, alongM } of posts) {
    offer(graph.edgeFrom[edge]!, Math.round(alongM));
    offer(graph.edgeTo[edge]!, Math.round(graph.edgeLengthM[edge]! - alongM));
  }
  while (frontier.size > 0) {
    const metres = frontier.topKey;
    const junction = frontier.pop();
    if (metres > away[junction]!) continue;
    for (const edge of edgesAt.get(junction) ?? []) {
      const other = graph.edgeFrom[edge] === junction ? graph.edgeTo[edge]! : graph.edgeFrom[edge]!;
      offer(other, metres + Math.round(graph.edgeLengthM[edge]!));
    }
  }
  return away;
}

/** The parts of an edge, with the cameras on it, that lie farther from every camera than `WITHIN_M`. */
function unwatched(graph: RoadGraph, edge: number, posts: readonly Post[], away: Float64Array): LngLat[][] {
  const lengthM = Math.max(1, graph.edgeLengthM[edge]!);
  const seen = posts.map(({ alongM }): [number, number] => [alongM - WITHIN_M, alongM + WITHIN_M]);
  seen.push([-1, WITHIN_M - away[graph.edgeFrom[edge]!]!]);
  seen.push([lengthM - WITHIN_M + away[graph.edgeTo[edge]!]!, lengthM + 1]);
  const gaps: LngLat[][] = [];
  let fromM = 0;
  for (const [startM, endM] of [...seen.sort((a, b) => a[0] - b[0]), [lengthM, lengthM] as const]) {
    if (endM < startM) continue;
    const toM = Math.min(startM, lengthM);
    if (toM - fromM >= Math.min(SHORTEST_M, lengthM)) {
      gaps.push(edgeSlice(graph, edge, fromM / lengthM, toM / lengthM));
    }
    fromM = Math.max(fromM, endM);
  }
  return gaps;
}

/** The road before the camera in the direction of travel that it sees; both ways without a direction. */
function stretch(graph: RoadGraph, { edge, alongM, headingDeg }: Post): LngLat[] {
  const lengthM = Math.max(1, graph.edgeLengthM[edge]!);
  const share = (metres: number) => Math.min(1, Math.max(0, metres / lengthM));
  const [fromM, toM] = [alongM - READS_M, alongM + READS_M];
  if (headingDeg === undefined) return edgeSlice(graph, edge, share(fromM), share(toM));
  // A few metres of the road around the camera tell which way the edge runs.
  const [a, b] = [share(alongM - 10), share(alongM + 10)];
  const piece = edgeSlice(graph, edge, a, b);
  const turn = angleBetween(bearingDeg(piece[0]!, piece.at(-1)!), headingDeg);
  const before = turn <= 90 ? fromM : toM;
  // Where the edge begins at the camera, what lies before it is another edge: better the one behind than none.
  const alone = Math.abs(share(before) - share(alongM)) * lengthM < SHORTEST_M;
  return alone
    ? edgeSlice(graph, edge, share(fromM), share(toM))
    : edgeSlice(graph, edge, share(before), share(alongM));
}

/** Larger roads that end are cut off by the region's border. */
function exitsOf(graph: RoadGraph, main: readonly number[], away: Float64Array): CoverageView['exits'] {
  const roadsAt = new Uint8Array(graph.junctionCount);
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    for (const junction of [graph.edgeFrom[edge]!, graph.edgeTo[edge]!])
      roadsAt[junction] = Math.min(2, roadsAt[junction]! + 1);
  }
  const larger = main.filter(edge => exitClasses.has(edgeRoadClass(graph, edge)));
  return larger.flatMap(edge =>
    [graph.edgeFrom[edge]!, graph.edgeTo[edge]!]
      .filter(junction => roadsAt[junction] === 1)
      .map(junction => {
        const [lng, lat] = nodePosition(graph, junction);
        const { name, nameEn, ref } = graph.names[graph.edgeName[edge]!]!;
        const cameraM = Number.isFinite(away[junction]!) ? away[junction]! : null;
        return { position: { lng, lat }, name: name ?? ref ?? null, nameEn: nameEn ?? null, cameraM };
      }),
  );
}
