/** Plane geometry on small patches of the earth, in the units that the road graph stores. */

/** [lng, lat] in WGS-84 degrees. */
export type LngLat = [number, number];

/** Stored coordinates are integers of 1e-7 degree (about 1 cm). */
export const unitsPerDegree = 1e7;

const earthRadiusM = 6_371_008.8;
const radiansPerDegree = Math.PI / 180;
export const metresPerDegree = earthRadiusM * radiansPerDegree;
/** Stored units of latitude in a metre. */
export const storedPerMetre = unitsPerDegree / metresPerDegree;

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

/** The smaller angle between two bearings, 0 to 180. */
export function angleBetween(aDeg: number, bDeg: number): number {
  const difference = Math.abs(aDeg - bDeg) % 360;
  return difference > 180 ? 360 - difference : difference;
}

/** Degrees clockwise from north from a to b, below 360. */
export function bearingDeg(a: readonly [number, number], b: readonly [number, number]): number {
  const east = (b[0] - a[0]) * lngShrink((a[1] + b[1]) / 2);
  return ((Math.atan2(east, b[1] - a[1]) * 180) / Math.PI + 360) % 360;
}

/** The point at a share (0 to 1) of the straight way from a to b. */
export function pointBetween(
  a: readonly [number, number],
  b: readonly [number, number],
  share: number,
): LngLat {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}

/** Metres from `at` to the nearest point of the segment from a to b. */
export function segmentDistanceM(
  a: readonly [number, number],
  b: readonly [number, number],
  at: readonly [number, number],
): number {
  const shrink = lngShrink(at[1]);
  const [east, north] = [(b[0] - a[0]) * shrink, b[1] - a[1]];
  const squared = east * east + north * north;
  const share = squared === 0 ? 0 : ((at[0] - a[0]) * shrink * east + (at[1] - a[1]) * north) / squared;
  return distanceM(at, pointBetween(a, b, Math.min(1, Math.max(0, share))));
}

/** Metres from the beginning of a line to each of its points; the last is its length. */
export function metresAlong(line: readonly (readonly [number, number])[]): number[] {
  const alongM: number[] = [];
  line.forEach((point, i) => alongM.push(i === 0 ? 0 : alongM[i - 1]! + distanceM(line[i - 1]!, point)));
  return alongM;
}

export function lineLengthM(line: readonly (readonly [number, number])[]): number {
  let lengthM = 0;
  for (let i = 1; i < line.length; i++) lengthM += distanceM(line[i - 1]!, line[i]!);
  return lengthM;
}

/** The position this far along a line; its last position when the line is shorter. */
export function positionAlong(line: readonly LngLat[], alongM: number): LngLat {
  let leftM = alongM;
  for (let i = 1; i < line.length; i++) {
    const stepM = distanceM(line[i - 1]!, line[i]!);
    if (leftM <= stepM && stepM > 0) return pointBetween(line[i - 1]!, line[i]!, leftM / stepM);
    leftM -= stepM;
  }
  return line[line.length - 1]!;
}
