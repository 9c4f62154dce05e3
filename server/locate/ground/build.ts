/** Makes the ground of a region: road cells, and everything that a search task may be ordered for. */
import { type Snap, snapTo } from '#road/access.ts';
import { lineLengthM, type LngLat, lngShrink, metresPerDegree, positionAlong } from '#road/geo.ts';
import { edgeSlice, type RoadGraph } from '#road/graph.ts';
import { type Ground, type GroundSource, isBehindDoors, type Target } from '../ground.ts';
import { cellAt, cellMiddle, type Cells, cutCells } from './cells.ts';
import { coverOf, type Extent } from './cover.ts';
import { toLists } from './lists.ts';
import { quietOf } from './quiet.ts';
import { cellsOfSegments } from './segment-cells.ts';
import { nameStreets } from './street-names.ts';
import { cutStreets, jointsOf, type Street, type Stretch } from './streets.ts';

/** Segments were made because they are quiet or lie among works: no less than this. */
const leastQuiet = { industrialRoad: 0.5, quietRoad: 0.8, street: 0 } as const;

/** A line target before it is numbered. */
interface Line {
  target: Target;
  cells: number[];
}

/**
 * The ground is a function of its input: the same roads and reference data give the same targets in the same order.
 * Places and segments keep their ids; streets are `r<way id>.<n>`. Memory and time grow with the roads: a county of
 * 88,000 nodes takes about a second.
 */
export function buildGround(graph: RoadGraph, source: GroundSource): Ground {
  const cells = cutCells(graph);
  const segments = segmentLines(graph, cells, source);
  const taken = new Uint8Array(cells.cellCount);
  for (const { cells: own } of segments) for (const cell of own) taken[cell] = 1;
  const lines = [...segments, ...streetLines(graph, cells, taken)];
  const targets = [...source.places.map(placeTarget), ...lines.map(({ target }) => target)];
  const placeCount = source.places.length;
  const targetSnap = [
    ...source.places.map(({ position }) => snapTo(graph, position)),
    ...lines.map(line => lineSnap(graph, cells, line)),
  ];
  const ownCells = [
    ...targetSnap.slice(0, placeCount).map(snap => (snap ? [cellAt(cells, snap.edge, snap.fraction)] : [])),
    ...lines.map(line => line.cells),
  ];
  const cellTarget = new Int32Array(cells.cellCount).fill(-1);
  lines.forEach((line, i) => line.cells.forEach(cell => (cellTarget[cell] = placeCount + i)));
  const quiet = new Float32Array(targets.length);
  quietOf(
    graph,
    cells,
    lines.map(line => line.cells),
  ).forEach((share, i) => {
    const { kind } = lines[i]!.target;
    quiet[placeCount + i] = Math.max(
      share,
      kind in leastQuiet ? leastQuiet[kind as keyof typeof leastQuiet] : 0,
    );
  });
  return {
    graph,
    ...cells,
    targets,
    placeCount,
    segmentCount: segments.length,
    indexOf: new Map(targets.map(({ id }, i) => [id, i])),
    targetSnap,
    targetCells: toLists(ownCells),
    cellTarget,
    quiet,
    lengthM: Float32Array.from(targets, ({ path }) => (path ? lineLengthM(path) : 0)),
    ...coverOf(targets.map((target, i) => extentOf(cells, target, ownCells[i]!))),
  };
}

function placeTarget({ id, kind, name, nameEn, position, areaHa }: GroundSource['places'][number]): Target {
  return { id, kind, name, nameEn: nameEn ?? null, position, path: null, areaHa: areaHa ?? null };
}

function lineTarget(
  id: string,
  kind: Target['kind'],
  name: string,
  nameEn: string | null,
  path: LngLat[],
): Target {
  const position = positionAlong(path, lineLengthM(path) / 2);
  return { id, kind, name, nameEn, position, path, areaHa: null };
}

function segmentLines(graph: RoadGraph, cells: Cells, { segments }: GroundSource): Line[] {
  const found = cellsOfSegments(
    graph,
    cells,
    segments.map(({ line }) => line),
  );
  return segments.map(({ id, kind, name, nameEn, line }, i) => ({
    target: lineTarget(id, kind, name, nameEn ?? null, line),
    cells: found[i]!,
  }));
}

function streetLines(graph: RoadGraph, cells: Cells, taken: Uint8Array): Line[] {
  const streets = cutStreets(graph, cells, taken);
  const paths = streets.map(street => pathOf(graph, cells, street));
  const names = nameStreets(
    graph,
    streets.map((street, i) => ({
      edges: street.stretches.map(({ edge }) => edge),
      joints: jointsOf(graph, cells, street),
      middle: paths[i]![paths[i]!.length >> 1]!,
    })),
  );
  const numberOf = new Map<number, number>();
  return streets.map(({ stretches }, i) => {
    const way = graph.edgeWayId[stretches[0]!.edge]!;
    const number = (numberOf.get(way) ?? 0) + 1;
    numberOf.set(way, number);
    const { name, nameEn } = names[i]!;
    return {
      target: lineTarget(`r${way}.${number}`, 'street', name, nameEn, paths[i]!),
      cells: stretches.flatMap(cellsOf),
    };
  });
}

function cellsOf({ first, end, reversed }: Stretch): number[] {
  const own = Array.from({ length: end - first }, (_, i) => first + i);
  return reversed ? own.reverse() : own;
}

function pathOf(graph: RoadGraph, cells: Cells, { stretches }: Street): LngLat[] {
  return stretches.flatMap(({ edge, first, end, reversed }, i) => {
    const begin = cells.cellOffset[edge]!;
    const count = cells.cellOffset[edge + 1]! - begin;
    const ends = [(first - begin) / count, (end - begin) / count] as const;
    const slice = edgeSlice(graph, edge, ends[reversed ? 1 : 0], ends[reversed ? 0 : 1]);
    return i === 0 ? slice : slice.slice(1);
  });
}

/** The middle of a line's own road; of a segment that is no road of the graph any more, the nearest one. */
function lineSnap(graph: RoadGraph, cells: Cells, { target, cells: own }: Line): Snap | null {
  const middle = own[own.length >> 1];
  if (middle === undefined) return snapTo(graph, target.position);
  const edge = cells.cellEdge[middle]!;
  const [first, end] = [cells.cellOffset[edge]!, cells.cellOffset[edge + 1]!];
  const position = cellMiddle(cells, middle);
  const fraction = (middle - first + 0.5) / (end - first);
  return { asked: position, edge, fraction, position, distanceM: 0 };
}

/** Somebody at a place is about this far from its point, or spread over its area. */
const aroundM = 25;
const aroundPoints = 8;

function extentOf(cells: Cells, target: Target, own: readonly number[]): Extent {
  const { position, path, kind } = target;
  if (!path) {
    const positions = around(target);
    return {
      searched: [position],
      indoors: isBehindDoors(kind),
      positions,
      weights: positions.map(() => 1),
    };
  }
  if (own.length === 0) return { searched: path, indoors: false, positions: [position], weights: [1] };
  return {
    searched: path,
    indoors: false,
    positions: own.map(cell => cellMiddle(cells, cell)),
    weights: own.map(cell => cells.cellLengthM[cell]!),
  };
}

/** The middle of a place, and points half of its width away from it: who is inside is seldom at the very point of the map. */
function around({ position: [lng, lat], areaHa }: Target): LngLat[] {
  const radiusM = Math.max(aroundM, 0.7 * Math.sqrt(((areaHa ?? 0) * 10_000) / Math.PI));
  const ring = Array.from({ length: aroundPoints }, (_, i): LngLat => {
    const angle = (2 * Math.PI * i) / aroundPoints;
    return [
      lng + (radiusM * Math.sin(angle)) / (metresPerDegree * lngShrink(lat)),
      lat + (radiusM * Math.cos(angle)) / metresPerDegree,
    ];
  });
  return [[lng, lat], ...ring];
}
