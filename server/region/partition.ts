/**
 * A plane cut into areas: a raster of owners becomes polygons whose borders two neighbours share point by point, so
 * that nothing lies between them and nothing in both.
 */
import { ringContains, signedArea } from './geo.ts';

/** Points of a raster's corners: (0, 0) is the lower left corner of cell (0, 0). */
type Corner = [number, number];
/** Outer ring first, then holes; closed. */
type CellPolygon = Corner[][];

export interface OwnerRaster {
  columns: number;
  rows: number;
  /** Row by row from below: index of the owner of each cell. */
  owner: Int32Array;
}

/** How far a smoothed border may leave the raster's own, in cells. */
const TOLERANCE = 0.75;

/** The polygons of each owner, in raster coordinates; empty for one that owns no cell. */
export function areasOf(raster: OwnerRaster, owners: number): CellPolygon[][] {
  const arcs = bordersOf(raster);
  simplify(arcs);
  const rings: Corner[][][] = Array.from({ length: owners }, () => []);
  for (const { owner, corners } of joined(arcs)) rings[owner]?.push(corners);
  return rings.map(polygonsOf);
}

/** A border between two owners, from one meeting point of borders to the next; `left` and `right` of its direction. */
interface Arc {
  left: number;
  right: number;
  corners: Corner[];
}

/** Owner of a cell; -1 outside of the raster. */
const ownerAt = ({ columns, rows, owner }: OwnerRaster, x: number, y: number): number =>
  x < 0 || y < 0 || x >= columns || y >= rows ? -1 : owner[y * columns + x]!;

/** Steps from a corner: east, north, west, south; with the cells to the left and right of each. */
const steps = [
  { dx: 1, dy: 0, left: [0, 0], right: [0, -1] },
  { dx: 0, dy: 1, left: [-1, 0], right: [0, 0] },
  { dx: -1, dy: 0, left: [-1, -1], right: [-1, 0] },
  { dx: 0, dy: -1, left: [0, -1], right: [-1, -1] },
] as const;

/** Owners to the left and right of a step from a corner. */
function sidesAt(raster: OwnerRaster, x: number, y: number, direction: number): [number, number] {
  const { left, right } = steps[direction]!;
  return [ownerAt(raster, x + left[0], y + left[1]), ownerAt(raster, x + right[0], y + right[1])];
}

/** Directions in which a border leaves a corner. */
function exitsAt(raster: OwnerRaster, x: number, y: number): number[] {
  return [0, 1, 2, 3].filter(direction => {
    const [left, right] = sidesAt(raster, x, y, direction);
    return left !== right;
  });
}

const opposite = (direction: number): number => (direction + 2) % 4;

function bordersOf(raster: OwnerRaster): Arc[] {
  const width = raster.columns + 1;
  const walked = new Uint8Array(width * (raster.rows + 1) * 4);
  const stepAt = (x: number, y: number, direction: number) => (y * width + x) * 4 + direction;
  const walk = (startX: number, startY: number, first: number): Arc => {
    const corners: Corner[] = [[startX, startY]];
    let [x, y, direction] = [startX, startY, first];
    for (;;) {
      const { dx, dy } = steps[direction]!;
      walked[stepAt(x, y, direction)] = 1;
      x += dx;
      y += dy;
      // The same stretch must not be walked again from its other end.
      walked[stepAt(x, y, opposite(direction))] = 1;
      corners.push([x, y]);
      const onward = exitsAt(raster, x, y);
      if (onward.length !== 2 || (x === startX && y === startY)) break;
      direction = onward.find(next => next !== opposite(direction))!;
    }
    const [left, right] = sidesAt(raster, startX, startY, first);
    return { left, right, corners };
  };
  const arcs: Arc[] = [];
  // From where borders meet or end first; what is left are islands, which meet no other border.
  for (const meetings of [true, false]) {
    for (let y = 0; y <= raster.rows; y++)
      for (let x = 0; x <= raster.columns; x++) {
        const directions = exitsAt(raster, x, y);
        if (meetings && directions.length === 2) continue;
        for (const direction of directions)
          if (!walked[stepAt(x, y, direction)]) arcs.push(walk(x, y, direction));
      }
  }
  return arcs;
}

/**
 * Takes the steps out of the borders. A corner goes when the straight line stays near to what it replaces and no other
 * border reaches into the triangle that is cut off, so borders never cross (de Berg et al. 1998).
 */
function simplify(arcs: Arc[]): void {
  const index = new CornerIndex();
  for (const arc of arcs) for (const corner of arc.corners) index.add(corner);
  for (const arc of arcs) arc.corners = simplified(arc.corners, index);
}

function simplified(corners: Corner[], index: CornerIndex): Corner[] {
  // A ring keeps three corners, or it would fold up; neighbours of the frame stay straight by themselves.
  const closed = same(corners[0]!, corners.at(-1)!);
  const kept = corners.map((_, i) => i);
  for (let at = 1; at + 1 < kept.length; ) {
    const [a, b, c] = [kept[at - 1]!, kept[at]!, kept[at + 1]!];
    const triangle = [corners[a]!, corners[b]!, corners[c]!] as const;
    const removable = !(closed && kept.length <= 4) && staysNear(corners, a, c) && index.isFree(triangle);
    if (removable) {
      index.remove(corners[b]!);
      kept.splice(at, 1);
      if (at > 1) at--;
    } else at++;
  }
  return kept.map(i => corners[i]!);
}

const same = (a: Corner, b: Corner): boolean => a[0] === b[0] && a[1] === b[1];

function staysNear(corners: readonly Corner[], first: number, last: number): boolean {
  const [a, b] = [corners[first]!, corners[last]!];
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  if (length === 0) return false;
  for (let i = first + 1; i < last; i++) {
    const [x, y] = corners[i]!;
    const off = Math.abs((b[0] - a[0]) * (a[1] - y) - (a[0] - x) * (b[1] - a[1])) / length;
    if (off > TOLERANCE) return false;
  }
  return true;
}

/** Corners that are still part of a border, by cell; several borders may meet in one. */
class CornerIndex {
  readonly #count = new Map<number, number>();

  add([x, y]: Corner): void {
    this.#change(x, y, 1);
  }

  remove([x, y]: Corner): void {
    this.#change(x, y, -1);
  }

  /** Whether no corner but its own lies in the triangle or on its rim. */
  isFree([a, b, c]: readonly [Corner, Corner, Corner]): boolean {
    const side = (p: Corner, q: Corner, x: number, y: number) =>
      (q[0] - p[0]) * (y - p[1]) - (q[1] - p[1]) * (x - p[0]);
    const turn = Math.sign(side(a, b, c[0], c[1]));
    if (turn === 0) return true;
    for (let y = Math.min(a[1], b[1], c[1]); y <= Math.max(a[1], b[1], c[1]); y++) {
      for (let x = Math.min(a[0], b[0], c[0]); x <= Math.max(a[0], b[0], c[0]); x++) {
        if (!this.#count.get(key(x, y))) continue;
        const own = [a, b, c].some(corner => corner[0] === x && corner[1] === y);
        const inside = [side(a, b, x, y), side(b, c, x, y), side(c, a, x, y)].every(
          value => Math.sign(value) !== -turn,
        );
        if (inside && !own) return false;
      }
    }
    return true;
  }

  #change(x: number, y: number, by: number): void {
    this.#count.set(key(x, y), (this.#count.get(key(x, y)) ?? 0) + by);
  }
}

const key = (x: number, y: number): number => x * 100_000 + y;

/** Rings of each owner: at every meeting point the border of an area goes on along the next arc of the same area. */
function* joined(arcs: readonly Arc[]): Generator<{ owner: number; corners: Corner[] }> {
  interface Side {
    owner: number;
    corners: Corner[];
    used: boolean;
  }
  const sides: Side[] = arcs.flatMap(({ left, right, corners }) => [
    { owner: left, corners, used: left < 0 },
    { owner: right, corners: corners.toReversed(), used: right < 0 },
  ]);
  const starts = new Map<string, Side[]>();
  const startKey = (owner: number, [x, y]: Corner) => `${owner} ${x} ${y}`;
  for (const side of sides) {
    const at = startKey(side.owner, side.corners[0]!);
    starts.set(at, [...(starts.get(at) ?? []), side]);
  }
  for (const first of sides) {
    if (first.used) continue;
    first.used = true;
    const ring = [...first.corners];
    while (!same(ring[0]!, ring.at(-1)!)) {
      const [before, end] = [ring.at(-2)!, ring.at(-1)!];
      const open = (starts.get(startKey(first.owner, end)) ?? []).filter(side => !side.used);
      // Where an area meets itself in a corner, the sharpest turn to its own side keeps the two rings apart.
      const next = open.toSorted((a, b) => turnAt(before, end, b) - turnAt(before, end, a))[0];
      if (!next) throw new Error('a border ends in the open; expected rings');
      next.used = true;
      ring.push(...next.corners.slice(1));
    }
    yield { owner: first.owner, corners: ring };
  }

  function turnAt(before: Corner, at: Corner, { corners }: Side): number {
    const [x, y] = corners[1]!;
    const [inX, inY, outX, outY] = [at[0] - before[0], at[1] - before[1], x - at[0], y - at[1]];
    return Math.atan2(inX * outY - inY * outX, inX * outX + inY * outY);
  }
}

/** Counter-clockwise rings are areas, clockwise ones are holes in the smallest area around them. */
function polygonsOf(rings: readonly Corner[][]): CellPolygon[] {
  const outer = rings.filter(ring => signedArea(ring) > 0).map(ring => [ring]);
  const bySize = outer.toSorted((a, b) => signedArea(a[0]!) - signedArea(b[0]!));
  for (const hole of rings.filter(ring => signedArea(ring) < 0)) {
    const isAround = (ring: Corner[]) =>
      signedArea(ring) > -signedArea(hole) && ringContains(ring, inside(hole));
    bySize.find(([ring]) => isAround(ring!))?.push(hole);
  }
  return outer;
}

/** The middle of the first edge, moved a little into the ring's inner side (right of it: holes turn clockwise). */
function inside(hole: readonly Corner[]): Corner {
  const [[ax, ay], [bx, by]] = [hole[0]!, hole[1]!];
  const length = Math.hypot(bx - ax, by - ay);
  return [(ax + bx) / 2 + ((by - ay) / length) * 1e-3, (ay + by) / 2 - ((bx - ax) / length) * 1e-3];
}
