/** What is kept for how long, what is held back, and the receipts of what was purged. */
import { z } from 'zod';
import { idSchema } from './common.ts';

export const retentionClasses = ['trace', 'vault', 'tracks', 'sessions', 'quarantine', 'requests'] as const;
export type RetentionClass = (typeof retentionClasses)[number];

const reason = z.string().trim().min(4, 'expected a reason of at least 4 characters').max(500);

export const retentionBodySchema = z.object({ days: z.number().int().positive(), reason });
export const retentionParamsSchema = z.object({ class: z.enum(retentionClasses) });

/** An incident by its id, or as people speak of it: the day in Shanghai and its number on that day. */
const incidentRefSchema = z.union([
  z.object({ id: idSchema }),
  z.object({ day: z.iso.date(), number: z.number().int().positive() }),
]);
export type IncidentRef = z.infer<typeof incidentRefSchema>;

export const holdBodySchema = z.object({ incident: incidentRefSchema, reason });
export type HoldBody = z.infer<typeof holdBodySchema>;
export const liftBodySchema = z.object({ reason });

/** An incident as those may know it who read no case: its day in Shanghai and its number on it. */
export const incidentNameSchema = z.object({ id: z.string(), day: z.string(), number: z.number() });
export type IncidentName = z.infer<typeof incidentNameSchema>;

const periodSchema = z.object({
  class: z.enum(retentionClasses),
  days: z.number(),
  defaultDays: z.number(),
  minDays: z.number(),
  maxDays: z.number(),
  /** Null: nobody changed it. */
  setBy: z.string().nullable(),
  setAt: z.string().nullable(),
  reason: z.string().nullable(),
});
export type PeriodView = z.infer<typeof periodSchema>;

const holdSchema = z.object({
  id: z.string(),
  incident: incidentNameSchema,
  /** Null for those who may not place one, and once it was purged. */
  reason: z.string().nullable(),
  placedBy: z.string(),
  placedAt: z.string(),
  liftedBy: z.string().nullable(),
  liftedAt: z.string().nullable(),
});
export type HoldView = z.infer<typeof holdSchema>;

/** What one run of the purge did with one class. */
const purgedClassSchema = z.object({
  class: z.enum(retentionClasses),
  /** What ended before this instant was due. */
  dueBefore: z.string(),
  /** Rows by table that were erased, or emptied of what names a person. */
  rows: z.record(z.string(), z.number()),
  /** Incidents that were purged; absent for classes that are not about incidents. */
  incidents: z.number().optional(),
});
export type PurgedClass = z.infer<typeof purgedClassSchema>;

export const receiptBodySchema = z.object({
  version: z.literal(1),
  id: z.string(),
  at: z.string(),
  classes: z.array(purgedClassSchema),
  /** Incidents that were due and are held. */
  held: z.number(),
  /**
   * `rewritten`: the tables were written anew, so that the files of the database hold no old bytes either. `vacuumed`:
   * deleted and the space given free; on a server the bytes stay in it until they are written over.
   */
  space: z.enum(['rewritten', 'vacuumed']),
  /** SHA-256 of the receipt before, hexadecimal; null for the first. */
  previous: z.string().nullable(),
});
export type ReceiptBody = z.infer<typeof receiptBodySchema>;

const receiptSchema = z.object({
  id: z.string(),
  at: z.string(),
  body: receiptBodySchema,
  /** Whether signature and place in the chain hold. */
  valid: z.boolean(),
});
export type ReceiptView = z.infer<typeof receiptSchema>;

export const retentionViewSchema = z.object({
  periods: z.array(periodSchema),
  holds: z.array(holdSchema),
  receipts: z.array(receiptSchema),
  /** Incidents past a period that the next run will purge. */
  due: z.number(),
  archiveAfterDays: z.number(),
});
export type RetentionView = z.infer<typeof retentionViewSchema>;
