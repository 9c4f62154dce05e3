/** Where people are found under each script: what is assumed, what closed incidents taught, and what the belief uses of both. */
import { z } from 'zod';
import { scamTypeSchema } from './alert.ts';
import { placeKinds } from './place.ts';

/** Of the day in Shanghai: from 0, 6, 12 and 18 o'clock on. */
export const hourBands = ['night', 'morning', 'afternoon', 'evening'] as const;
export type HourBand = (typeof hourBands)[number];

/** Where somebody may be found: at a kind of place, or at none that the region knows. */
export const priorKinds = [...placeKinds, 'elsewhere'] as const;
export const priorKindSchema = z.enum(priorKinds);
export type PriorKind = z.infer<typeof priorKindSchema>;

const share = z.number().min(0).max(1);

/** Shares of one script sum to 1 over its kinds, each of `defaultWeight`, `weight` and `mean`. */
export const priorRowSchema = z.object({
  kind: priorKindSchema,
  /** Of published cases, before anything was learned or set here. */
  defaultWeight: share,
  /** In force as the base: what a leader set, else the default. */
  weight: share,
  /** Closed incidents of the script whose subject was found at such a place. */
  n: z.number().int().nonnegative(),
  /** What the belief uses, hours aside: (strength × weight + n) ÷ (strength + all n of the script). */
  mean: share,
  /** In the order of `hourBands`: the same for incidents of that part of the day alone. */
  hours: z.array(z.object({ n: z.number().int().nonnegative(), mean: share })).length(hourBands.length),
});
export type PriorRow = z.infer<typeof priorRowSchema>;

export const scriptPriorSchema = z.object({
  scamType: scamTypeSchema,
  /** All closed incidents that were counted. */
  n: z.number().int().nonnegative(),
  /** As many incidents as the base weights are worth. */
  strength: z.number().positive(),
  rows: z.array(priorRowSchema),
});
export type ScriptPrior = z.infer<typeof scriptPriorSchema>;

/** One time that a leader set a script's weights, or went back to the defaults (`weights` null). */
export const priorChangeSchema = z.object({
  seq: z.number(),
  at: z.string(),
  scamType: scamTypeSchema,
  /** The leader's name as colleagues know it. */
  by: z.string(),
  reason: z.string(),
  weights: z.partialRecord(priorKindSchema, share).nullable(),
});
export type PriorChange = z.infer<typeof priorChangeSchema>;

export const priorsReplySchema = z.object({
  items: z.array(scriptPriorSchema),
  /** Newest first, at most 100. */
  changes: z.array(priorChangeSchema),
  nextCursor: z.null(),
});
export type PriorsReply = z.infer<typeof priorsReplySchema>;

/** `weights`: what is absent is 0; they need not sum to 1 but to more than 0. Null: back to the defaults. */
export const priorBodySchema = z.object({
  weights: z
    .partialRecord(priorKindSchema, z.number().min(0).max(1000))
    .refine(weights => Object.values(weights).some(weight => weight > 0), 'expected one weight above 0')
    .nullable(),
  reason: z.string().trim().min(2).max(500),
});
export type PriorBody = z.infer<typeof priorBodySchema>;
