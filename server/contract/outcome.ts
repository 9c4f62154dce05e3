/** What became of her money after the alert: often known days later. */
import { z } from 'zod';
import { instantSchema } from './common.ts';

const yuan = z.number().nonnegative().max(1e12);

export const outcomeBodySchema = z.object({
  /** When it was reported; of several the newest counts. */
  reportedAt: instantSchema,
  transferredAfterAlert: z.boolean(),
  /** Yuan. */
  lossAmount: yuan.optional(),
  /** Left out: true where a case number is given. */
  caseFiled: z.boolean().optional(),
  caseNumber: z.string().trim().max(80).optional(),
  arrests: z.number().int().min(0).max(1000).optional(),
  note: z.string().trim().max(2000).optional(),
});
export type OutcomeBody = z.infer<typeof outcomeBodySchema>;
export const outcomeReplySchema = z.object({ outcomeId: z.string() });

export const outcomeViewSchema = z.object({
  id: z.string(),
  reportedAt: z.string(),
  recordedAt: z.string(),
  recordedBy: z.string(),
  transferredAfterAlert: z.boolean(),
  lossAmount: z.number().nullable(),
  caseFiled: z.boolean(),
  /** Null also when it was erased. */
  caseNumber: z.string().nullable(),
  arrests: z.number(),
  note: z.string().nullable(),
  /** The one that counts. */
  newest: z.boolean(),
});
export type OutcomeView = z.infer<typeof outcomeViewSchema>;
