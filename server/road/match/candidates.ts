/** The places on the network where a fix may have been. */
import { lngShrink, metresPerDegree, unitsPerDegree } from '../geo.ts';
import type { RoadGraph } from '../graph.ts';
import type { SnapGrid } from '../grid.ts';

/** The nearest point of one edge to a fix. */
export interface EdgePoint {
  edge: number;
  /** Along the edge's length, 0 at its beginning. */
  fraction: number;
  offM: number;
  /** Bearing of the edge's own direction there, degrees. */
  bearingDeg: number;
}

const storedPerMetre = unitsPerDegree / metresPerDegree;

/** The nearest point of every edge within `reachM` of a position, nearest first, at most `most`. */
export function edgesAround(
  graph: RoadGraph,
  lng: number,
  lat: number,
  reachM: number,
  most: number,
): EdgePoint[] {
  const nearest = new Map<number, Hit>();
  for (const grid of [graph.grid, graph.fencedGrid]) collect(graph, grid, lng, lat, reachM, nearest);
  return [...nearest.entries()]
    .sort((a, b) => a[1].squared - b[1].squared || a[0] - b[0])
    .slice(0, most)
    .map(([edge, hit]) => edgePoint(graph, edge, hit));
}

/** The nearest segment of an edge so far: its first vertex, how far along it, and the squared distance (stored units). */
interface Hit {
  vertex: number;
  along: number;
  squared: number;
}

function collect(
  graph: RoadGraph,
  grid: SnapGrid,
  lng: number,
  lat: number,
  reachM: number,
  nearest: Map<number, Hit>,
): void {
  const { shape } = graph;
  const x = lng * unitsPerDegree;
  const y = lat * unitsPerDegree;
  const shrink = lngShrink(lat);
  const reach = reachM * storedPerMetre;
  const column = (at: number): number => Math.floor((at - grid.west) / grid.cellWidth);
  const row = (at: number): number => Math.floor((at - grid.south) / grid.cellHeight);
  const lastRow = Math.min(grid.rows - 1, row(y + reach));
  const lastColumn = Math.min(grid.columns - 1, column(x + reach / shrink));
  for (let r = Math.max(0, row(y - reach)); r <= lastRow; r++) {
    for (let c = Math.max(0, column(x - reach / shrink)); c <= lastColumn; c++) {
      const cell = r * grid.columns + c;
      for (let k = grid.cellOffset[cell]!; k < grid.cellOffset[cell + 1]!; k++) {
        const vertex = grid.cellVertex[k]!;
        const ax = (shape[vertex * 2]! - x) * shrink;
        const ay = shape[vertex * 2 + 1]! - y;
        const dx = (shape[vertex * 2 + 2]! - x) * shrink - ax;
        const dy = shape[vertex * 2 + 3]! - y - ay;
        const lengthSquared = dx * dx + dy * dy;
        const raw = lengthSquared > 0 ? -(ax * dx + ay * dy) / lengthSquared : 0;
        const along = raw < 0 ? 0 : raw > 1 ? 1 : raw;
        const squared = (ax + dx * along) ** 2 + (ay + dy * along) ** 2;
        if (squared > reach * reach) continue;
        const edge = edgeOfVertex(graph, vertex);
        const before = nearest.get(edge);
        if (before === undefined || squared < before.squared) nearest.set(edge, { vertex, along, squared });
      }
    }
  }
}

function edgeOfVertex({ shapeOffset, edgeCount }: RoadGraph, vertex: number): number {
  let low = 0;
  let high = edgeCount - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (shapeOffset[middle]! <= vertex) low = middle;
    else high = middle - 1;
  }
  return low;
}

function edgePoint(graph: RoadGraph, edge: number, { vertex, along, squared }: Hit): EdgePoint {
  const { shape, shapeOffset } = graph;
  const shrink = lngShrink(shape[vertex * 2 + 1]! / unitsPerDegree);
  let before = 0;
  let total = 0;
  let bearingDeg = 0;
  for (let v = shapeOffset[edge]!; v < shapeOffset[edge + 1]! - 1; v++) {
    const dx = (shape[v * 2 + 2]! - shape[v * 2]!) * shrink;
    const dy = shape[v * 2 + 3]! - shape[v * 2 + 1]!;
    const length = Math.sqrt(dx * dx + dy * dy);
    if (v < vertex) before += length;
    if (v === vertex) {
      before += length * along;
      bearingDeg = ((Math.atan2(dx, dy) * 180) / Math.PI + 360) % 360;
    }
    total += length;
  }
  const fraction = total === 0 ? 0 : Math.min(1, before / total);
  return { edge, fraction, offM: Math.sqrt(squared) / storedPerMetre, bearingDeg };
}
