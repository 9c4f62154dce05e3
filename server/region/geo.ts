/**
 * Plane geometry on small pieces of the earth. Positions are [lng, lat] in degrees; lengths are in metres, on a
 * sphere flattened around the latitude at hand: within 0.5 % up to some tens of kilometres, which is all that a
 * label, a segment or an area estimate needs.
 */
import { lngShrink, metresPerDegree } from '#road/geo.ts';
import type { Bbox, LngLat } from './source.ts';

/** Outer ring first, then holes; every ring closed (first position = last). */
export type Polygon = LngLat[][];

/** Metres in a degree of longitude at this latitude. */
export function metresPerDegreeLng(lat: number): number {
  return metresPerDegree * lngShrink(lat);
}

/** Twice the signed area in square degrees (positive: counter-clockwise); only its sign and ratios are of use. */
export function signedArea(ring: readonly LngLat[]): number {
  let sum = 0;
  for (let i = 1; i < ring.length; i++) {
    const a = ring[i - 1]!;
    const b = ring[i]!;
    sum += a[0] * b[1] - b[0] * a[1];
  }
  return sum;
}

/** Area in square metres, holes taken away. */
export function polygonAreaM2(polygon: Polygon): number {
  const outer = polygon[0];
  if (!outer?.[0]) return 0;
  // Shift to a local origin first: the products of full degrees would eat the digits of a small building.
  const origin = outer[0];
  const local = (ring: LngLat[]) => ring.map(([x, y]): LngLat => [x - origin[0], y - origin[1]]);
  const scale = (metresPerDegree * metresPerDegreeLng(origin[1])) / 2;
  const areas = polygon.map(ring => Math.abs(signedArea(local(ring))) * scale);
  return areas.reduce((rest, hole) => rest - hole, 2 * areas[0]!);
}

/** Ending where it begins; sources may leave that out. */
export function closedRing(ring: LngLat[]): LngLat[] {
  const [first, last] = [ring[0], ring.at(-1)];
  return first && last && (first[0] !== last[0] || first[1] !== last[1])
    ? [...ring, [first[0], first[1]]]
    : ring;
}

export function ringContains(ring: readonly LngLat[], [x, y]: LngLat): boolean {
  let inside = false;
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1]!;
    const [bx, by] = ring[i]!;
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  }
  return inside;
}

/** In the outer ring and in none of the holes. */
export function polygonContains(polygon: Polygon, at: LngLat): boolean {
  return (
    polygon.length > 0 &&
    ringContains(polygon[0]!, at) &&
    !polygon.slice(1).some(hole => ringContains(hole, at))
  );
}

/** A position inside the polygon: its centroid, or the middle of its widest stretch where that lies outside. */
export function positionInside(polygon: Polygon): LngLat {
  const outer = polygon[0]!;
  const centre = centroid(outer);
  if (polygonContains(polygon, centre)) return centre;
  const [, south, , north] = bboxOf(outer);
  let best = centre;
  let widest = 0;
  for (const share of [0.5, 0.3, 0.7, 0.15, 0.85]) {
    const lat = south + (north - south) * share;
    const crossings = polygon.flatMap(ring => crossingsAt(ring, lat)).sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const width = crossings[i + 1]! - crossings[i]!;
      if (width > widest) {
        widest = width;
        best = [crossings[i]! + width / 2, lat];
      }
    }
  }
  return best;
}

function crossingsAt(ring: readonly LngLat[], lat: number): number[] {
  const out: number[] = [];
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1]!;
    const [bx, by] = ring[i]!;
    if (ay > lat !== by > lat) out.push(ax + ((lat - ay) / (by - ay)) * (bx - ax));
  }
  return out;
}

function centroid(ring: readonly LngLat[]): LngLat {
  const [ox, oy] = ring[0]!;
  let x = 0;
  let y = 0;
  let area = 0;
  for (let i = 1; i < ring.length; i++) {
    const ax = ring[i - 1]![0] - ox;
    const ay = ring[i - 1]![1] - oy;
    const bx = ring[i]![0] - ox;
    const by = ring[i]![1] - oy;
    const cross = ax * by - bx * ay;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
    area += cross;
  }
  return area === 0 ? [ox, oy] : [ox + x / (3 * area), oy + y / (3 * area)];
}

export function bboxOf(positions: Iterable<LngLat>): Bbox {
  const box: Bbox = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of positions) {
    if (x < box[0]) box[0] = x;
    if (y < box[1]) box[1] = y;
    if (x > box[2]) box[2] = x;
    if (y > box[3]) box[3] = y;
  }
  return box;
}

export function bboxContains(box: Bbox, [x, y]: LngLat): boolean {
  return x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];
}

export function bboxesMeet(a: Bbox, b: Bbox): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}
