/** Notes of incidents, and shifts handed over. */
import { integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { Matter } from '#contract/handover.ts';
import { instant } from '../columns.ts';
import { incident, textPrivate } from './incident.ts';
import { appUser } from './people.ts';

export const incidentNote = pgTable('incident_note', {
  id: text().primaryKey(),
  incidentId: text()
    .notNull()
    .references(() => incident.id),
  writtenBy: text()
    .notNull()
    .references(() => appUser.id),
  writtenAt: instant().notNull(),
  bodyId: text().references(() => textPrivate.id, { onDelete: 'set null' }),
});

/** A moment of a replayed case that somebody wants to find again. */
export const bookmark = pgTable('bookmark', {
  id: text().primaryKey(),
  incidentId: text()
    .notNull()
    .references(() => incident.id),
  at: instant().notNull(),
  bodyId: text().references(() => textPrivate.id, { onDelete: 'set null' }),
  madeBy: text()
    .notNull()
    .references(() => appUser.id),
  madeAt: instant().notNull(),
});

export const shiftHandover = pgTable('shift_handover', {
  id: text().primaryKey(),
  matters: jsonb().$type<Matter[]>().notNull(),
  openIncidents: integer().notNull(),
  promised: integer().notNull(),
  overdue: integer().notNull(),
  signedBy: text()
    .notNull()
    .references(() => appUser.id),
  signedAt: instant().notNull(),
  takenBy: text().references(() => appUser.id),
  takenAt: instant(),
});
