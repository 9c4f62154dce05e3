/** The smallest areas that hold given shares of the belief, as outlines that hug the roads. */
import type { Ground } from '#locate/ground.ts';
import { contourRings, type Field } from '#road/contour.ts';
import { type LngLat, lngShrink, storedPerMetre, toStored, unitsPerDegree } from '#road/geo.ts';
import { type Frame, nestRings } from '#road/outline.ts';
import type { Masses } from './picture.ts';

/** Cells of the raster: fine for a few streets, coarser where the whole county is in question. */
const finestM = 35;
const coarsestM = 220;
const cellsAcross = 220;
/** The outer parts that hold less than this are not drawn, so they need no raster. */
const leftOut = 0.01;
/** A point of mass is seen as a spot of so many cells, one standard deviation. */
const blurCells = 1.3;
const blurReach = 4;
/** A raster and straight contours lose a little. */
const spareShare = 0.01;

/** Points that hold mass: positions in 1e-7 degree. */
interface Points {
  x: number[];
  y: number[];
  mass: number[];
}

/**
 * For each share (ascending) the polygons, outer ring first, of an area that holds it of what lies inside the region. They
 * are the sets above a level of the blurred density (highest density regions, Hyndman 1996), so each lies in the next.
 */
export function regionsOf(
  ground: Ground,
  picture: Pick<Masses, 'cell' | 'place'>,
  shares: readonly number[],
): LngLat[][][][] {
  const points = heaviest(pointsOf(ground, picture));
  if (points.mass.length === 0) return shares.map(() => []);
  const frame = frameOf(points);
  const field = blurred(frame, points);
  const levels = levelsOf(field, frame, points, shares);
  return levels.map(level => nestRings(contourRings(field, level), frame));
}

function pointsOf(ground: Ground, { cell, place }: Pick<Masses, 'cell' | 'place'>): Points {
  const points: Points = { x: [], y: [], mass: [] };
  const add = (lng: number, lat: number, mass: number): void => {
    if (mass <= 0) return;
    points.x.push(toStored(lng));
    points.y.push(toStored(lat));
    points.mass.push(mass);
  };
  cell.forEach((mass, i) => add(ground.cellLng[i]!, ground.cellLat[i]!, mass));
  place.forEach((mass, i) => add(...ground.targets[i]!.position, mass));
  return points;
}

/** Without the lightest ones, which together hold next to nothing and lie everywhere. */
function heaviest({ x, y, mass }: Points): Points {
  const total = mass.reduce((sum, each) => sum + each, 0);
  const ascending = Float64Array.from(mass).sort();
  let last = ascending.length;
  for (let held = 0; last > 0 && held < total * (1 - leftOut); ) held += ascending[--last]!;
  const least = ascending[last] ?? 0;
  const kept = Array.from(mass.keys()).filter(i => mass[i]! >= least);
  return { x: kept.map(i => x[i]!), y: kept.map(i => y[i]!), mass: kept.map(i => mass[i]! / total) };
}

function frameOf({ x, y }: Points): Frame {
  const extent = (list: number[]): [number, number] =>
    list.reduce(([low, high], at) => [Math.min(low, at), Math.max(high, at)], [Infinity, -Infinity]);
  const [west, east] = extent(x);
  const [south, north] = extent(y);
  const shrink = lngShrink((south + north) / 2 / unitsPerDegree);
  const acrossM = Math.max((east - west) * shrink, north - south) / storedPerMetre;
  const sizeM = Math.min(coarsestM, Math.max(finestM, acrossM / cellsAcross));
  const cellHeight = sizeM * storedPerMetre;
  const cellWidth = cellHeight / shrink;
  const margin = blurReach + 2;
  return {
    west: west - margin * cellWidth,
    south: south - margin * cellHeight,
    cellWidth,
    cellHeight,
    columns: Math.ceil((east - west) / cellWidth) + 2 * margin + 1,
    rows: Math.ceil((north - south) / cellHeight) + 2 * margin + 1,
  };
}

function blurred(frame: Frame, points: Points): Field {
  const { columns, rows } = frame;
  const values = new Float32Array(columns * rows);
  points.mass.forEach((mass, i) => {
    // Shared among the four corners around, so that outlines do not jump from corner to corner.
    const column = (points.x[i]! - frame.west) / frame.cellWidth;
    const row = (points.y[i]! - frame.south) / frame.cellHeight;
    const [left, low] = [Math.floor(column), Math.floor(row)];
    const [right, up] = [column - left, row - low];
    values[low * columns + left]! += mass * (1 - right) * (1 - up);
    values[low * columns + left + 1]! += mass * right * (1 - up);
    values[(low + 1) * columns + left]! += mass * (1 - right) * up;
    values[(low + 1) * columns + left + 1]! += mass * right * up;
  });
  const across = blurLines(values, { count: rows, step: columns, length: columns, stride: 1 });
  return {
    columns,
    rows,
    values: blurLines(across, { count: columns, step: 1, length: rows, stride: columns }),
  };
}

/** Gaussian along each line of the raster. */
function blurLines(
  values: Float32Array,
  { count, step, length, stride }: { count: number; step: number; length: number; stride: number },
): Float32Array {
  const weights = Array.from({ length: 2 * blurReach + 1 }, (_, k) =>
    Math.exp(-0.5 * ((k - blurReach) / blurCells) ** 2),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const result = new Float32Array(values.length);
  for (let line = 0; line < count; line++) {
    for (let i = 0; i < length; i++) {
      const value = values[line * step + i * stride]!;
      if (value === 0) continue;
      const from = Math.max(0, i - blurReach);
      const to = Math.min(length - 1, i + blurReach);
      for (let k = from; k <= to; k++)
        result[line * step + k * stride]! += (value * weights[k - i + blurReach]!) / sum;
    }
  }
  return result;
}

/** The density above which the points hold each share. */
function levelsOf(field: Field, frame: Frame, points: Points, shares: readonly number[]): number[] {
  const density = points.mass.map((_, i) => {
    const column = (points.x[i]! - frame.west) / frame.cellWidth;
    const row = (points.y[i]! - frame.south) / frame.cellHeight;
    return valueAt(field, column, row);
  });
  const order = density.map((_, i) => i).sort((a, b) => density[b]! - density[a]!);
  return shares.map(share => {
    let held = 0;
    for (const i of order) {
      held += points.mass[i]!;
      if (held >= Math.min(share + spareShare, 1 - leftOut - 1e-6)) return density[i]! * 0.999;
    }
    return density[order.at(-1)!]! * 0.999;
  });
}

function valueAt({ columns, values }: Field, column: number, row: number): number {
  const [left, low] = [Math.floor(column), Math.floor(row)];
  const [right, up] = [column - left, row - low];
  const at = (x: number, y: number): number => values[y * columns + x]!;
  const bottom = at(left, low) * (1 - right) + at(left + 1, low) * right;
  const top = at(left, low + 1) * (1 - right) + at(left + 1, low + 1) * right;
  return bottom * (1 - up) + top * up;
}
