/** The log, the audit and what the server remembers for itself. */
import { sql } from 'drizzle-orm';
import { bigint, boolean, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytes, instant } from '../columns.ts';

/** Exact up to 2^53: a thousand rows a second for 285,000 years. */
const seq = () => bigint({ mode: 'number' });
const onlyRow = () => boolean().primaryKey().default(true);

/** Left to a trigger: an insert need not and cannot choose it. */
const byTrigger = () => sql`default`;

/** The last `seq` given; its row lock orders the commits. */
export const logHead = pgTable('log_head', { onlyRow: onlyRow(), seq: seq().notNull() });

export const auditHead = pgTable('audit_head', {
  onlyRow: onlyRow(),
  seq: seq().notNull(),
  hash: bytes().notNull(),
});

export const domainEvent = pgTable('domain_event', {
  seq: seq().primaryKey().$defaultFn(byTrigger),
  kind: text().notNull(),
  incidentId: text(),
  actor: text().notNull(),
  observedAt: instant().notNull(),
  receivedAt: instant().notNull(),
  payload: jsonb().notNull(),
});

export const auditEntry = pgTable('audit_entry', {
  seq: seq().primaryKey().$defaultFn(byTrigger),
  at: instant().notNull(),
  actor: text().notNull(),
  action: text().notNull(),
  resource: text().notNull(),
  incidentId: text(),
  reason: text(),
  detail: jsonb().notNull(),
  previousHash: bytes().notNull().$defaultFn(byTrigger),
  hash: bytes().notNull().$defaultFn(byTrigger),
});

export const idempotencyKey = pgTable(
  'idempotency_key',
  {
    actor: text().notNull(),
    key: text().notNull(),
    requestHash: bytes().notNull(),
    status: integer().notNull(),
    response: jsonb().notNull(),
    createdAt: instant().notNull(),
  },
  table => [primaryKey({ columns: [table.actor, table.key] })],
);

/** Secrets that the server makes for itself once. */
export const serverSecret = pgTable('server_secret', {
  name: text().primaryKey(),
  value: bytes().notNull(),
});
