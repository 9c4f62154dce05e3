import type { LngLat } from '#road/geo.ts';

/**
 * Positions of an encoded polyline with six decimals: latitude and longitude in turn, each as the difference to the
 * one before, zigzag, in groups of five bits from the lowest, 63 added to each. Throws RangeError on a text that ends
 * within a number or holds other characters.
 */
export function decodePolyline(text: string): LngLat[] {
  const positions: LngLat[] = [];
  let at = 0;
  const next = (): number => {
    let value = 0;
    for (let shift = 1; ; shift *= 32) {
      const bits = text.charCodeAt(at++) - 63;
      if (!(bits >= 0 && bits < 64)) throw new RangeError(`Not an encoded polyline at character ${at - 1}.`);
      value += (bits % 32) * shift;
      if (bits < 32) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    }
  };
  let [lng, lat] = [0, 0];
  while (at < text.length) {
    lat += next();
    lng += next();
    positions.push([lng / 1e6, lat / 1e6]);
  }
  return positions;
}
