/**
 * Probability as a soft surface that hugs the roads. Each point (a road cell, a place, a piece of a searched line)
 * glows over its surroundings; what is shown is not the density itself, whose peaks are a thousand times its valleys, but
 * how much of the probability lies where it is at least as dense: the brightest half is where she is in half of all
 * cases. So the picture says the same as the outlines, at every zoom.
 */
import type { LngLat } from '../scene.ts';
import { mercatorLat } from './mercator.ts';

/** Points in Web Mercator (the world is 1 wide) with their probability. */
export interface SurfacePoints {
  x: Float64Array;
  y: Float64Array;
  p: Float64Array;
}

/** Part of the world that is painted, and how finely. */
export interface SurfaceFrame {
  west: number;
  north: number;
  width: number;
  height: number;
  /** Pixels of the picture for the width of the world. */
  pxPerWorld: number;
  /** Metres on the ground for one pixel. */
  metresPerPx: number;
}

/** A picture of the surface: straight RGBA, rows from north to south, evenly spaced in Web Mercator. */
export interface Surface {
  width: number;
  height: number;
  pixels: Uint8ClampedArray<ArrayBuffer>;
  /** North-west, north-east, south-east, south-west: what an image source wants. */
  corners: [LngLat, LngLat, LngLat, LngLat];
}

/** Cells are up to 60 m apart: glows of this radius join to a ribbon along their road. */
const leastGlowM = 75;
/** Seen from afar a glow must still be a visible dab. */
const leastGlowPx = 6;

/** Radius of a point's glow in pixels of the picture. */
export const glowPx = (metresPerPx: number): number => Math.max(leastGlowPx, leastGlowM / metresPerPx);

/**
 * Paints the points in `frame`. `ramp` maps 0 (nowhere) to 1 (densest) to [r, g, b, a] bytes. Colours are settled by all
 * points, whether in the frame or not, so that moving the map does not change them. Null without any probability.
 */
export function paintSurface(
  points: SurfacePoints,
  frame: SurfaceFrame,
  ramp: (level: number) => readonly [number, number, number, number],
): Surface | null {
  const radius = glowPx(frame.metresPerPx);
  const bins = gather(points, radius / 3, frame.pxPerWorld);
  if (bins.p.length === 0) return null;
  const levelOf = levels(bins, radius);
  const sum = splatAll(bins, frame, radius);
  const colors = Array.from({ length: 256 }, (_, i) => ramp(i / 255));
  const pixels = new Uint8ClampedArray(4 * sum.length);
  for (let i = 0; i < sum.length; i++) {
    if (sum[i]! > 0) pixels.set(colors[Math.round(255 * levelOf(sum[i]!))]!, 4 * i);
  }
  return { width: frame.width, height: frame.height, pixels, corners: cornersOf(frame) };
}

function cornersOf({ west, north, width, height, pxPerWorld }: SurfaceFrame): Surface['corners'] {
  const [east, south] = [west + width / pxPerWorld, north + height / pxPerWorld];
  const corner = (x: number, y: number): LngLat => [x * 360 - 180, mercatorLat(y)];
  return [corner(west, north), corner(east, north), corner(east, south), corner(west, south)];
}

/** Points in pixels, those of one small square as one at their centre of mass. */
interface Bins {
  x: number[];
  y: number[];
  p: number[];
  /** Square → index. */
  at: Map<number, number>;
  sidePx: number;
}

const columns = 2 ** 26;
const squareOf = (column: number, row: number): number => row * columns + column;

function gather({ x, y, p }: SurfacePoints, sidePx: number, pxPerWorld: number): Bins {
  const bins: Bins = { x: [], y: [], p: [], at: new Map(), sidePx };
  for (let i = 0; i < p.length; i++) {
    const mass = p[i]!;
    if (!(mass > 0)) continue;
    const [px, py] = [x[i]! * pxPerWorld, y[i]! * pxPerWorld];
    const square = squareOf(Math.floor(px / sidePx), Math.floor(py / sidePx));
    const bin = bins.at.get(square);
    if (bin === undefined) {
      bins.at.set(square, bins.p.length);
      bins.x.push(px);
      bins.y.push(py);
      bins.p.push(mass);
    } else {
      const total = bins.p[bin]! + mass;
      bins.x[bin]! += ((px - bins.x[bin]!) * mass) / total;
      bins.y[bin]! += ((py - bins.y[bin]!) * mass) / total;
      bins.p[bin] = total;
    }
  }
  return bins;
}

/** A quartic bell, (1 − r²)², which is smooth at its edge and cheap; 0 from `radius` on. */
function bell(distance2: number, radius: number): number {
  const inside = 1 - distance2 / (radius * radius);
  return inside > 0 ? inside * inside : 0;
}

/** The density at each bin, of itself and all around it. */
function densities({ x, y, p, at, sidePx }: Bins, radius: number): Float64Array {
  const reach = Math.ceil(radius / sidePx);
  return Float64Array.from(p, (_, i) => {
    const [column, row] = [Math.floor(x[i]! / sidePx), Math.floor(y[i]! / sidePx)];
    let density = 0;
    for (let down = -reach; down <= reach; down++) {
      for (let right = -reach; right <= reach; right++) {
        const other = at.get(squareOf(column + right, row + down));
        if (other === undefined) continue;
        density += p[other]! * bell((x[other]! - x[i]!) ** 2 + (y[other]! - y[i]!) ** 2, radius);
      }
    }
    return density;
  });
}

/** Density → level from 0 to 1: one less the share of the probability that lies where it is denser, the densest being 1. */
function levels(bins: Bins, radius: number): (density: number) => number {
  const density = densities(bins, radius);
  const densestFirst = [...density.keys()].sort((a, b) => density[b]! - density[a]!);
  const total = bins.p.reduce((sum, mass) => sum + mass, 0);
  const ladder: { density: number; level: number }[] = [];
  let denser = 0;
  for (const bin of densestFirst) {
    const step = { density: density[bin]!, level: 1 - denser / total };
    denser += bins.p[bin]!;
    if (ladder.at(-1)?.density !== step.density) ladder.push(step);
  }
  return asked => levelAt(ladder, asked);
}

/** Between two rungs, their mean by distance; below the lowest it fades with the density. */
function levelAt(ladder: readonly { density: number; level: number }[], asked: number): number {
  let [low, high] = [0, ladder.length - 1];
  if (asked >= ladder[0]!.density) return 1;
  const last = ladder[high]!;
  if (asked <= last.density) return (last.level * asked) / last.density;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (ladder[middle]!.density > asked) low = middle;
    else high = middle;
  }
  const [above, below] = [ladder[low]!, ladder[high]!];
  const share = (asked - below.density) / (above.density - below.density);
  return below.level + share * (above.level - below.level);
}

function splatAll(bins: Bins, frame: SurfaceFrame, radius: number): Float32Array {
  const { width, height, pxPerWorld } = frame;
  const sum = new Float32Array(width * height);
  const [left, top] = [frame.west * pxPerWorld, frame.north * pxPerWorld];
  for (let i = 0; i < bins.p.length; i++) {
    const [x, y] = [bins.x[i]! - left, bins.y[i]! - top];
    const lastRow = Math.min(height - 1, Math.floor(y + radius));
    const lastColumn = Math.min(width - 1, Math.floor(x + radius));
    for (let row = Math.max(0, Math.ceil(y - radius)); row <= lastRow; row++) {
      for (let column = Math.max(0, Math.ceil(x - radius)); column <= lastColumn; column++) {
        sum[row * width + column]! += bins.p[i]! * bell((column - x) ** 2 + (row - y) ** 2, radius);
      }
    }
  }
  return sum;
}
