/** Search tasks as they are ordered, answered and shown. */
import { z } from 'zod';
import { taskOutcomes, taskStates } from '#domain/task.ts';
import { idSchema, instantSchema, pageQuerySchema, positionSchema } from './common.ts';
import { placeKinds } from './place.ts';
import { searchMethods } from './sighting.ts';

export const orderBodySchema = z
  .object({
    unitId: idSchema,
    placeId: idSchema.optional(),
    segmentId: idSchema.optional(),
    method: z.enum(searchMethods),
    /** Why there, in words that the crew reads on its phone: about this place alone, nothing of the trace. */
    why: z.string().trim().max(500).optional(),
  })
  .refine(({ placeId, segmentId }) => (placeId === undefined) !== (segmentId === undefined), {
    message: 'expected either placeId or segmentId',
  });
export type OrderBody = z.infer<typeof orderBodySchema>;

export const orderReplySchema = z.object({
  taskId: z.string(),
  seq: z.number(),
  /** The crew has no sworn officer: it may look, but whoever knocks must bring one along. */
  needsSworn: z.boolean(),
});

const reasonSchema = z.string().trim().min(1).max(500);
/** `observedAt`: when it was so, if that was before now; a phone without network tells later. */
export const answerBodySchema = z.object({
  reason: reasonSchema.optional(),
  observedAt: instantSchema.optional(),
});
export type AnswerBody = z.infer<typeof answerBodySchema>;
export const undoBodySchema = z.object({ reason: reasonSchema });

export const resultBodySchema = z.object({
  outcome: z.enum(taskOutcomes),
  method: z.enum(searchMethods),
  note: z.string().max(4000).optional(),
  observedAt: instantSchema,
});
export type ResultBody = z.infer<typeof resultBodySchema>;

export const taskReplySchema = z.object({ taskId: z.string(), seq: z.number() });

/** `state=open`: ordered, accepted or arrived. */
export const taskQuerySchema = pageQuerySchema.extend({
  unitId: idSchema.optional(),
  state: z.enum(['open', ...taskStates]).optional(),
});

export const taskViewSchema = z.object({
  id: z.string(),
  incidentId: z.string(),
  /** The incident's number of its day. */
  incidentNumber: z.number(),
  unitId: z.string(),
  callsign: z.string(),
  placeId: z.string().nullable(),
  segmentId: z.string().nullable(),
  /** Null when the region that is installed now does not have it. A segment's position is its middle. */
  target: z
    .object({
      kind: z.enum(placeKinds),
      name: z.string(),
      position: positionSchema,
      /** A segment's line, [lng, lat] in order. */
      path: z.array(z.array(z.number())).nullable(),
    })
    .nullable(),
  method: z.enum(searchMethods),
  state: z.enum(taskStates),
  outcome: z.enum(taskOutcomes).nullable(),
  /** How it was looked at, once there is a result. */
  resultMethod: z.enum(searchMethods).nullable(),
  needsSworn: z.boolean(),
  orderedAt: z.string(),
  acceptedAt: z.string().nullable(),
  arrivedAt: z.string().nullable(),
  /** When it was done, refused or cancelled. */
  endedAt: z.string().nullable(),
  helpAt: z.string().nullable(),
  /** Why there, as whoever ordered it said. */
  why: z.string().nullable(),
  /** Why it was refused, cancelled or undone; the last of them. */
  reason: z.string().nullable(),
  /** What was noted with the result. */
  note: z.string().nullable(),
});
export type TaskView = z.infer<typeof taskViewSchema>;
