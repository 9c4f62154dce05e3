/** The area around the roads that can be reached: a band along them, filled where they lie close together. */
import type { Snap } from './access.ts';
import { NearestField } from './band.ts';
import { contourRings, type Field } from './contour.ts';
import { type LngLat, lngShrink, storedPerMetre, unitsPerDegree } from './geo.ts';
import { edgeDs, entriesOf, noArc, type RoadGraph, unreached } from './graph.ts';

export interface MultiPolygon {
  type: 'MultiPolygon';
  coordinates: LngLat[][][];
}

/** Half width of the band: narrow for a few minutes' drive, wider where the whole county is in reach. */
const narrowBandM = 60;
const wideBandM = 250;
/** The band is at least this part of the area's size, which bounds the field to some 250 × 250 cells a side. */
const bandPerExtent = 1 / 150;
/** The band in cells of the raster, and how far from the roads the raster still knows the distance. */
const bandCells = 2;
const reachCells = bandCells + 1.5;
/** Holes smaller than this many bands squared are filled: they are blocks of houses, not country out of reach. */
const holeBands = 12;

/** Stretches of road within reach: ax, ay, bx, by of each in a row, 1e-7 degree. */
type Stretches = number[];

/** What can be driven to within `budgetDs` tenths of a second, given the times at the graph's nodes. */
export function reachedArea(
  graph: RoadGraph,
  start: Snap,
  nodeDs: Int32Array,
  budgetDs: number,
): MultiPolygon {
  const stretches: Stretches = [];
  if (budgetDs >= 0) {
    for (let edge = 0; edge < graph.edgeCount; edge++) addReached(graph, edge, nodeDs, budgetDs, stretches);
    addAround(graph, start, budgetDs, stretches);
  }
  if (stretches.length === 0) return { type: 'MultiPolygon', coordinates: [] };
  const frame = frameOf(stretches);
  const field = bandField(frame, stretches);
  const rings = contourRings(field, reachCells - bandCells);
  return { type: 'MultiPolygon', coordinates: nestRings(rings, frame) };
}

/** The parts of an edge that are in reach from its ends. */
function addReached(
  graph: RoadGraph,
  edge: number,
  nodeDs: Int32Array,
  budgetDs: number,
  into: Stretches,
): void {
  const leftAtFrom = budgetDs - entryDs(graph, edge, 0, nodeDs);
  const leftAtTo = budgetDs - entryDs(graph, edge, 1, nodeDs);
  if (leftAtFrom < 0 && leftAtTo < 0) return;
  const ds = edgeDs(graph, edge);
  const ahead = Math.max(0, leftAtFrom / ds);
  const back = Math.max(0, leftAtTo / ds);
  if (ahead + back >= 1) addWhole(graph, edge, into);
  else {
    if (leftAtFrom >= 0) addSlice(graph, edge, 0, ahead, into);
    if (leftAtTo >= 0) addSlice(graph, edge, 1 - back, 1, into);
  }
}

/** When the edge is entered at one of its ends, from whichever of the nodes there comes first. */
function entryDs(graph: RoadGraph, edge: number, end: 0 | 1, nodeDs: Int32Array): number {
  const junction = (end === 0 ? graph.edgeFrom : graph.edgeTo)[edge]!;
  if (graph.copyOffset[junction] === graph.copyOffset[junction + 1])
    return graph.edgeArc[edge * 2 + end] === noArc ? unreached : nodeDs[junction]!;
  return entriesOf(graph, edge, end).reduce((best, node) => Math.min(best, nodeDs[node]!), unreached);
}

/** The start's own edge, both ways as far as it may be driven. */
function addAround(graph: RoadGraph, { edge, fraction }: Snap, budgetDs: number, into: Stretches): void {
  const share = budgetDs / edgeDs(graph, edge);
  const first = graph.edgeArc[edge * 2 + 1] === noArc ? fraction : Math.max(0, fraction - share);
  const last = graph.edgeArc[edge * 2] === noArc ? fraction : Math.min(1, fraction + share);
  addSlice(graph, edge, first, last, into);
}

function addSlice(graph: RoadGraph, edge: number, first: number, last: number, into: Stretches): void {
  const { shape, shapeOffset } = graph;
  const begin = shapeOffset[edge]!;
  const end = shapeOffset[edge + 1]! - 1;
  const shrink = lngShrink(shape[begin * 2 + 1]! / unitsPerDegree);
  const lengthOf = (v: number): number => {
    const dx = (shape[v * 2 + 2]! - shape[v * 2]!) * shrink;
    const dy = shape[v * 2 + 3]! - shape[v * 2 + 1]!;
    return Math.sqrt(dx * dx + dy * dy);
  };
  let total = 0;
  for (let v = begin; v < end; v++) total += lengthOf(v);
  let before = 0;
  for (let v = begin; v < end; v++) {
    const length = lengthOf(v);
    const from = length === 0 ? 0 : Math.max(0, (first * total - before) / length);
    const to = length === 0 ? 1 : Math.min(1, (last * total - before) / length);
    before += length;
    if (from > to) continue;
    const [ax, ay] = [shape[v * 2]!, shape[v * 2 + 1]!];
    const [dx, dy] = [shape[v * 2 + 2]! - ax, shape[v * 2 + 3]! - ay];
    into.push(ax + dx * from, ay + dy * from, ax + dx * to, ay + dy * to);
  }
}

function addWhole(graph: RoadGraph, edge: number, into: Stretches): void {
  const { shape, shapeOffset } = graph;
  const end = shapeOffset[edge + 1]! - 1;
  for (let v = shapeOffset[edge]!; v < end; v++) {
    into.push(shape[v * 2]!, shape[v * 2 + 1]!, shape[v * 2 + 2]!, shape[v * 2 + 3]!);
  }
}

/** A raster on the ground, in 1e-7 degree. Here cells are half a band wide, with a margin that the band cannot cross. */
export interface Frame {
  west: number;
  south: number;
  cellWidth: number;
  cellHeight: number;
  columns: number;
  rows: number;
}

function frameOf(stretches: Stretches): Frame {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < stretches.length; i += 2) {
    west = Math.min(west, stretches[i]!);
    east = Math.max(east, stretches[i]!);
    south = Math.min(south, stretches[i + 1]!);
    north = Math.max(north, stretches[i + 1]!);
  }
  const shrink = lngShrink((south + north) / 2 / unitsPerDegree);
  const extentM = Math.max((east - west) * shrink, north - south) / storedPerMetre;
  const bandM = Math.min(wideBandM, Math.max(narrowBandM, extentM * bandPerExtent));
  const cellHeight = (bandM / bandCells) * storedPerMetre;
  const cellWidth = cellHeight / shrink;
  const margin = Math.ceil(reachCells) + 1;
  return {
    west: west - margin * cellWidth,
    south: south - margin * cellHeight,
    cellWidth,
    cellHeight,
    columns: Math.ceil((east - west) / cellWidth) + 2 * margin + 1,
    rows: Math.ceil((north - south) / cellHeight) + 2 * margin + 1,
  };
}

function bandField(frame: Frame, stretches: Stretches): Field {
  const { columns, rows } = frame;
  const field = new NearestField(columns, rows);
  for (let i = 0; i < stretches.length; i += 4) {
    field.addSegment(
      (stretches[i]! - frame.west) / frame.cellWidth,
      (stretches[i + 1]! - frame.south) / frame.cellHeight,
      (stretches[i + 2]! - frame.west) / frame.cellWidth,
      (stretches[i + 3]! - frame.south) / frame.cellHeight,
    );
  }
  field.spread();
  return { columns, rows, values: field.closeness(reachCells) };
}

/** Outer rings with the holes that lie in them, in degrees; small holes are filled. Rings are in cells of the raster. */
export function nestRings(rings: [number, number][][], frame: Frame): LngLat[][][] {
  const areas = rings.map(signedArea);
  const outer = rings
    .filter((_, i) => areas[i]! > 0)
    .map(ring => ({ ring, area: signedArea(ring), holes: [] as LngLat[][] }));
  outer.sort((a, b) => a.area - b.area);
  const smallestHole = holeBands * bandCells ** 2;
  rings.forEach((ring, i) => {
    if (areas[i]! >= -smallestHole) return;
    outer
      .find(candidate => candidate.area > -areas[i]! && contains(candidate.ring, ring[0]!))
      ?.holes.push(toDegreesRing(ring, frame));
  });
  return outer.map(({ ring, holes }) => [toDegreesRing(ring, frame), ...holes]);
}

function signedArea(ring: [number, number][]): number {
  let twice = 0;
  for (let i = 1; i < ring.length; i++)
    twice += ring[i - 1]![0] * ring[i]![1] - ring[i]![0] * ring[i - 1]![1];
  return twice / 2;
}

function contains(ring: [number, number][], [x, y]: [number, number]): boolean {
  let inside = false;
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1]!;
    const [bx, by] = ring[i]!;
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  }
  return inside;
}

function toDegreesRing(ring: [number, number][], frame: Frame): LngLat[] {
  const sixDecimals = (stored: number): number => Math.round(stored / 10) / (unitsPerDegree / 10);
  return ring.map(([x, y]) => [
    sixDecimals(frame.west + x * frame.cellWidth),
    sixDecimals(frame.south + y * frame.cellHeight),
  ]);
}
