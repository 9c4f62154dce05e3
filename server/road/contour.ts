/** Outlines of a field of numbers: marching squares with straight interpolation. */

/** Values at the corners of unit cells, row by row from y = 0. */
export interface Field {
  columns: number;
  rows: number;
  values: Float32Array;
}

type Point = [number, number];

/**
 * Closed rings (first point repeated) around everything above `level`: counter-clockwise around it, clockwise around
 * holes in it (y grows upward). The outermost rows and columns must lie at or below the level.
 */
export function contourRings(field: Field, level: number): Point[][] {
  const next = linkCrossings(field, level);
  const rings: Point[][] = [];
  for (const first of next.keys()) {
    if (!next.has(first)) continue;
    const ring: Point[] = [];
    for (let at = first; ; ) {
      ring.push(crossingPoint(field, level, at));
      const following = next.get(at);
      next.delete(at);
      if (following === undefined || following === first) break;
      at = following;
    }
    ring.push(ring[0]!);
    rings.push(ring);
  }
  return rings;
}

/**
 * A crossing is where the level cuts a grid line: number 2·corner for the line from a corner to the right, 2·corner + 1
 * for the line upward. Maps each crossing to the next one, with the higher side on the left.
 */
function linkCrossings({ columns, rows, values }: Field, level: number): Map<number, number> {
  const next = new Map<number, number>();
  for (let y = 0; y + 1 < rows; y++) {
    for (let x = 0; x + 1 < columns; x++) {
      const corner = y * columns + x;
      const southWest = values[corner]! > level;
      const southEast = values[corner + 1]! > level;
      const northEast = values[corner + columns + 1]! > level;
      const northWest = values[corner + columns]! > level;
      if (southWest === southEast && southEast === northEast && northEast === northWest) continue;
      const south = corner * 2;
      const west = corner * 2 + 1;
      const north = (corner + columns) * 2;
      const east = (corner + 1) * 2 + 1;
      // Around the cell counter-clockwise: the line enters where the field falls below the level and leaves where it
      // next rises again. So in a saddle the two low corners are cut off alone.
      if (southWest && !southEast) next.set(south, northEast ? east : northWest ? north : west);
      if (southEast && !northEast) next.set(east, northWest ? north : southWest ? west : south);
      if (northEast && !northWest) next.set(north, southWest ? west : southEast ? south : east);
      if (northWest && !southWest) next.set(west, southEast ? south : northEast ? east : north);
    }
  }
  return next;
}

function crossingPoint({ columns, values }: Field, level: number, crossing: number): Point {
  const corner = crossing >> 1;
  const upward = (crossing & 1) === 1;
  const here = values[corner]!;
  const there = values[corner + (upward ? columns : 1)]!;
  const along = (level - here) / (there - here);
  const x = corner % columns;
  const y = Math.floor(corner / columns);
  return upward ? [x, y + along] : [x + along, y];
}
