/** The one place where coordinates change their system. Everything behind it is WGS-84. */
import gcoord from 'gcoord';
import type { Crs, Position, PositionInput } from '#contract/common.ts';
import type { LngLat } from '#road/geo.ts';

const systems = { wgs84: gcoord.WGS84, gcj02: gcoord.GCJ02, bd09: gcoord.BD09 } as const;

/**
 * A position as sent in WGS-84 degrees, to 1e-7. Its own `crs` wins over `fallback`, the system of the device that
 * sent it. CGCS2000 differs from WGS-84 by centimetres, less than any fix: it is taken as it is.
 */
export function toWgs84(position: PositionInput, fallback: Crs = 'wgs84'): Position {
  const crs = position.crs ?? fallback;
  if (crs === 'wgs84' || crs === 'cgcs2000') return { lng: position.lng, lat: position.lat };
  const [lng, lat] = gcoord.transform([position.lng, position.lat], systems[crs], gcoord.WGS84);
  return { lng: rounded(lng!), lat: rounded(lat!) };
}

/** The same as [lng, lat]. */
export function wgs84LngLat(position: PositionInput): LngLat {
  const { lng, lat } = toWgs84(position);
  return [lng, lat];
}

const rounded = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;
