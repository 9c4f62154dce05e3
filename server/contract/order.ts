/** Dispatch orders: which station is to meet the subject of an incident, who goes, and what came of it. */
import { z } from 'zod';
import { idSchema, instantSchema, pageQuerySchema } from './common.ts';
import { orderBases, orderStates } from './kinds.ts';

const reasonSchema = z.string().trim().min(1).max(500);

/**
 * Without `stationId`: the incident's own station. While another station holds an open order it is taken over from that
 * one, and a reason is needed.
 */
export const issueBodySchema = z.object({
  stationId: idSchema.optional(),
  reason: reasonSchema.optional(),
  /** `whereNow`: she is in this station's area now. The reason must say nothing of the trace: the station reads it. */
  basis: z.enum(['whereNow', 'chosen']).default('chosen'),
});
export type IssueBody = z.infer<typeof issueBodySchema>;

/** `observedAt`: when it was so, if that was before now. */
export const moveBodySchema = z.object({ observedAt: instantSchema.optional() });
export const cancelBodySchema = z.object({ reason: reasonSchema });
export const assignBodySchema = z.object({ officerIds: z.array(idSchema).min(1).max(50) });

/** What came of it. `met` with `metAt` (default: now) where no meeting was recorded. */
export const feedbackBodySchema = z.object({
  text: z.string().trim().min(1).max(4000),
  met: z.boolean(),
  metAt: instantSchema.optional(),
});
export type FeedbackBody = z.infer<typeof feedbackBodySchema>;

/** To another station of the county, or to another county's bureau: `to` names it. */
export const orderHandOverSchema = z.union([
  z.object({ stationId: idSchema, reason: reasonSchema }),
  z.object({
    outOfCounty: z.literal(true),
    to: z.string().trim().min(2).max(120),
    reason: reasonSchema,
  }),
]);
export type OrderHandOver = z.infer<typeof orderHandOverSchema>;

export const orderReplySchema = z.object({ orderId: z.string(), seq: z.number() });

/** `state=open`: not fed back, handed over or cancelled. `from` and `to`: issued at or after, and before. */
export const orderQuerySchema = pageQuerySchema.extend({
  station: idSchema.optional(),
  state: z.enum(['open', ...orderStates]).optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
});

export const orderViewSchema = z.object({
  id: z.string(),
  incidentId: z.string(),
  /** The incident's number of its day. */
  incidentNumber: z.number(),
  stationId: z.string(),
  basis: z.enum(orderBases),
  /** The order that this one stands in for. */
  replaces: z.string().nullable(),
  state: z.enum(orderStates),
  issuedAt: z.string(),
  /** By when she is to be met, as it stood when the order was issued. */
  meetDueAt: z.string().nullable(),
  acknowledgedAt: z.string().nullable(),
  assignedAt: z.string().nullable(),
  underWayAt: z.string().nullable(),
  metAt: z.string().nullable(),
  fedBackAt: z.string().nullable(),
  /** When it was fed back, handed over or cancelled. */
  endedAt: z.string().nullable(),
  /** Who goes; a name is missing when the roster has no such officer any more. */
  officers: z.array(z.object({ id: z.string(), name: z.string().nullable(), sworn: z.boolean() })),
  /** Why it was re-routed, handed over or cancelled; the last of them. */
  reason: z.string().nullable(),
  /** The feedback. */
  note: z.string().nullable(),
});
export type OrderView = z.infer<typeof orderViewSchema>;
