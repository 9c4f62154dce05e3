/** Roads that an operator has closed: bodies and answers. */
import { z } from 'zod';
import { idSchema, instantSchema, positionInputSchema } from './common.ts';

/** `forward`: only in the order in which the line was drawn. */
export const closureDirections = ['both', 'forward'] as const;

/** Points of a drawn line; more than anybody clicks. */
const mostPoints = 200;

export const closureBodySchema = z
  .object({
    /** Closes the stretch between two junctions on which this lies. */
    position: positionInputSchema.optional(),
    /** Closes every stretch that is driven on along this line. */
    line: z.array(positionInputSchema).min(2).max(mostPoints).optional(),
    direction: z.enum(closureDirections).default('both'),
    /** Open again from then on; without it until somebody opens it. */
    untilAt: instantSchema.optional(),
    reason: z.string().trim().min(1).max(200),
  })
  .refine(({ position, line }) => (position === undefined) !== (line === undefined), {
    error: 'expected either position or line',
  })
  .refine(({ line, direction }) => direction === 'both' || line !== undefined, {
    error: 'direction forward: expected a line, whose order says which way is closed',
    path: ['direction'],
  });
export type ClosureBody = z.infer<typeof closureBodySchema>;

const lineSchema = z.object({ type: z.literal('LineString'), coordinates: z.array(z.array(z.number())) });

export const closureReplySchema = z.object({ closureId: idSchema, line: lineSchema });
export type ClosureReply = z.infer<typeof closureReplySchema>;

/** The stretch between two junctions that a position means. */
export const stretchReplySchema = z.object({
  line: lineSchema,
  lengthM: z.number(),
  roadClass: z.string(),
  name: z.string().nullable(),
  nameEn: z.string().nullable(),
});
export type StretchReply = z.infer<typeof stretchReplySchema>;

export const closureViewSchema = z.object({
  id: idSchema,
  line: lineSchema,
  direction: z.enum(closureDirections),
  roadName: z.string().nullable(),
  reason: z.string(),
  closedBy: z.string(),
  closedAt: z.string(),
  untilAt: z.string().nullable(),
});
export type ClosureView = z.infer<typeof closureViewSchema>;
