import { distance, insideArea, type Line, simplify, type Vec } from './plane.ts';
import { polygonsOf, type Raster } from './raster.ts';

/** Marks cells that belong to no area. */
export const outside = -1;

/** A map of areas over a raster, with borders that neighbours share point for point. */
export interface Partition {
  /** Area of the cell that holds the point. */
  areaAt(p: Vec): number;
  /** Polygons of each area: outer ring, then holes. */
  polygons: Line[][][];
  /** Each border once, with the areas on its sides. */
  borders: { line: Line; left: number; right: number }[];
  /** Polygons of the areas that `belongs` takes, seen as one: outer ring, then holes. */
  union(belongs: (area: number) => boolean): Line[][];
}

/**
 * Cuts the plane into areas by a label per raster cell (`outside` or 0…count − 1). Borders are traced between the
 * points where three areas meet and smoothed once for both sides, so the areas neither overlap nor leave gaps.
 */
export function buildPartition(raster: Raster, labelOf: (p: Vec) => number, count: number): Partition {
  const { size } = raster;
  const labels = new Int16Array(raster.values.length);
  for (let i = 0; i < labels.length; i++) {
    const edge = i % size === 0 || i % size === size - 1 || i < size || i >= labels.length - size;
    labels[i] = edge ? outside : labelOf(raster.centreOf(i));
  }
  mergeEnclaves(labels, size);
  const borders = traceBorders(raster, labels);
  const polygons: Line[][][] = [];
  const union: Partition['union'] = belongs => polygonsOf(ringsOf(borders, belongs), 1);
  for (let area = 0; area < count; area++) polygons.push(union(other => other === area));
  return { areaAt: p => labels[raster.indexOf(p)] ?? outside, polygons, borders, union };
}

/** The area whose polygon holds the point; near a border that is not always the one of the raster's cell. */
export function areaAt(partition: Partition, p: Vec): number {
  const { polygons } = partition;
  const holds = (area: number): boolean => polygons[area]?.some(polygon => insideArea(p, polygon)) ?? false;
  const likely = partition.areaAt(p);
  if (holds(likely)) return likely;
  const found = polygons.findIndex((_, area) => holds(area));
  return found < 0 ? likely : found;
}

/** Leaves each label its largest piece and gives the others to a neighbour, until each is in one piece. */
function mergeEnclaves(labels: Int16Array, size: number): void {
  for (let round = 0; round < 8; round++) {
    const piece = new Int32Array(labels.length).fill(-1);
    const pieces: { label: number; cells: number[] }[] = [];
    for (let start = 0; start < labels.length; start++) {
      if (piece[start] !== -1) continue;
      const label = labels[start]!;
      const cells = [start];
      piece[start] = pieces.length;
      for (let at = 0; at < cells.length; at++) {
        for (const next of neighbours(cells[at]!, size, labels.length)) {
          if (piece[next] !== -1 || labels[next] !== label) continue;
          piece[next] = pieces.length;
          cells.push(next);
        }
      }
      pieces.push({ label, cells });
    }
    const largest = new Map<number, number>();
    for (const { label, cells } of pieces)
      largest.set(label, Math.max(largest.get(label) ?? 0, cells.length));
    const strays = pieces.filter(({ label, cells }) => cells.length < (largest.get(label) ?? 0));
    if (strays.length === 0) return;
    for (const { label, cells } of strays) {
      const votes = new Map<number, number>();
      for (const cell of cells) {
        for (const next of neighbours(cell, size, labels.length)) {
          if (labels[next] !== label) votes.set(labels[next]!, (votes.get(labels[next]!) ?? 0) + 1);
        }
      }
      const winner = [...votes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? outside;
      for (const cell of cells) labels[cell] = winner;
    }
  }
}

function neighbours(cell: number, size: number, count: number): number[] {
  const column = cell % size;
  const out: number[] = [];
  if (column > 0) out.push(cell - 1);
  if (column < size - 1) out.push(cell + 1);
  if (cell >= size) out.push(cell - size);
  if (cell + size < count) out.push(cell + size);
  return out;
}

interface Border {
  line: Line;
  left: number;
  right: number;
}

/** Walks the lattice lines between cells of different labels, from meeting point to meeting point. */
function traceBorders(raster: Raster, labels: Int16Array): Border[] {
  const { size } = raster;
  const width = size + 1;
  // From a lattice corner: the corners it leads to, each with the labels on the left and right of that step.
  const steps = new Map<number, { to: number; left: number; right: number }[]>();
  const add = (from: number, to: number, left: number, right: number): void => {
    const list = steps.get(from);
    if (list) list.push({ to, left, right });
    else steps.set(from, [{ to, left, right }]);
  };
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const here = labels[row * size + column]!;
      const east = column + 1 < size ? labels[row * size + column + 1]! : here;
      const north = row + 1 < size ? labels[(row + 1) * size + column]! : here;
      const corner = (row + 1) * width + column + 1;
      if (here !== east) {
        add(corner - width, corner, here, east);
        add(corner, corner - width, east, here);
      }
      if (here !== north) {
        add(corner, corner - 1, here, north);
        add(corner - 1, corner, north, here);
      }
    }
  }
  const used = new Set<number>();
  const keyOf = (a: number, b: number): number => Math.min(a, b) * 4 + (Math.abs(a - b) === 1 ? 0 : 1);
  const position = (corner: number): Vec => [
    raster.originX + (corner % width) * raster.cellM,
    raster.originY + Math.floor(corner / width) * raster.cellM,
  ];
  const borders: Border[] = [];
  const walk = (start: number, first: { to: number; left: number; right: number }): void => {
    if (used.has(keyOf(start, first.to))) return;
    const corners = [start];
    let here = start;
    let step: { to: number; left: number; right: number } | undefined = first;
    while (step && !used.has(keyOf(here, step.to))) {
      used.add(keyOf(here, step.to));
      corners.push(step.to);
      const before: number = here;
      here = step.to;
      const around: { to: number; left: number; right: number }[] = steps.get(here) ?? [];
      step = around.length === 2 ? around.find(next => next.to !== before) : undefined;
    }
    borders.push({
      line: soften(corners.map(position), corners[0] === corners.at(-1)),
      left: first.left,
      right: first.right,
    });
  };
  for (const [corner, list] of steps) if (list.length !== 2) for (const step of list) walk(corner, step);
  for (const [corner, list] of steps) if (list[0]) walk(corner, list[0]);
  return borders;
}

/** Rounds off a border's stairs, keeping its ends; a closed border keeps its first point as its end. */
function soften(line: Line, closed: boolean): Line {
  let current = line;
  for (let round = 0; round < 10; round++) {
    const last = current.length - 1;
    current = current.map((here, i): Vec => {
      if (!closed && (i === 0 || i === last)) return here;
      const before = current[i === 0 ? last - 1 : i - 1] as Vec;
      const after = current[i === last ? 1 : i + 1] as Vec;
      return [(before[0] + here[0] * 2 + after[0]) / 4, (before[1] + here[1] * 2 + after[1]) / 4];
    });
  }
  return closed ? current : simplify(current, 6);
}

/** Links the borders around some areas into rings with those areas on their left. */
function ringsOf(borders: Border[], belongs: (area: number) => boolean): Line[] {
  const open = borders
    .filter(({ left, right }) => belongs(left) !== belongs(right))
    .map(({ left, line }) => (belongs(left) ? line : [...line].reverse()));
  const rings: Line[] = [];
  while (open.length > 0) {
    const ring = [...(open.pop() as Line)];
    while (distance(ring[0] as Vec, ring.at(-1) as Vec) > 0.01) {
      const end = ring.at(-1) as Vec;
      const next = open.findIndex(line => distance(line[0] as Vec, end) < 0.01);
      if (next < 0)
        throw new Error(
          'synthetic county: a station border does not close; expected every border to lead on',
        );
      ring.push(...(open.splice(next, 1)[0] as Line).slice(1));
    }
    rings.push(ring.slice(0, -1));
  }
  return rings;
}
