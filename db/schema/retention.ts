/** How long things are kept, what is held back, what was purged, and what was made of unusual looks. */
import { bigint, date, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { FindingKind, FindingNumbers, FindingState } from '#contract/audit.ts';
import type { RetentionClass } from '#contract/retention.ts';
import { bytes, instant } from '../columns.ts';
import { incident, textPrivate } from './incident.ts';
import { appUser } from './people.ts';

const user = () => text().references(() => appUser.id);
const words = () => text().references(() => textPrivate.id, { onDelete: 'set null' });

export const retentionPeriod = pgTable('retention_period', {
  class: text().$type<RetentionClass>().primaryKey(),
  days: integer().notNull(),
  reason: text().notNull(),
  setBy: user().notNull(),
  setAt: instant().notNull(),
});

export const legalHold = pgTable('legal_hold', {
  id: text().primaryKey(),
  incidentId: text()
    .notNull()
    .references(() => incident.id),
  reasonId: words(),
  placedBy: user().notNull(),
  placedAt: instant().notNull(),
  liftedBy: user(),
  liftedAt: instant(),
  liftReasonId: words(),
});

export const purgeReceipt = pgTable('purge_receipt', {
  id: text().primaryKey(),
  at: instant().notNull(),
  /** JSON, byte for byte what was signed. */
  body: text().notNull(),
  signature: bytes().notNull(),
  publicKey: bytes().notNull(),
});

/** The audit's head at the end of each day. */
export const auditDay = pgTable('audit_day', {
  day: date().primaryKey(),
  at: instant().notNull(),
  seq: bigint({ mode: 'number' }).notNull(),
  hash: bytes().notNull(),
  body: text().notNull(),
  signature: bytes().notNull(),
  publicKey: bytes().notNull(),
});

export const lookFinding = pgTable('look_finding', {
  id: text().primaryKey(),
  /** Monday, in Shanghai. */
  week: date().notNull(),
  kind: text().$type<FindingKind>().notNull(),
  userId: user().notNull(),
  /** Null: about all that the user did in the week. */
  incidentId: text().references(() => incident.id),
  numbers: jsonb().$type<FindingNumbers>().notNull(),
  foundAt: instant().notNull(),
  state: text().$type<FindingState>().notNull(),
  note: text(),
  reviewedBy: user(),
  reviewedAt: instant(),
});
