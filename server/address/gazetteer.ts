/** What a region knows by name, as it is written into the region's folder and searched by the resolver. */

import type { AddressLevel } from '#contract/address.ts';

/** [lng, lat] in WGS-84 degrees. */
export type LngLat = [number, number];

/** Raised when a file of an older version can no longer be read; the server then builds a poorer one itself. */
export const GAZETTEER_FORMAT = 1;

/** A known house number: [number as on the door, lng, lat]. */
export type Door = [number: string, lng: number, lat: number];

export interface GazetteerEntry {
  level: AddressLevel;
  name: string;
  nameEn?: string;
  /** Other ways to say it: a road's number, the name of a company on the building. */
  aliases?: string[];
  position: LngLat;
  /** How far from `position` it may reach: half the length of a road, the radius of an area. */
  radiusM: number;
  /** Entries that hold it, by their index: township, community, village. A long road lies in several of a level. */
  within: number[];
  /** The place's id in the reference data. */
  placeId?: string;
  /** Course of a road. */
  lines?: LngLat[][];
  /** Outline of an area, outer ring first. */
  area?: LngLat[][];
  /** Numbers that somebody has mapped, of a road, village or compound. */
  doors?: Door[];
}

export interface Gazetteer {
  format: typeof GAZETTEER_FORMAT;
  /** What the region itself is called: not every text names it, none needs to be told where it is. */
  names: string[];
  entries: GazetteerEntry[];
}
