/** Which ground each antenna serves best. Brings a Voronoi library along: for those who look at coverage only. */
import { Delaunay } from 'd3-delaunay';
import { lngShrink, metresPerDegree } from '#road/geo.ts';
import type { LngLat, ServedGround } from '../scene.ts';

interface Sector {
  azimuthDeg: number;
  beamwidthDeg: number;
  rangeM: number;
}

export interface AntennaSite {
  position: LngLat;
  sectors: readonly Sector[];
}

/** Metres east and north of the middle of all sites. */
type Flat = [number, number];

const ARC_STEP_DEG = 8;

/**
 * The ground that each antenna serves best: its beam up to its range, no nearer to another site than to its own, and
 * parted from the others of its site halfway between their directions.
 */
export function bestServers(sites: readonly AntennaSite[]): ServedGround[] {
  if (sites.length === 0) return [];
  const plane = planeOf(sites.map(({ position }) => position));
  const flat = sites.map(({ position }) => plane.flat(position));
  const farM = Math.max(...sites.flatMap(({ sectors }) => sectors.map(({ rangeM }) => rangeM)), 1);
  const xs = flat.map(([x]) => x);
  const ys = flat.map(([, y]) => y);
  const bounds: [number, number, number, number] = [
    Math.min(...xs) - farM,
    Math.min(...ys) - farM,
    Math.max(...xs) + farM,
    Math.max(...ys) + farM,
  ];
  const cells = Delaunay.from(flat).voronoi(bounds);
  return sites.flatMap(({ sectors }, i) => {
    const cell = cells.cellPolygon(i) as Flat[] | null;
    return sectors.flatMap((sector, order) => {
      const spread = spreadOf(sector, sectors);
      const served = clipConvex(fan(flat[i]!, sector, spread), cell ?? []);
      if (served.length < 3) return [];
      const ring = [...served, served[0]!].map(plane.lngLat);
      return [{ area: { type: 'Polygon', coordinates: [ring] }, tint: order % 3 }];
    });
  });
}

function planeOf(positions: readonly LngLat[]) {
  const lng0 = positions.reduce((sum, [lng]) => sum + lng, 0) / positions.length;
  const lat0 = positions.reduce((sum, [, lat]) => sum + lat, 0) / positions.length;
  const perLng = metresPerDegree * lngShrink(lat0);
  return {
    flat: ([lng, lat]: LngLat): Flat => [(lng - lng0) * perLng, (lat - lat0) * metresPerDegree],
    lngLat: ([x, y]: Flat): LngLat => [lng0 + x / perLng, lat0 + y / metresPerDegree],
  };
}

/** Degrees to the left and right of the antenna's direction. */
function spreadOf(sector: Sector, all: readonly Sector[]): [number, number] {
  if (sector.beamwidthDeg >= 360) return [180, 180];
  // Half of it is the half-power beam; as far again it still serves what no other does.
  const most = Math.min(180, sector.beamwidthDeg);
  let [left, right] = [most, most];
  for (const other of all) {
    if (other === sector || other.beamwidthDeg >= 360) continue;
    const clockwise = (other.azimuthDeg - sector.azimuthDeg + 360) % 360;
    // Two antennas in one direction (other bands) share their ground.
    if (clockwise < 1 || clockwise > 359) continue;
    right = Math.min(right, clockwise / 2);
    left = Math.min(left, (360 - clockwise) / 2);
  }
  return [left, right];
}

function fan([x, y]: Flat, { azimuthDeg, rangeM }: Sector, [left, right]: [number, number]): Flat[] {
  const steps = Math.max(2, Math.ceil((left + right) / ARC_STEP_DEG));
  const arc = Array.from({ length: steps + 1 }, (_, i): Flat => {
    const bearing = ((azimuthDeg - left + ((left + right) * i) / steps) * Math.PI) / 180;
    return [x + Math.sin(bearing) * rangeM, y + Math.cos(bearing) * rangeM];
  });
  return left + right >= 360 ? arc : [[x, y], ...arc];
}

/** The part of a polygon inside a convex ring (Sutherland and Hodgman 1974); whichever way the ring turns. */
export function clipConvex(subject: readonly Flat[], ring: readonly Flat[]): Flat[] {
  const turn = Math.sign(ringArea(ring)) || 1;
  let inside: Flat[] = [...subject];
  for (let i = 0; i + 1 < ring.length; i++) {
    const [a, b] = [ring[i]!, ring[i + 1]!];
    const side = ([x, y]: Flat) => turn * ((b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]));
    const before = inside;
    inside = before.flatMap((end, at) => {
      const start = before.at(at - 1)!;
      const [from, to] = [side(start), side(end)];
      const crossing = (): Flat => {
        const share = from / (from - to);
        return [start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share];
      };
      if (from >= 0 && to >= 0) return [end];
      if (from >= 0) return [crossing()];
      return to >= 0 ? [crossing(), end] : [];
    });
  }
  return inside;
}

function ringArea(ring: readonly Flat[]): number {
  let sum = 0;
  for (let i = 0; i + 1 < ring.length; i++)
    sum += ring[i]![0] * ring[i + 1]![1] - ring[i + 1]![0] * ring[i]![1];
  return sum;
}
