/** Reference data of the installed region; an import replaces it as a whole. */
import { boolean, doublePrecision, jsonb, pgTable, real, text } from 'drizzle-orm/pg-core';
import type { LineKind } from '#contract/kinds.ts';
import type { PlaceKind } from '#contract/place.ts';
import { instant, lineString, multiPolygon, point } from '../columns.ts';

export const region = pgTable('region', {
  id: text().primaryKey(),
  name: text().notNull(),
  nameEn: text(),
  fictional: boolean().notNull(),
  attribution: text().notNull(),
  /** [west, south, east, north] */
  bbox: doublePrecision().array().notNull(),
  installedAt: instant().notNull(),
  current: boolean().notNull(),
  /** Group of tables → digest of what it holds. */
  digests: jsonb().$type<Record<string, string>>().notNull().default({}),
});

export const station = pgTable('station', {
  id: text().primaryKey(),
  name: text().notNull(),
  nameEn: text(),
  position: point().notNull(),
});

export const jurisdiction = pgTable('jurisdiction', {
  stationId: text()
    .primaryKey()
    .references(() => station.id, { onDelete: 'cascade' }),
  area: multiPolygon().notNull(),
  estimated: boolean().notNull(),
});

export const place = pgTable('place', {
  id: text().primaryKey(),
  kind: text().$type<PlaceKind>().notNull(),
  name: text().notNull(),
  nameEn: text(),
  address: text(),
  searchText: text().notNull(),
  position: point().notNull(),
  areaHa: real(),
});

export const segment = pgTable('segment', {
  id: text().primaryKey(),
  kind: text().$type<LineKind>().notNull(),
  name: text().notNull(),
  searchText: text().notNull(),
  line: lineString().notNull(),
  lengthM: real().notNull(),
});

export const cellSite = pgTable('cell_site', {
  id: text().primaryKey(),
  position: point().notNull(),
});

export const cellSector = pgTable('cell_sector', {
  cellId: text().primaryKey(),
  siteId: text()
    .notNull()
    .references(() => cellSite.id, { onDelete: 'cascade' }),
  azimuthDeg: real().notNull(),
  beamwidthDeg: real().notNull(),
  rangeM: real().notNull(),
});

export const camera = pgTable('camera', {
  id: text().primaryKey(),
  name: text().notNull(),
  position: point().notNull(),
  headingDeg: real(),
  working: boolean().notNull().default(true),
  downSince: instant(),
});
