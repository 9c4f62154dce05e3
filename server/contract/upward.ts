/**
 * Feedback to the platform that sent an alert. Of the person it says nothing but the platform's own number of the alert: who
 * she is the platform knows already.
 */
import { z } from 'zod';
import { idSchema, pageQuerySchema } from './common.ts';
import { incidentOutcomes } from './incident.ts';
import { stepRefusals, upwardStates } from './kinds.ts';

const at = z.string().nullable();

/** The result message, version 1. Times are ISO 8601 UTC; null: it did not happen, or is not known. */
export const upwardBodySchema = z.object({
  version: z.literal(1),
  messageId: z.string(),
  /** The platform's number of the alert, and the name under which it sent it. */
  externalId: z.string(),
  source: z.string(),
  /** What came of it; null while the incident is open. */
  outcome: z.enum(incidentOutcomes).nullable(),
  metAt: at,
  steps: z.array(
    z.object({ step: z.number().int(), done: z.boolean(), refusal: z.enum(stepRefusals).nullable() }),
  ),
  consent: z.boolean().nullable(),
  appInstalled: z.boolean().nullable(),
  pledgeSigned: z.boolean(),
  /** Whether she still transferred money after the alert; null: nobody has said. */
  transferredAfterAlert: z.boolean().nullable(),
  lossAmount: z.number().nullable(),
  times: z.object({
    receivedAt: z.string(),
    orderedAt: at,
    acknowledgedAt: at,
    underWayAt: at,
    metAt: at,
    fedBackAt: at,
    closedAt: at,
  }),
});
export type UpwardBody = z.infer<typeof upwardBodySchema>;

/** The platform's own word, in its answer or posted later. */
const ackSchema = z.object({
  messageId: idSchema,
  /** False: it will not take it. */
  accepted: z.boolean().default(true),
});
export const upwardAcksSchema = z.object({ acks: z.array(ackSchema).min(1).max(1000) });
export const upwardAcksReplySchema = z.object({ changed: z.number(), unknown: z.array(z.string()) });

export const upwardQuerySchema = pageQuerySchema.extend({ state: z.enum(upwardStates).optional() });
export const upwardItemSchema = z.object({
  id: z.string(),
  incidentId: z.string(),
  incidentNumber: z.number(),
  source: z.string(),
  externalId: z.string().nullable(),
  state: z.enum(upwardStates),
  attempts: z.number(),
  nextTryAt: at,
  queuedAt: z.string(),
  deliveredAt: at,
  acknowledgedAt: at,
  /** A class of trouble, never the platform's words. */
  trouble: z.string().nullable(),
});
export type UpwardItem = z.infer<typeof upwardItemSchema>;
export const upwardListSchema = z.object({
  items: z.array(upwardItemSchema),
  nextCursor: z.string().nullable(),
  /** Without one, results leave as files. */
  hasPlatform: z.boolean(),
});
export type UpwardList = z.infer<typeof upwardListSchema>;

export const upwardMovedSchema = z.object({ messageId: z.string(), seq: z.number() });
export const upwardFileQuerySchema = z.object({
  /** The day in Shanghai on which the results were queued. */
  day: z.iso.date(),
  format: z.enum(['json', 'csv']).default('json'),
});
