/** Units, their devices and where they were. */
import {
  bigint,
  boolean,
  doublePrecision,
  integer,
  pgTable,
  primaryKey,
  real,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import type { Crs } from '#contract/common.ts';
import type { UnitKind, UnitState } from '#contract/unit.ts';
import { bytes, instant, point } from '../columns.ts';
import { station } from './region.ts';

export const unit = pgTable('unit', {
  id: text().primaryKey(),
  /** Number in binary position frames; never reused. */
  slot: integer().generatedAlwaysAsIdentity().unique(),
  callsign: text().notNull().unique(),
  stationId: text().references(() => station.id, { onDelete: 'set null' }),
  kind: text().$type<UnitKind>().notNull(),
  state: text().$type<UnitState>().notNull(),
  sworn: integer().notNull(),
  auxiliary: integer().notNull(),
  createdAt: instant().notNull(),
  retiredAt: instant(),
});

export const device = pgTable(
  'device',
  {
    id: text().primaryKey(),
    /** Null: a gateway, which reports for many devices. */
    unitId: text().references(() => unit.id),
    protocol: text().notNull(),
    identifier: text().notNull(),
    crs: text().$type<Crs>().notNull(),
    tokenHash: bytes().notNull().unique(),
    createdAt: instant().notNull(),
    revokedAt: instant(),
    rotatedAt: instant(),
    lastUsedAt: instant(),
    /** The token before the last change; good until `previousTokenUntil`. */
    previousTokenHash: bytes().unique(),
    previousTokenUntil: instant(),
  },
  table => [unique().on(table.protocol, table.identifier)],
);

/** Who tried to report without being known. */
export const unknownDevice = pgTable('unknown_device', {
  id: text().primaryKey(),
  keyHash: bytes().notNull().unique(),
  protocol: text().notNull(),
  identifierMasked: text(),
  identifierSealed: bytes(),
  /** The gateway that spoke for it. */
  gatewayId: text().references(() => device.id),
  address: text(),
  attempts: bigint({ mode: 'number' }).notNull(),
  firstAt: instant().notNull(),
  lastAt: instant().notNull(),
});

/** Every accepted ping; partitioned by day of `observedAt` (db/partitions.ts). */
export const position = pgTable(
  'position',
  {
    deviceId: text().notNull(),
    observedAt: instant().notNull(),
    payloadHash: bytes().notNull(),
    unitId: text().notNull(),
    receivedAt: instant().notNull(),
    point: point().notNull(),
    accuracyM: real(),
    speedMps: real(),
    courseDeg: real(),
    batteryPct: real(),
    /** As sent, in `rawCrs`. */
    rawLng: doublePrecision().notNull(),
    rawLat: doublePrecision().notNull(),
    rawCrs: text().$type<Crs>().notNull(),
    /** More than 60 s ahead of our clock when it came: stored, never 'latest'. */
    future: boolean().notNull(),
  },
  table => [primaryKey({ columns: [table.deviceId, table.observedAt, table.payloadHash] })],
);
