import type { Line, Vec } from './plane.ts';
import { insideRing, signedArea } from './plane.ts';

/** A square grid of numbers centred on the county; cell (0, 0) is the south-western one. */
export class Raster {
  readonly size: number;
  readonly cellM: number;
  readonly originX: number;
  readonly originY: number;
  readonly values: Float32Array;

  constructor(centre: Vec, halfM: number, cellM: number) {
    this.size = Math.ceil((2 * halfM) / cellM) + 1;
    this.cellM = cellM;
    this.originX = centre[0] - (this.size * cellM) / 2;
    this.originY = centre[1] - (this.size * cellM) / 2;
    this.values = new Float32Array(this.size * this.size);
  }

  /** Sets every cell from the value at its centre. */
  fill(value: (x: number, y: number) => number): this {
    for (let i = 0; i < this.values.length; i++) {
      const [x, y] = this.centreOf(i);
      this.values[i] = value(x, y);
    }
    return this;
  }

  centreOf(index: number): Vec {
    const row = Math.floor(index / this.size);
    return [
      this.originX + (index - row * this.size + 0.5) * this.cellM,
      this.originY + (row + 0.5) * this.cellM,
    ];
  }

  /** Index of the cell that holds the point; points outside fall to the nearest border cell. */
  indexOf([x, y]: Vec): number {
    const clamp = (value: number): number => Math.min(this.size - 1, Math.max(0, Math.floor(value)));
    return clamp((y - this.originY) / this.cellM) * this.size + clamp((x - this.originX) / this.cellM);
  }

  /** Bilinear value at a point, constant beyond the border. */
  sample(x: number, y: number): number {
    const last = this.size - 1;
    const gx = Math.min(last, Math.max(0, (x - this.originX) / this.cellM - 0.5));
    const gy = Math.min(last, Math.max(0, (y - this.originY) / this.cellM - 0.5));
    const ix = Math.min(last - 1, Math.floor(gx));
    const iy = Math.min(last - 1, Math.floor(gy));
    const fx = gx - ix;
    const fy = gy - iy;
    const at = iy * this.size + ix;
    const low = this.values[at]! * (1 - fx) + this.values[at + 1]! * fx;
    const high = this.values[at + this.size]! * (1 - fx) + this.values[at + this.size + 1]! * fx;
    return low * (1 - fy) + high * fy;
  }
}

/**
 * Closed outlines of the cells where the raster exceeds zero, by marching squares with linear interpolation.
 * Outer rings run counter-clockwise, holes clockwise; the raster's border counts as below zero, so every ring closes.
 */
export function contourRings(raster: Raster): Line[] {
  const { size, values, cellM } = raster;
  const value = (ix: number, iy: number): number =>
    ix < 0 || iy < 0 || ix >= size || iy >= size ? -1 : values[iy * size + ix]!;
  // An edge of the lattice is named by its lower-left node and direction; each crossing leads to exactly one other.
  const next = new Map<number, number>();
  const key = (ix: number, iy: number, vertical: 0 | 1): number =>
    ((iy + 1) * (size + 3) + ix + 1) * 2 + vertical;
  for (let iy = -1; iy < size; iy++) {
    for (let ix = -1; ix < size; ix++) {
      const a = value(ix, iy);
      const b = value(ix + 1, iy);
      const c = value(ix + 1, iy + 1);
      const d = value(ix, iy + 1);
      const code = (a > 0 ? 1 : 0) | (b > 0 ? 2 : 0) | (c > 0 ? 4 : 0) | (d > 0 ? 8 : 0);
      if (code === 0 || code === 15) continue;
      const south = key(ix, iy, 0);
      const north = key(ix, iy + 1, 0);
      const west = key(ix, iy, 1);
      const east = key(ix + 1, iy, 1);
      for (const [from, to] of squareLinks(code, a + b + c + d > 0, south, east, north, west))
        next.set(from, to);
    }
  }
  const position = (edge: number): Vec => {
    const vertical = edge & 1;
    const node = (edge - vertical) / 2;
    const row = Math.floor(node / (size + 3));
    const iy = row - 1;
    const ix = node - row * (size + 3) - 1;
    const from = value(ix, iy);
    const to = vertical ? value(ix, iy + 1) : value(ix + 1, iy);
    const t = from / (from - to);
    return [
      raster.originX + (ix + 0.5 + (vertical ? 0 : t)) * cellM,
      raster.originY + (iy + 0.5 + (vertical ? t : 0)) * cellM,
    ];
  };
  const rings: Line[] = [];
  for (const start of next.keys()) {
    const ring: Line = [];
    for (let edge: number | undefined = start; edge !== undefined && next.has(edge); ) {
      ring.push(position(edge));
      const following: number | undefined = next.get(edge);
      next.delete(edge);
      edge = following;
    }
    if (ring.length > 3) rings.push(ring);
  }
  return rings;
}

/** Links of one square, each walked with the inside on its left. Corners a, b, c, d run from south-west counter-clockwise. */
function squareLinks(
  code: number,
  middleInside: boolean,
  south: number,
  east: number,
  north: number,
  west: number,
): [number, number][] {
  switch (code) {
    case 1:
      return [[south, west]];
    case 2:
      return [[east, south]];
    case 3:
      return [[east, west]];
    case 4:
      return [[north, east]];
    case 5:
      return middleInside
        ? [
            [south, east],
            [north, west],
          ]
        : [
            [south, west],
            [north, east],
          ];
    case 6:
      return [[north, south]];
    case 7:
      return [[north, west]];
    case 8:
      return [[west, north]];
    case 9:
      return [[south, north]];
    case 10:
      return middleInside
        ? [
            [east, north],
            [west, south],
          ]
        : [
            [east, south],
            [west, north],
          ];
    case 11:
      return [[east, north]];
    case 12:
      return [[west, east]];
    case 13:
      return [[south, east]];
    default:
      return [[west, south]];
  }
}

/** Groups rings into polygons: each outer ring with the holes inside it. Rings smaller than `minArea` (m²) are dropped. */
export function polygonsOf(rings: Line[], minArea: number): Line[][] {
  const outers: { ring: Line; area: number; holes: Line[] }[] = [];
  const holes: Line[] = [];
  for (const ring of rings) {
    const area = signedArea(ring);
    if (Math.abs(area) < minArea) continue;
    if (area > 0) outers.push({ ring, area, holes: [] });
    else holes.push(ring);
  }
  outers.sort((a, b) => a.area - b.area);
  for (const hole of holes) outers.find(outer => insideRing(hole[0] as Vec, outer.ring))?.holes.push(hole);
  return outers.map(outer => [outer.ring, ...outer.holes]);
}
