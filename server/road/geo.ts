/** Plane geometry on small patches of the earth, in the units that the road graph stores. */

/** [lng, lat] in WGS-84 degrees. */
export type LngLat = [number, number];

/** Stored coordinates are integers of 1e-7 degree (about 1 cm). */
export const unitsPerDegree = 1e7;

const earthRadiusM = 6_371_008.8;
const radiansPerDegree = Math.PI / 180;
export const metresPerDegree = earthRadiusM * radiansPerDegree;

export const toStored = (degrees: number): number => Math.round(degrees * unitsPerDegree);
export const toDegrees = (stored: number): number => stored / unitsPerDegree;

/** How much shorter a degree of longitude is than one of latitude, at this latitude in degrees. */
export const lngShrink = (latDeg: number): number => Math.cos(latDeg * radiansPerDegree);

/**
 * Metres between two positions: the equirectangular formula at their middle latitude, within 0.1 % of the great
 * circle up to some 100 km at the latitudes where people live.
 */
export function distanceM(a: readonly [number, number], b: readonly [number, number]): number {
  const dLng = (b[0] - a[0]) * lngShrink((a[1] + b[1]) / 2);
  const dLat = b[1] - a[1];
  // Math.hypot guards against overflow, at ten times the cost.
  return metresPerDegree * Math.sqrt(dLng * dLng + dLat * dLat);
}
