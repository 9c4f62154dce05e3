/** Where she may be: nested regions, a soft surface, and the places that are worth a look. */
import type { Feature } from 'geojson';
import type { LngLat, MapPosterior } from '../scene.ts';
import { feature, point } from './features.ts';
import { earthM, mercatorLat, mercatorX, mercatorY } from './mercator.ts';

/** Regions from the widest to the narrowest, so that the narrow ones lie on top. `share` is 0..1. */
export function regionFeatures(posterior: MapPosterior | null): Feature[] {
  if (!posterior) return [];
  const widestFirst = [...posterior.regions].sort((a, b) => b.share - a.share);
  return widestFirst.map(region =>
    feature(region.geometry, { share: region.share, text: `${Math.round(region.share * 100)}%` }),
  );
}

/** Places in order, with `rank` from 1 and their probability as text. */
export function rankedPlaceFeatures(posterior: MapPosterior | null): Feature[] {
  if (!posterior) return [];
  return posterior.places.map((place, index) =>
    point(place.position, {
      id: place.placeId,
      kind: place.kind,
      name: place.name,
      rank: index + 1,
      text: `${percent(place.poa)}  ${place.name}`,
    }),
  );
}

function percent(share: number): string {
  return share >= 0.095 ? `${Math.round(share * 100)}%` : `${(share * 100).toFixed(1)}%`;
}

/** A picture of the surface: straight RGBA, rows from north to south, evenly spaced in Web Mercator. */
export interface Surface {
  width: number;
  height: number;
  pixels: Uint8ClampedArray<ArrayBuffer>;
  /** North-west, north-east, south-east, south-west: what an image source wants. */
  corners: [LngLat, LngLat, LngLat, LngLat];
}

const longSidePx = 640;
/** A bell of this radius is smooth to the eye; finer pixels would only cost time. */
const largestRadiusPx = 24;
/** Ground radius of one cell's glow. */
const glowM = 160;

/**
 * Spreads each cell's probability over its surroundings (a bell of about `glowM`) and paints the sum. `ramp` maps
 * 0..1 to [r, g, b, a] bytes; the scale is the root of the share of the peak, so that weak areas still show.
 * Returns null without cells.
 */
export function surfaceOf(
  cells: NonNullable<MapPosterior['cells']>,
  ramp: (level: number) => readonly [number, number, number, number],
): Surface | null {
  const frame = frameOf(cells);
  if (!frame) return null;
  const { west, north, width, height, pxPerUnit, radiusPx } = frame;
  const sum = new Float32Array(width * height);
  for (let i = 0; i < cells.p.length; i++) {
    const x = (mercatorX(cells.lng[i]!) - west) * pxPerUnit;
    const y = (mercatorY(cells.lat[i]!) - north) * pxPerUnit;
    splat(sum, width, height, x, y, radiusPx, cells.p[i]!);
  }
  const peak = sum.reduce((most, value) => Math.max(most, value), 0);
  const pixels = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < sum.length; i++) {
    if (sum[i]! > 0) pixels.set(ramp(Math.sqrt(sum[i]! / peak)), 4 * i);
  }
  const east = west + width / pxPerUnit;
  const south = north + height / pxPerUnit;
  const corner = (x: number, y: number): LngLat => [x * 360 - 180, mercatorLat(y)];
  return {
    width,
    height,
    pixels,
    corners: [corner(west, north), corner(east, north), corner(east, south), corner(west, south)],
  };
}

function frameOf({ lng, lat, p }: NonNullable<MapPosterior['cells']>) {
  if (p.length === 0) return null;
  let west = 1;
  let east = 0;
  let north = 1;
  let south = 0;
  for (let i = 0; i < p.length; i++) {
    const x = mercatorX(lng[i]!);
    const y = mercatorY(lat[i]!);
    west = Math.min(west, x);
    east = Math.max(east, x);
    north = Math.min(north, y);
    south = Math.max(south, y);
  }
  const cosLat = Math.cos((mercatorLat((north + south) / 2) * Math.PI) / 180);
  const margin = (3 * glowM) / (earthM * cosLat);
  const radius = 2.2 * (margin / 3);
  const pxPerUnit = Math.min(
    largestRadiusPx / radius,
    longSidePx / (Math.max(east - west, south - north) + 2 * margin),
  );
  return {
    west: west - margin,
    north: north - margin,
    width: Math.ceil((east - west + 2 * margin) * pxPerUnit),
    height: Math.ceil((south - north + 2 * margin) * pxPerUnit),
    pxPerUnit,
    // Over a wide area one pixel is more than a cell: keep at least a visible dab.
    radiusPx: Math.max(2.5, radius * pxPerUnit),
  };
}

/** Adds a quartic bell of the given volume, (1 − r²)², which is smooth at its edge and cheap. */
function splat(
  sum: Float32Array,
  width: number,
  height: number,
  x: number,
  y: number,
  radius: number,
  volume: number,
): void {
  const height0 = volume / (radius * radius);
  for (let row = Math.max(0, Math.ceil(y - radius)); row <= Math.min(height - 1, y + radius); row++) {
    for (
      let column = Math.max(0, Math.ceil(x - radius));
      column <= Math.min(width - 1, x + radius);
      column++
    ) {
      const inside = 1 - ((column - x) ** 2 + (row - y) ** 2) / (radius * radius);
      if (inside > 0) sum[row * width + column]! += height0 * inside * inside;
    }
  }
}
