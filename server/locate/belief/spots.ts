/** Where she can be, as points on a plane: the middles of cells, then the places. */
import type { Ground } from '#locate/ground.ts';
import { type LngLat, lngShrink, metresPerDegree } from '#road/geo.ts';

/** Metres to the east and north of 0°, 0°, true to some tenths of a percent within a county. */
export interface Spots {
  x: Float64Array;
  y: Float64Array;
  plane: (position: LngLat) => { x: number; y: number };
}

const made = new WeakMap<Ground, Spots>();

/** Made once for a ground. */
export function spotsOf(ground: Ground): Spots {
  const known = made.get(ground);
  if (known) return known;
  const { cellCount, cellLng, cellLat, placeCount, targets } = ground;
  const count = cellCount + placeCount;
  const shrink = lngShrink(cellLat[cellCount >> 1] ?? targets[0]?.position[1] ?? 0);
  const plane = ([lng, lat]: LngLat) => ({ x: lng * shrink * metresPerDegree, y: lat * metresPerDegree });
  const spots: Spots = { x: new Float64Array(count), y: new Float64Array(count), plane };
  for (let spot = 0; spot < count; spot++) {
    const position: LngLat =
      spot < cellCount ? [cellLng[spot]!, cellLat[spot]!] : targets[spot - cellCount]!.position;
    const { x, y } = plane(position);
    spots.x[spot] = x;
    spots.y[spot] = y;
  }
  made.set(ground, spots);
  return spots;
}

/** Metres from a position to a spot. */
export function awayFrom(ground: Ground, position: LngLat): (spot: number) => number {
  const { x, y, plane } = spotsOf(ground);
  const at = plane(position);
  return spot => {
    const dx = x[spot]! - at.x;
    const dy = y[spot]! - at.y;
    return Math.sqrt(dx * dx + dy * dy);
  };
}
