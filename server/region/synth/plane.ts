/**
 * The drawing plane of the county: metres east and north of its centre. Everything is generated here and turned into
 * [lng, lat] once, at the end. An equirectangular plane is exact enough for that: the default county is 50 km across, and
 * at the edge of the largest, 250 km across, lengths from east to west are off by 1 %.
 */
import { closedRing } from '../geo.ts';
import type { LngLat } from '../source.ts';

/** [metres east, metres north]. */
export type Vec = [number, number];
export type Line = Vec[];

export const centre: LngLat = [103.3, 24.8];
const metresPerDegreeLat = 110_772;
const metresPerDegreeLng = 111_320 * Math.cos((centre[1] * Math.PI) / 180);

const round7 = (value: number): number => Math.round(value * 1e7) / 1e7;

export const toLngLat = ([x, y]: Vec): LngLat => [
  round7(centre[0] + x / metresPerDegreeLng),
  round7(centre[1] + y / metresPerDegreeLat),
];
export const fromLngLat = ([lng, lat]: LngLat): Vec => [
  (lng - centre[0]) * metresPerDegreeLng,
  (lat - centre[1]) * metresPerDegreeLat,
];
export const toRing = (ring: Line): LngLat[] => closedRing(ring.map(toLngLat));

/** Written out, since Math.hypot is several times slower and this is asked millions of times. */
export const distance = (a: Vec, b: Vec): number => {
  const dx = a[0] - b[0];
  const dy = a[1] - b[1];
  return Math.sqrt(dx * dx + dy * dy);
};
export const mix = (a: Vec, b: Vec, t: number): Vec => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
export const along = (from: Vec, angle: number, lengthM: number): Vec => [
  from[0] + Math.cos(angle) * lengthM,
  from[1] + Math.sin(angle) * lengthM,
];
export const heading = (a: Vec, b: Vec): number => Math.atan2(b[1] - a[1], b[0] - a[0]);
/** Degrees clockwise from north, as a compass says it, of a direction in radians counter-clockwise from east. */
export const compassDeg = (angle: number): number => Math.round((450 - (angle * 180) / Math.PI) % 360) % 360;
export const smoothstep = (low: number, high: number, value: number): number => {
  const t = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return t * t * (3 - 2 * t);
};

/** Fraction along a–b of the point nearest to p, in [0, 1]. */
export const projectFraction = (p: Vec, a: Vec, b: Vec): number => {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const squared = dx * dx + dy * dy;
  if (squared === 0) return 0;
  return Math.min(1, Math.max(0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / squared));
};
export const segmentDistance = (p: Vec, a: Vec, b: Vec): number => {
  const t = projectFraction(p, a, b);
  const dx = a[0] + (b[0] - a[0]) * t - p[0];
  const dy = a[1] + (b[1] - a[1]) * t - p[1];
  return Math.sqrt(dx * dx + dy * dy);
};

/** The point of a line nearest to p, with its distance and the index of its segment. */
export function nearestOnLine(p: Vec, line: Line): { point: Vec; distanceM: number; index: number } {
  let distanceM = Number.POSITIVE_INFINITY;
  let index = 0;
  for (let i = 1; i < line.length; i++) {
    const off = segmentDistance(p, line[i - 1] as Vec, line[i] as Vec);
    if (off >= distanceM) continue;
    distanceM = off;
    index = i - 1;
  }
  const [a, b] = [line[index] as Vec, (line[index + 1] ?? line[index]) as Vec];
  return { point: mix(a, b, projectFraction(p, a, b)), distanceM, index };
}

export const lineLength = (line: Line): number => {
  let sum = 0;
  for (let i = 1; i < line.length; i++) sum += distance(line[i - 1] as Vec, line[i] as Vec);
  return sum;
};

/** The point at `atM` metres along the line and the line's direction there. */
export function pointAlong(line: Line, atM: number): { point: Vec; angle: number } {
  let rest = atM;
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1] as Vec;
    const b = line[i] as Vec;
    const length = distance(a, b);
    if (rest <= length || i === line.length - 1) {
      return { point: mix(a, b, length === 0 ? 0 : Math.min(1, rest / length)), angle: heading(a, b) };
    }
    rest -= length;
  }
  return { point: line[0] as Vec, angle: 0 };
}

/** Cuts long segments so that none exceeds `maxM`. */
export function densify(line: Line, maxM: number): Line {
  const out: Line = [];
  for (let i = 0; i < line.length; i++) {
    const here = line[i] as Vec;
    const before = line[i - 1];
    if (before) {
      const pieces = Math.ceil(distance(before, here) / maxM);
      for (let piece = 1; piece < pieces; piece++) out.push(mix(before, here, piece / pieces));
    }
    out.push(here);
  }
  return out;
}

/** Chaikin's corner cutting; open lines keep their ends, closed rings are given without the repeated point. */
export function smooth(line: Line, rounds: number, closed = false): Line {
  let current = line;
  for (let round = 0; round < rounds; round++) {
    const count = current.length;
    const next: Line = [];
    const segments = closed ? count : count - 1;
    for (let i = 0; i < segments; i++) {
      const a = current[i] as Vec;
      const b = current[(i + 1) % count] as Vec;
      next.push(
        !closed && i === 0 ? a : mix(a, b, 0.25),
        !closed && i === segments - 1 ? b : mix(a, b, 0.75),
      );
    }
    current = next;
  }
  return current;
}

/** Douglas–Peucker with the ends kept. */
export function simplify(line: Line, toleranceM: number): Line {
  if (line.length < 3) return line;
  const keep = new Uint8Array(line.length);
  keep[0] = keep[line.length - 1] = 1;
  const stack: [number, number][] = [[0, line.length - 1]];
  for (let range = stack.pop(); range; range = stack.pop()) {
    const [from, to] = range;
    let worst = toleranceM;
    let worstAt = -1;
    for (let i = from + 1; i < to; i++) {
      const off = segmentDistance(line[i] as Vec, line[from] as Vec, line[to] as Vec);
      if (off > worst) {
        worst = off;
        worstAt = i;
      }
    }
    if (worstAt < 0) continue;
    keep[worstAt] = 1;
    stack.push([from, worstAt], [worstAt, to]);
  }
  return line.filter((_, i) => keep[i] === 1);
}

/** The line moved to its left by `offsetM` (right when negative), by mitred vertex normals. */
export function offsetLine(line: Line, offsetM: number | ((index: number) => number)): Line {
  return line.map((here, i) => {
    const before = line[i - 1] ?? here;
    const after = line[i + 1] ?? here;
    const angle = heading(before, after) + Math.PI / 2;
    return along(here, angle, typeof offsetM === 'number' ? offsetM : offsetM(i));
  });
}

/** Positive when the ring runs counter-clockwise. Square metres. */
export const signedArea = (ring: Line): number => {
  let twice = 0;
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i] as Vec;
    const b = ring[(i + 1) % ring.length] as Vec;
    twice += a[0] * b[1] - b[0] * a[1];
  }
  return twice / 2;
};

export const insideRing = (p: Vec, ring: Line): boolean => {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i] as Vec;
    const b = ring[j] as Vec;
    if (a[1] > p[1] !== b[1] > p[1] && p[0] < ((b[0] - a[0]) * (p[1] - a[1])) / (b[1] - a[1]) + a[0])
      inside = !inside;
  }
  return inside;
};
/** In the outer ring and in none of the holes. */
export const insideArea = (p: Vec, [outer = [], ...holes]: readonly Line[]): boolean =>
  insideRing(p, outer) && !holes.some(hole => insideRing(p, hole));

/** Area-weighted centre of a ring; for slivers the mean of its vertices. */
export function centroid(ring: Line): Vec {
  const origin = ring[0] as Vec;
  let area = 0;
  let sumX = 0;
  let sumY = 0;
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i] as Vec;
    const b = ring[(i + 1) % ring.length] as Vec;
    const ax = a[0] - origin[0];
    const ay = a[1] - origin[1];
    const bx = b[0] - origin[0];
    const by = b[1] - origin[1];
    const cross = ax * by - bx * ay;
    area += cross;
    sumX += (ax + bx) * cross;
    sumY += (ay + by) * cross;
  }
  if (Math.abs(area) < 1) {
    const sum = ring.reduce<Vec>((acc, p) => [acc[0] + p[0], acc[1] + p[1]], [0, 0]);
    return [sum[0] / ring.length, sum[1] / ring.length];
  }
  return [origin[0] + sumX / (3 * area), origin[1] + sumY / (3 * area)];
}

/** Where a–b and c–d cross: the fraction along a–b, or null. Touching ends count. */
export function crossFraction(a: Vec, b: Vec, c: Vec, d: Vec): number | null {
  const rx = b[0] - a[0];
  const ry = b[1] - a[1];
  const sx = d[0] - c[0];
  const sy = d[1] - c[1];
  const denominator = rx * sy - ry * sx;
  if (Math.abs(denominator) < 1e-9) return null;
  const t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / denominator;
  const u = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / denominator;
  return t >= 0 && t <= 1 && u >= 0 && u <= 1 ? t : null;
}

/** The longest stretch of a line whose points all pass. */
export function longestRun(line: Line, passes: (p: Vec) => boolean): Line {
  let best: Line = [];
  let run: Line = [];
  for (const p of line) {
    if (passes(p)) run.push(p);
    else run = [];
    if (run.length > best.length) best = run;
  }
  return best;
}
