import type { Crs, PositionInput } from '#contract/common.ts';

/** A position as it is typed: text until it is sent, in a named coordinate system. */
export interface PositionDraft {
  lng: string;
  lat: string;
  crs: Crs;
}

export const emptyPosition: PositionDraft = { lng: '', lat: '', crs: 'wgs84' };

/** The typed position, or null while it is none. */
export function readPosition({ lng, lat, crs }: PositionDraft): PositionInput | null {
  const [x, y] = [readNumber(lng), readNumber(lat)];
  if (x === null || y === null || Math.abs(x) > 180 || Math.abs(y) > 90) return null;
  return { lng: x, lat: y, crs };
}

/** A finite number, or null for anything else. */
export function readNumber(text: string): number | null {
  const value = Number(text.trim());
  return text.trim() === '' || !Number.isFinite(value) ? null : value;
}
