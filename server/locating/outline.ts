/** Outlines with as many points as an answer needs. */
import { lngShrink, metresPerDegree } from '#road/geo.ts';

type Ring = number[][];
type Polygons = Ring[][];

/** More points than these in all outlines together are thinned out. */
const mostPoints = 2500;
/** Points nearer than this to the line between their neighbours are left out first; then twice as far, and so on. */
const leastM = 8;
const farthestM = 64;

/** The same areas, to a metre, and coarser where they have very many points: a wide belief needs no fine outline. */
export function thinOutlines(areas: readonly Polygons[]): Polygons[] {
  let thinned = areas.map(polygons => polygons.map(rings => rings.map(ring => ring.map(short))));
  for (let offM = leastM; offM <= farthestM && pointsOf(thinned) > mostPoints; offM *= 2)
    thinned = thinned.map(polygons => polygons.map(rings => rings.map(ring => thin(ring, offM))));
  return thinned;
}

const pointsOf = (areas: readonly Polygons[]): number =>
  areas.flat(2).reduce((sum, ring) => sum + ring.length, 0);

/** A metre is enough for an outline. */
const short = (position: number[]): number[] => position.map(degrees => Math.round(degrees * 1e5) / 1e5);

/** A closed ring without every second point at most, so that a gentle curve is not straightened; at least a triangle stays. */
function thin(ring: Ring, offM: number): Ring {
  if (ring.length <= 5) return ring;
  const kept: Ring = [ring[0]!];
  for (let i = 1; i < ring.length - 1; i++) {
    const justLeftOut = kept.at(-1) !== ring[i - 1];
    if (justLeftOut || offLineM(ring[i]!, kept.at(-1)!, ring[i + 1]!) > offM) kept.push(ring[i]!);
  }
  kept.push(ring.at(-1)!);
  return kept.length >= 4 ? kept : ring;
}

/** Metres from a point to the straight line through two others, or to them where they are one. */
function offLineM(point: number[], from: number[], to: number[]): number {
  const shrink = lngShrink(from[1]!);
  const x = (at: number[]) => (at[0]! - from[0]!) * shrink * metresPerDegree;
  const y = (at: number[]) => (at[1]! - from[1]!) * metresPerDegree;
  const length = Math.hypot(x(to), y(to));
  if (length === 0) return Math.hypot(x(point), y(point));
  return Math.abs(x(point) * y(to) - y(point) * x(to)) / length;
}
