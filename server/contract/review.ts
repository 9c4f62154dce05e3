/**
 * The trace of an incident, seen once more. While it is open, under the conditions of any look. When it is closed, on a review
 * authority: asked for by the reviewer, for the reviewer alone, approved by somebody else.
 *
 * GET /api/replay/:id/trace answers with server-sent events and stays open as long as it may be seen:
 *
 *   event: trace      what the sightings say, and when the authority ends
 *   event: belief     what was believed from an instant on, and the plan that went with it; oldest first
 *   event: whole      nothing more comes
 *   event: revoked    drop all of it now; it is the last word. A line that breaks means the same.
 */
import { z } from 'zod';
import { instantSchema } from './common.ts';
import { planViewSchema } from './plan.ts';
import { posteriorViewSchema } from './posterior.ts';
import { sightingViewSchema } from './sighting-view.ts';

/** No review lasts longer; whoever needs more asks again. */
export const longestReviewMs = 7 * 24 * 3_600_000;

export const reviewViewSchema = z.object({
  id: z.string(),
  incidentId: z.string(),
  incidentNumber: z.number(),
  number: z.string(),
  legalBasis: z.string(),
  reason: z.string(),
  requestedBy: z.string(),
  requestedAt: instantSchema,
  expiresAt: instantSchema,
  approvedBy: z.string().nullable(),
  endedAt: instantSchema.nullable(),
});
export type ReviewView = z.infer<typeof reviewViewSchema>;

export const recordedTraceSchema = z.object({
  /** When the authority ends. */
  expiresAt: instantSchema,
  /** All, also those that were corrected or withdrawn later: the facts say when. */
  sightings: z.array(sightingViewSchema),
});
export type RecordedTrace = z.infer<typeof recordedTraceSchema>;

export const recordedBeliefSchema = z.object({ posterior: posteriorViewSchema, plan: planViewSchema });
export type RecordedBelief = z.infer<typeof recordedBeliefSchema>;
