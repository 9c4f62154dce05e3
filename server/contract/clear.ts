/** Same-day clear: what was opened, cleared and is still open of one day in Shanghai, and who answers for it. */
import { z } from 'zod';
import { riskSchema, scamTypeSchema } from './alert.ts';
import { idSchema } from './common.ts';
import { orderStates } from './kinds.ts';

const daySchema = z.iso.date('expected a day such as 2026-11-22');

/** Without a day: today. */
export const clearQuerySchema = z.object({ day: daySchema.optional() });

export const carryBodySchema = z.object({
  /** The day at whose end it was, or will be, still open. */
  day: daySchema,
  ownerId: idSchema,
  why: z.string().trim().min(4, 'expected a reason of at least 4 characters').max(500),
});
export type CarryBody = z.infer<typeof carryBodySchema>;
export const carryReplySchema = z.object({ incidentId: z.string(), day: z.string(), ownerId: z.string() });

const personSchema = z.object({ id: z.string(), name: z.string() });

const clearItemSchema = z.object({
  incidentId: z.string(),
  number: z.number(),
  /** The day of Shanghai on which it was opened, and how many days before the board's. */
  openedDay: z.string(),
  ageDays: z.number(),
  openedAt: z.string(),
  risk: riskSchema,
  scamType: scamTypeSchema,
  /** Of its newest order; else its own. */
  stationId: z.string().nullable(),
  /** Null: no station was ordered to meet her. */
  orderState: z.enum(orderStates).nullable(),
  clearedAt: z.string().nullable(),
  /** Who has the ground line. */
  owner: personSchema.nullable(),
  /** Who answers for its not being cleared, and of which day he said so last. */
  answeredBy: personSchema.extend({ day: z.string() }).nullable(),
  officerCount: z.number(),
  /** Their names, sworn ones first; left out for those who may not read orders, such as the wall. */
  officers: z.array(z.string()).optional(),
  /** When it will be cleared as things go; null once it is. */
  forecast: z
    .object({
      doneAt: z.string().nullable(),
      breach: z.boolean(),
    })
    .nullable(),
});
export type ClearItem = z.infer<typeof clearItemSchema>;

export const clearBoardSchema = z.object({
  day: z.string(),
  today: z.boolean(),
  asOf: z.string(),
  /** The hour by which all is to be cleared. */
  dueAt: z.string(),
  /** Of the items: on its day, of earlier days, cleared, open, open and not clearing in time, of earlier days with nobody who answers. */
  counts: z.object({
    opened: z.number(),
    earlier: z.number(),
    cleared: z.number(),
    open: z.number(),
    willNotClear: z.number(),
    unanswered: z.number(),
  }),
  /** Earlier days first, oldest first; then what will not clear, what is open, what is cleared. */
  items: z.array(clearItemSchema),
});
export type ClearBoard = z.infer<typeof clearBoardSchema>;
