/** Search tasks: who was sent to look where, and what came of it. */
import { boolean, pgTable, text } from 'drizzle-orm/pg-core';
import type { SearchMethod } from '#contract/sighting.ts';
import type { TaskOutcome, TaskState } from '#domain/task.ts';
import { instant } from '../columns.ts';
import { incident, sighting, textPrivate } from './incident.ts';
import { unit } from './unit.ts';

const words = () => text().references(() => textPrivate.id, { onDelete: 'set null' });

export const task = pgTable('task', {
  id: text().primaryKey(),
  incidentId: text()
    .notNull()
    .references(() => incident.id),
  unitId: text()
    .notNull()
    .references(() => unit.id),
  /** Exactly one of `placeId` and `segmentId`; not a reference, since a new region has other places. */
  placeId: text(),
  segmentId: text(),
  method: text().$type<SearchMethod>().notNull(),
  state: text().$type<TaskState>().notNull(),
  outcome: text().$type<TaskOutcome>(),
  resultMethod: text().$type<SearchMethod>(),
  /** The state that undoing the result leads back to. */
  resumes: text().$type<TaskState>(),
  /** The search that the result wrote into the trace. */
  sightingId: text().references(() => sighting.id, { onDelete: 'set null' }),
  needsSworn: boolean().notNull(),
  orderedBy: text().notNull(),
  orderedAt: instant().notNull(),
  acceptedAt: instant(),
  arrivedAt: instant(),
  endedAt: instant(),
  helpAt: instant(),
  reasonId: words(),
  noteId: words(),
  /** Why there. */
  whyId: words(),
});
