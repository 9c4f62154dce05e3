/** People of the bureau and how they come in. */
import { type AnyPgColumn, bigint, boolean, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Role } from '#contract/incident.ts';
import type { Pending, ResetWhat, SignedInBy } from '#contract/account.ts';
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
  mustChangePassword: boolean().notNull().default(false),
  passwordChangedAt: instant(),
  /** As the reverse proxy names the client certificate. */
  certificate: text().unique(),
  /** The administrator who gave out a new way in, until the user has come in. */
  resetBy: text().references((): AnyPgColumn => appUser.id),
  resetWhat: text().$type<ResetWhat>(),
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
  signedInBy: text().$type<SignedInBy>().notNull().default('password'),
  pending: text().$type<Pending>(),
  address: text(),
  agent: text(),
});

export const loginFailure = pgTable('login_failure', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  username: text().notNull(),
  at: instant().notNull(),
});

const ofUser = () =>
  text()
    .notNull()
    .references(() => appUser.id, { onDelete: 'cascade' });

export const userTotp = pgTable('user_totp', {
  userId: ofUser().primaryKey(),
  secretSealed: bytes().notNull(),
  createdAt: instant().notNull(),
  confirmedAt: instant(),
  lastStep: bigint({ mode: 'number' }).notNull(),
});

export const recoveryCode = pgTable(
  'recovery_code',
  { userId: ofUser(), codeHash: bytes().notNull(), usedAt: instant() },
  table => [primaryKey({ columns: [table.userId, table.codeHash] })],
);

export const passkey = pgTable('passkey', {
  /** The credential's id, base64url. */
  id: text().primaryKey(),
  userId: ofUser(),
  name: text().notNull(),
  publicKey: bytes().notNull(),
  counter: bigint({ mode: 'number' }).notNull(),
  transports: text().array().notNull(),
  createdAt: instant().notNull(),
  lastUsedAt: instant(),
});

export const passkeyChallenge = pgTable('passkey_challenge', {
  challengeHash: bytes().primaryKey(),
  /** Null: for signing in. */
  userId: text().references(() => appUser.id, { onDelete: 'cascade' }),
  expiresAt: instant().notNull(),
});
