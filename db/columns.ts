import { customType, numeric, timestamp } from 'drizzle-orm/pg-core';
import type { LineString, MultiPolygon } from 'geojson';
import { parseEwkb, toEwkt } from './ewkb.ts';

/** [lng, lat], WGS-84. */
export type LngLat = [lng: number, lat: number];

/** An instant: a Date in code, `timestamptz` (microseconds, UTC) in the database. */
export const instant = () => timestamp({ withTimezone: true, mode: 'date' });

/** Yuan with two decimals. */
export const money = () => numeric({ precision: 14, scale: 2, mode: 'number' });

/** A point as [lng, lat]; `geometry(Point, 4326)` in the database. */
export const point = customType<{ data: LngLat; driverData: string }>({
  dataType: () => 'geometry(Point,4326)',
  toDriver: ([lng, lat]) => toEwkt({ type: 'Point', coordinates: [lng, lat] }),
  fromDriver(value) {
    const geometry = parseEwkb(value);
    if (geometry.type !== 'Point') throw new Error(`expected a Point, the database gave ${geometry.type}`);
    const [lng, lat] = geometry.coordinates;
    return [lng ?? Number.NaN, lat ?? Number.NaN];
  },
});

/** A line as GeoJSON; `geometry(LineString, 4326)` in the database. */
export const lineString = customType<{ data: LineString; driverData: string }>({
  dataType: () => 'geometry(LineString,4326)',
  toDriver: toEwkt,
  fromDriver(value) {
    const geometry = parseEwkb(value);
    if (geometry.type !== 'LineString')
      throw new Error(`expected a LineString, the database gave ${geometry.type}`);
    return geometry;
  },
});

/** An area as GeoJSON; `geometry(MultiPolygon, 4326)` in the database. */
export const multiPolygon = customType<{ data: MultiPolygon; driverData: string }>({
  dataType: () => 'geometry(MultiPolygon,4326)',
  toDriver: toEwkt,
  fromDriver(value) {
    const geometry = parseEwkb(value);
    if (geometry.type !== 'MultiPolygon')
      throw new Error(`expected a MultiPolygon, the database gave ${geometry.type}`);
    return geometry;
  },
});

/** Bytes (hashes); `bytea` in the database. */
export const bytes = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: value => Buffer.from(value.buffer, value.byteOffset, value.byteLength),
  fromDriver: value => value,
});
