/** Alerts, the incidents that they open, and who may look at what. */
import { bigint, boolean, date, integer, jsonb, pgTable, primaryKey, real, text } from 'drizzle-orm/pg-core';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { HomeBasis } from '#contract/address.ts';
import type { Risk, ScamType } from '#contract/alert.ts';
import type { GlassVerdict } from '#contract/break-glass.ts';
import type { SightingDetail, SightingKind } from '#contract/sighting.ts';
import type { PinPart } from '#contract/wall-pin.ts';
import type { SaidChange, WhatIfPolicy, WhatIfView } from '#contract/what-if.ts';
import { bytes, instant, money, point } from '../columns.ts';
import { appUser, userSession } from './people.ts';
import { station } from './region.ts';

export const subject = pgTable('subject', {
  id: text().primaryKey(),
  createdAt: instant().notNull(),
});

/** The erasable vault: everything that names a person. */
export const subjectPrivate = pgTable('subject_private', {
  subjectId: text()
    .primaryKey()
    .references(() => subject.id, { onDelete: 'cascade' }),
  name: text().notNull(),
  phone: text().notNull(),
  phoneHash: bytes().notNull().unique(),
  idNumber: text(),
  address: text(),
  vehicle: text(),
  home: point(),
  homeBasis: text().$type<HomeBasis>(),
  homeRadiusM: real(),
  homeConfidence: real(),
  homeElsewhere: text(),
});

export const textPrivate = pgTable('text_private', {
  id: text().primaryKey(),
  incidentId: text().notNull(),
  body: text().notNull(),
  createdAt: instant().notNull(),
});

export const accountPrivate = pgTable('account_private', {
  id: text().primaryKey(),
  incidentId: text().notNull(),
  bank: text().notNull(),
  number: text().notNull(),
  amount: money(),
});

export const incident = pgTable('incident', {
  id: text().primaryKey(),
  subjectId: text()
    .notNull()
    .references(() => subject.id),
  state: text().$type<'open' | 'closed'>().notNull(),
  risk: text().$type<Risk>().notNull(),
  scamType: text().$type<ScamType>().notNull(),
  stationId: text().references(() => station.id, { onDelete: 'set null' }),
  stationBasis: text().$type<'jurisdiction' | 'nearest' | 'handedOver' | 'none'>().notNull(),
  amount: money(),
  openedAt: instant().notNull(),
  closedAt: instant(),
  outcome: text(),
  /** Where she was met: erased with the vault. */
  foundPlaceId: text(),
  foundAt: point(),
  closeNoteId: text().references(() => textPrivate.id, { onDelete: 'set null' }),
  /** Its place among those opened on the same day in Shanghai, from 1: how people speak of it. */
  number: integer().notNull(),
  /** She lives elsewhere: since when another bureau is to meet her. */
  handedOverAt: instant(),
  handedOverToId: text().references(() => textPrivate.id, { onDelete: 'set null' }),
  handOverReasonId: text().references(() => textPrivate.id, { onDelete: 'set null' }),
  /** It left the screens, its trace was erased, and what names its subject was. */
  archivedAt: instant(),
  tracePurgedAt: instant(),
  vaultPurgedAt: instant(),
});

/** The last incident number given on each day in Shanghai. */
export const incidentDay = pgTable('incident_day', {
  day: date().primaryKey(),
  last: integer().notNull(),
});

const incidentId = () =>
  text()
    .notNull()
    .references(() => incident.id);

export const alert = pgTable('alert', {
  id: text().primaryKey(),
  incidentId: incidentId(),
  source: text().notNull(),
  externalId: text(),
  risk: text().$type<Risk>().notNull(),
  scamType: text().$type<ScamType>().notNull(),
  amount: money(),
  noteId: text().references(() => textPrivate.id, { onDelete: 'set null' }),
  observedAt: instant().notNull(),
  receivedAt: instant().notNull(),
  contentHash: bytes().notNull(),
});

export const incidentMember = pgTable(
  'incident_member',
  {
    incidentId: incidentId(),
    userId: text()
      .notNull()
      .references(() => appUser.id),
    addedBy: text().notNull(),
    addedAt: instant().notNull(),
  },
  table => [primaryKey({ columns: [table.incidentId, table.userId] })],
);

/** What one person asked for and another approved. */
const permission = () => ({
  id: text().primaryKey(),
  incidentId: incidentId(),
  number: text().notNull(),
  legalBasis: text().notNull(),
  reason: text().notNull(),
  requestedBy: text()
    .notNull()
    .references(() => appUser.id),
  requestedAt: instant().notNull(),
  expiresAt: instant().notNull(),
  approvedBy: text().references(() => appUser.id),
  approvedAt: instant(),
});

export const authority = pgTable('authority', {
  ...permission(),
  revokedBy: text().references(() => appUser.id),
  revokedAt: instant(),
  /** Opened before anybody could approve it: it holds for who asked, alone. */
  breakGlass: boolean().notNull().default(false),
});

/** Asked for by who wants to see the trace of a closed incident again, and good for that person alone. */
export const reviewAuthority = pgTable('review_authority', {
  ...permission(),
  endedBy: text().references(() => appUser.id),
  endedAt: instant(),
});

/** A fork of a case that somebody ran on, and what came of it. */
export const whatIf = pgTable('what_if', {
  id: text().primaryKey(),
  incidentId: incidentId(),
  seq: bigint({ mode: 'number' }).notNull(),
  at: instant().notNull(),
  seed: bigint({ mode: 'number' }).notNull(),
  draws: integer().notNull(),
  horizonMin: integer().notNull(),
  policy: text().$type<WhatIfPolicy>().notNull(),
  changes: jsonb().$type<SaidChange[]>().notNull(),
  result: jsonb().$type<WhatIfView['result']>().notNull(),
  madeBy: text()
    .notNull()
    .references(() => appUser.id),
  madeAt: instant().notNull(),
});

/** Who reviews a use of break-glass, and what came of it. */
export const breakGlass = pgTable('break_glass', {
  authorityId: text()
    .primaryKey()
    .references(() => authority.id),
  incidentId: incidentId(),
  openedBy: text()
    .notNull()
    .references(() => appUser.id),
  reason: text().notNull(),
  openedAt: instant().notNull(),
  expiresAt: instant().notNull(),
  reviewDueAt: instant().notNull(),
  reviewedBy: text().references(() => appUser.id),
  reviewedAt: instant(),
  verdict: text().$type<GlassVerdict>(),
  note: text(),
});

/** The redacted view of an incident that the wall shows. */
export const wallPin = pgTable('wall_pin', {
  incidentId: text()
    .primaryKey()
    .references(() => incident.id),
  authorityId: text()
    .notNull()
    .references(() => authority.id),
  show: text().array().$type<PinPart[]>().notNull(),
  pinnedBy: text()
    .notNull()
    .references(() => appUser.id),
  pinnedAt: instant().notNull(),
  untilAt: instant().notNull(),
});

/** One session of one user that opened the trace of one incident, with its reason. */
export const traceLook = pgTable('trace_look', {
  id: text().primaryKey(),
  incidentId: incidentId(),
  sessionId: text()
    .notNull()
    .references(() => userSession.id, { onDelete: 'cascade' }),
  userId: text()
    .notNull()
    .references(() => appUser.id),
  authorityId: text()
    .notNull()
    .references(() => authority.id),
  reason: text().notNull(),
  openedAt: instant().notNull(),
});

export const sighting = pgTable('sighting', {
  id: text().primaryKey(),
  incidentId: incidentId(),
  kind: text().$type<SightingKind>().notNull(),
  source: text().notNull(),
  observedAt: instant().notNull(),
  receivedAt: instant().notNull(),
  /** Kind-specific numbers in WGS-84. */
  detail: jsonb().$type<SightingDetail>().notNull(),
  /** Coordinates and their system as sent. */
  raw: jsonb().notNull(),
  textId: text().references(() => textPrivate.id, { onDelete: 'set null' }),
  position: point(),
  recordedBy: text().notNull(),
  /** A correction is a new sighting that replaces this one. */
  replaces: text().references((): AnyPgColumn => sighting.id),
  withdrawnAt: instant(),
});
