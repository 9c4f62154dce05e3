import { z } from 'zod';
import { idSchema, instantSchema, positionInputSchema } from './common.ts';
import { roles } from './kinds.ts';
import { shortestReason } from './reason.ts';

export { roles };

export const memberBodySchema = z.object({ userId: idSchema });

export const authorityBodySchema = z.object({
  number: z.string().trim().min(1).max(64),
  legalBasis: z.string().trim().min(1).max(300),
  reason: z.string().trim().min(2).max(500),
  expiresAt: instantSchema,
});

/** `X-Access-Reason`: why someone looks at a trace. Percent-encoded when it is not ASCII. */
export const accessReasonSchema = z.string().trim().min(shortestReason).max(500);

export const incidentOutcomes = ['met', 'metTooLate', 'notMet', 'handedOver', 'falseAlarm'] as const;
export const closeBodySchema = z.object({
  outcome: z.enum(incidentOutcomes),
  foundPlaceId: idSchema.optional(),
  foundAt: positionInputSchema.optional(),
  note: z.string().max(4000).optional(),
});
export type IncidentOutcome = (typeof incidentOutcomes)[number];

export type Role = (typeof roles)[number];

export const sessionBodySchema = z.object({
  user: z.string().min(1).max(64),
  password: z.string().min(1).max(200),
  /** Six digits of an app, or a recovery code. */
  otp: z.string().max(40).optional(),
});
