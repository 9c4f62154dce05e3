/** Learned speeds of roads: bodies and answers. */
import { z } from 'zod';

export const speedUseSchema = z.object({ inUse: z.boolean() });

export const speedViewSchema = z.object({
  roadClass: z.string(),
  dayKind: z.enum(['weekday', 'weekend']),
  /** Hour of day in Shanghai, 0 to 23. */
  hour: z.number(),
  /** Drives along some 200 m of such roads; 0: nothing is known but what the class's other hours say. */
  samples: z.number(),
  learnedKmh: z.number(),
  defaultKmh: z.number(),
});
export type SpeedView = z.infer<typeof speedViewSchema>;

export const speedsReplySchema = z.object({
  /** Whether travel times are to use them. */
  inUse: z.boolean(),
  /** Whether they do at this moment: after switching on, and at a new hour after a restart, making them ready takes seconds. */
  ready: z.boolean(),
  /** The last day in Shanghai that was learned from; null: none yet. */
  learnedDay: z.string().nullable(),
  /** Classes that the region has. */
  items: z.array(speedViewSchema),
});
export type SpeedsReply = z.infer<typeof speedsReplySchema>;
