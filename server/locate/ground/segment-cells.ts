/** Which road cells the segments of the region's reference data are made of. */
import { angleBetween, bearingDeg, distanceM, lineLengthM, type LngLat, pointBetween } from '#road/geo.ts';
import { placeOnEdge, type RoadGraph, vertexPosition } from '#road/graph.ts';
import { eachSegmentWithin } from '#road/grid.ts';
import { cellAt, type Cells } from './cells.ts';

/** Points are taken this far apart along a segment. */
const stepM = 8;
/** A segment cut from this very graph lies on it; one of another version of the map, or drawn by hand, beside it. */
const sameM = 2;
const nearbyM = 15;
const sameCourseDeg = 30;

/**
 * The cells of each line, in its order. A cell is a line's when at least half of it lies on the line, and of the one
 * that has most of it when there are several. Empty: there is no such road in the graph.
 */
export function cellsOfSegments(
  graph: RoadGraph,
  cells: Cells,
  lines: readonly (readonly LngLat[])[],
): number[][] {
  const owner = new Int32Array(cells.cellCount).fill(-1);
  const ownedM = new Float32Array(cells.cellCount);
  const found = lines.map(line => metresOnCells(graph, cells, line));
  found.forEach((metres, line) => {
    for (const [cell, onLineM] of metres) {
      if (onLineM < cells.cellLengthM[cell]! / 2 || onLineM <= ownedM[cell]!) continue;
      owner[cell] = line;
      ownedM[cell] = onLineM;
    }
  });
  return found.map((metres, line) => [...metres.keys()].filter(cell => owner[cell] === line));
}

/** Cell → metres of the line that lie on it, in the order in which the line comes to them. */
function metresOnCells(graph: RoadGraph, cells: Cells, line: readonly LngLat[]): Map<number, number> {
  const same = walk(graph, cells, line, sameM);
  let coveredM = 0;
  for (const metres of same.values()) coveredM += metres;
  return coveredM >= 0.95 * lineLengthM(line) ? same : walk(graph, cells, line, nearbyM);
}

function walk(graph: RoadGraph, cells: Cells, line: readonly LngLat[], withinM: number): Map<number, number> {
  const metres = new Map<number, number>();
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1]!, line[i]!];
    const lengthM = distanceM(a, b);
    const steps = Math.max(1, Math.round(lengthM / stepM));
    for (let k = 0; k < steps; k++) {
      const cell = cellUnder(graph, cells, pointBetween(a, b, (k + 0.5) / steps), bearingDeg(a, b), withinM);
      if (cell >= 0) metres.set(cell, (metres.get(cell) ?? 0) + lengthM / steps);
    }
  }
  return metres;
}

/** The cell of the nearest road that runs along `courseDeg` there, in either direction, or -1. */
function cellUnder(graph: RoadGraph, cells: Cells, at: LngLat, courseDeg: number, withinM: number): number {
  let best = -1;
  let bestAlong = 0;
  let bestM = Infinity;
  eachSegmentWithin(graph.grid, graph.shape, at, withinM, (vertex, along, offM) => {
    if (offM > bestM || (offM === bestM && vertex >= best)) return;
    const turn = angleBetween(
      courseDeg,
      bearingDeg(vertexPosition(graph, vertex), vertexPosition(graph, vertex + 1)),
    );
    if (Math.min(turn, 180 - turn) > sameCourseDeg) return;
    [best, bestAlong, bestM] = [vertex, along, offM];
  });
  if (best < 0) return -1;
  const { edge, fraction } = placeOnEdge(graph, best, bestAlong);
  return cellAt(cells, edge, fraction);
}
