/** Web Mercator as the map uses it: the world is 1 wide, x to the east, y to the south. */
import type { UnitSlots } from './unit-slots.ts';

/** Length of the equator on MapLibre's sphere, metres. */
export const earthM = 40_075_016.7;
export const metresPerDegree = earthM / 360;

export function mercator(lng: number, lat: number): [number, number] {
  return [mercatorX(lng), mercatorY(lat)];
}

export const mercatorX = (lng: number): number => (lng + 180) / 360;

export const mercatorY = (lat: number): number =>
  0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);

export const mercatorLat = (y: number): number =>
  (360 / Math.PI) * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - 90;

/** Positions of all slots relative to `origin`, two floats each: exact to millimetres within some 100 km of it. */
export function writeOffsets(
  slots: UnitSlots,
  origin: readonly [number, number],
  offsets: Float32Array,
): void {
  for (let slot = 0; slot < slots.count; slot++) {
    offsets[2 * slot] = mercatorX(slots.lngLat[2 * slot]!) - origin[0];
    offsets[2 * slot + 1] = mercatorY(slots.lngLat[2 * slot + 1]!) - origin[1];
  }
}
