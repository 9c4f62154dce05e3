/** Opening a trace before anybody could approve it, and what somebody else says of that afterwards. */
import { z } from 'zod';
import { accessReasonSchema } from './incident.ts';
import { glassVerdicts } from './kinds.ts';

/** How long it opens the trace. */
export const glassMs = 30 * 60_000;
/** Within this somebody else says whether it was justified. */
export const glassReviewMs = 24 * 3_600_000;

export const glassBodySchema = z.object({ reason: accessReasonSchema });
export const glassReplySchema = z.object({
  authorityId: z.string(),
  expiresAt: z.string(),
  reviewDueAt: z.string(),
});

export type GlassVerdict = (typeof glassVerdicts)[number];
/** The note is about the act, not about the subject: no names, no numbers. */
export const glassReviewBodySchema = z.object({
  verdict: z.enum(glassVerdicts),
  note: z.string().trim().min(4).max(1000),
});

/** `due`: only those without a review. */
export const glassQuerySchema = z.object({ state: z.enum(['due', 'all']).default('all') });

/** One use of break-glass: who, when and why, nothing of the person whose trace it was. */
export const glassViewSchema = z.object({
  authorityId: z.string(),
  incidentId: z.string(),
  incidentNumber: z.number().int().positive(),
  openedBy: z.string(),
  openedByName: z.string(),
  reason: z.string(),
  openedAt: z.string(),
  /** When it ended or ends: after half an hour, or before that when it was revoked or the incident closed. */
  endsAt: z.string(),
  /** Looks at the trace that rested on it. */
  looks: z.number(),
  reviewDueAt: z.string(),
  reviewedByName: z.string().nullable(),
  reviewedAt: z.string().nullable(),
  verdict: z.enum(glassVerdicts).nullable(),
  note: z.string().nullable(),
});
export type GlassView = z.infer<typeof glassViewSchema>;
