/**
 * The snap index: a uniform grid over all shape segments. Snapping asks for one small neighbourhood, where a grid
 * needs no tree walk and no allocation; and its flat arrays travel in the road file.
 */
import { lngShrink, storedPerMetre, unitsPerDegree } from './geo.ts';

/** Cells are numbered row by row from the south-west; cell c holds `cellVertex[cellOffset[c] … cellOffset[c + 1]]`. */
export interface SnapGrid {
  /** South-west corner, 1e-7 degree. */
  west: number;
  south: number;
  /** Cell size in 1e-7 degree; about as wide as high in metres. */
  cellWidth: number;
  cellHeight: number;
  columns: number;
  rows: number;
  cellOffset: Uint32Array;
  /** First vertex of each segment in the cell (the segment ends at the next vertex). */
  cellVertex: Uint32Array;
}

const targetCellM = 80;

/**
 * An index of some edges.
 * @param shape vertices of all edges (2 numbers each); edge e owns `shapeOffset[e] … shapeOffset[e + 1]`
 */
export function buildSnapGrid(shape: Int32Array, shapeOffset: Uint32Array, edges: number[]): SnapGrid {
  const segments = edges.reduce((sum, edge) => sum + shapeOffset[edge + 1]! - shapeOffset[edge]! - 1, 0);
  const frame = gridFrame(shape, segments);
  const cellOffset = new Uint32Array(frame.columns * frame.rows + 1);
  const eachSegment = (visit: (cell: number, vertex: number) => void): void => {
    for (const edge of edges) {
      for (let v = shapeOffset[edge]!; v + 1 < shapeOffset[edge + 1]!; v++)
        coverSegment(frame, shape, v, visit);
    }
  };
  eachSegment(cell => {
    cellOffset[cell + 1]!++;
  });
  for (let cell = 1; cell < cellOffset.length; cell++) cellOffset[cell]! += cellOffset[cell - 1]!;
  const cellVertex = new Uint32Array(cellOffset[cellOffset.length - 1]!);
  const next = cellOffset.slice();
  eachSegment((cell, vertex) => {
    cellVertex[next[cell]!++] = vertex;
  });
  return { ...frame, cellOffset, cellVertex };
}

type Frame = Omit<SnapGrid, 'cellOffset' | 'cellVertex'>;

function gridFrame(shape: Int32Array, segments: number): Frame {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < shape.length; i += 2) {
    west = Math.min(west, shape[i]!);
    east = Math.max(east, shape[i]!);
    south = Math.min(south, shape[i + 1]!);
    north = Math.max(north, shape[i + 1]!);
  }
  if (shape.length === 0) [west, south, east, north] = [0, 0, 0, 0];
  const shrink = Math.max(0.01, lngShrink((south + north) / 2 / unitsPerDegree));
  const cellsFor = (sizeM: number): [number, number] => [
    Math.floor((east - west) / ((sizeM * storedPerMetre) / shrink)) + 1,
    Math.floor((north - south) / (sizeM * storedPerMetre)) + 1,
  ];
  // A wide, empty region must not cost more cells than it has roads.
  let sizeM = targetCellM;
  while (cellsFor(sizeM)[0] * cellsFor(sizeM)[1] > 64 + segments * 4) sizeM *= 1.5;
  const [columns, rows] = cellsFor(sizeM);
  const cellHeight = sizeM * storedPerMetre;
  return { west, south, cellWidth: cellHeight / shrink, cellHeight, columns, rows };
}

/** Visits every cell that the segment from `vertex` to the next one touches, row by row. */
function coverSegment(
  frame: Frame,
  shape: Int32Array,
  vertex: number,
  visit: (cell: number, vertex: number) => void,
): void {
  const { columns, rows } = frame;
  let ax = (shape[vertex * 2]! - frame.west) / frame.cellWidth;
  let ay = (shape[vertex * 2 + 1]! - frame.south) / frame.cellHeight;
  let bx = (shape[vertex * 2 + 2]! - frame.west) / frame.cellWidth;
  let by = (shape[vertex * 2 + 3]! - frame.south) / frame.cellHeight;
  if (ay > by) [ax, ay, bx, by] = [bx, by, ax, ay];
  const lastRow = Math.min(rows - 1, Math.floor(by));
  for (let row = Math.floor(ay); row <= lastRow; row++) {
    const steep = by > ay ? (bx - ax) / (by - ay) : 0;
    const enterX = row <= ay ? ax : ax + (row - ay) * steep;
    const leaveX = row + 1 >= by ? bx : ax + (row + 1 - ay) * steep;
    const first = Math.max(0, Math.floor(Math.min(enterX, leaveX)));
    const last = Math.min(columns - 1, Math.floor(Math.max(enterX, leaveX)));
    for (let column = first; column <= last; column++) visit(row * columns + column, vertex);
  }
}

/** The nearest point of a search: vertex −1 when nothing lies within the limit. */
export interface GridHit {
  vertex: number;
  /** How far along the segment, 0 to 1. */
  along: number;
  distanceM: number;
}

/**
 * Finds the segment nearest to (lng, lat) in degrees within `maxM` metres. Looks at rings of cells outwards and stops
 * when everything outside the rings so far is farther than what was found.
 */
export function nearestSegment(
  grid: SnapGrid,
  shape: Int32Array,
  lng: number,
  lat: number,
  maxM: number,
): GridHit {
  if (!(maxM >= 0)) return { vertex: -1, along: 0, distanceM: Infinity };
  const search = new CellSearch(grid, shape, lng, lat, maxM * storedPerMetre);
  const { columns, rows } = grid;
  const { column, row } = search;
  // Far outside the grid the first rings are empty: begin at the one that touches it.
  const outside = Math.max(0, -column, column - columns + 1, -row, row - rows + 1);
  const lastRing = Math.max(column, row, columns - 1 - column, rows - 1 - row);
  for (let ring = outside; ring <= lastRing && search.mayHoldNearer(ring); ring++) {
    const lastRow = Math.min(rows - 1, row + ring);
    for (let r = Math.max(0, row - ring); r <= lastRow; r++) {
      const step = ring === 0 || r === row - ring || r === row + ring ? 1 : ring * 2;
      for (let c = column - ring; c <= column + ring; c += step) {
        if (c >= 0 && c < columns) search.visit(r * columns + c);
      }
    }
  }
  return {
    vertex: search.vertex,
    along: search.along,
    distanceM: Math.sqrt(search.nearestSquared) / storedPerMetre,
  };
}

/** One search from one point; lengths in 1e-7 degree of latitude. */
class CellSearch {
  readonly column: number;
  readonly row: number;
  vertex = -1;
  along = 0;
  nearestSquared: number;
  private readonly grid: SnapGrid;
  private readonly shape: Int32Array;
  private readonly x: number;
  private readonly y: number;
  private readonly shrink: number;

  constructor(grid: SnapGrid, shape: Int32Array, lng: number, lat: number, max: number) {
    this.grid = grid;
    this.shape = shape;
    this.x = lng * unitsPerDegree;
    this.y = lat * unitsPerDegree;
    this.shrink = lngShrink(lat);
    this.column = Math.floor((this.x - grid.west) / grid.cellWidth);
    this.row = Math.floor((this.y - grid.south) / grid.cellHeight);
    this.nearestSquared = max * max;
  }

  /** Whether the point is at least as near to the rim of the block of rings inside `ring` as to the best segment. */
  mayHoldNearer(ring: number): boolean {
    if (ring === 0) return true;
    const { west, south, cellWidth, cellHeight } = this.grid;
    const eastward = this.x - west - this.column * cellWidth;
    const northward = this.y - south - this.row * cellHeight;
    const inner = ring - 1;
    const gapX = (Math.min(eastward, cellWidth - eastward) + inner * cellWidth) * this.shrink;
    const gapY = Math.min(northward, cellHeight - northward) + inner * cellHeight;
    const gap = Math.min(gapX, gapY);
    return gap * gap <= this.nearestSquared;
  }

  visit(cell: number): void {
    const { grid, shape, x, y, shrink } = this;
    const end = grid.cellOffset[cell + 1]!;
    for (let k = grid.cellOffset[cell]!; k < end; k++) {
      const vertex = grid.cellVertex[k]!;
      const ax = (shape[vertex * 2]! - x) * shrink;
      const ay = shape[vertex * 2 + 1]! - y;
      const dx = (shape[vertex * 2 + 2]! - x) * shrink - ax;
      const dy = shape[vertex * 2 + 3]! - y - ay;
      const lengthSquared = dx * dx + dy * dy;
      // No segment is nearer than the endless line that it lies on; this spares most of them the division.
      const cross = ax * dy - ay * dx;
      if (cross * cross > this.nearestSquared * lengthSquared) continue;
      const along = nearestAlong(ax, ay, dx, dy);
      const nearX = ax + dx * along;
      const nearY = ay + dy * along;
      const squared = nearX * nearX + nearY * nearY;
      if (squared > this.nearestSquared || (squared === this.nearestSquared && this.vertex >= 0)) continue;
      this.vertex = vertex;
      this.along = along;
      this.nearestSquared = squared;
    }
  }
}

/**
 * Visits the segments that come within `reachM` metres of (lng, lat) in degrees, one that lies in several cells more
 * than once: its first vertex, how far along it (0 to 1) the nearest point lies, and the metres to that.
 */
export function eachSegmentWithin(
  grid: SnapGrid,
  shape: Int32Array,
  [lng, lat]: readonly [number, number],
  reachM: number,
  visit: (vertex: number, along: number, distanceM: number) => void,
): void {
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
        const along = nearestAlong(ax, ay, dx, dy);
        const squared = (ax + dx * along) ** 2 + (ay + dy * along) ** 2;
        if (squared <= reach * reach) visit(vertex, along, Math.sqrt(squared) / storedPerMetre);
      }
    }
  }
}

/** Where along the segment from (ax, ay) by (dx, dy), 0 to 1, it comes nearest to the origin. */
function nearestAlong(ax: number, ay: number, dx: number, dy: number): number {
  const squared = dx * dx + dy * dy;
  const along = squared > 0 ? -(ax * dx + ay * dy) / squared : 0;
  return along < 0 ? 0 : along > 1 ? 1 : along;
}
