/** People of the bureau and how they come in. */
import { boolean, pgTable, text } from 'drizzle-orm/pg-core';
import type { Role } from '#contract/incident.ts';
import { bytes, instant } from '../columns.ts';
import { station } from './region.ts';

export const appUser = pgTable('app_user', {
  id: text().primaryKey(),
  username: text().notNull().unique(),
  displayName: text().notNull(),
  role: text().$type<Role>().notNull(),
  stationId: text().references(() => station.id, { onDelete: 'set null' }),
  passwordHash: text().notNull(),
  active: boolean().notNull().default(true),
  createdAt: instant().notNull(),
});

export const userSession = pgTable('user_session', {
  id: text().primaryKey(),
  tokenHash: bytes().notNull().unique(),
  userId: text()
    .notNull()
    .references(() => appUser.id, { onDelete: 'cascade' }),
  createdAt: instant().notNull(),
  lastSeenAt: instant().notNull(),
  expiresAt: instant().notNull(),
  revokedAt: instant(),
});

export const loginFailure = pgTable('login_failure', {
  username: text().notNull(),
  at: instant().notNull(),
});
