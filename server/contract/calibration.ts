/** How far the map can be trusted: what was believed of closed cases, held against where their subjects were found. */
import { z } from 'zod';
import { scamTypeSchema } from './alert.ts';
import { priorKindSchema } from './prior.ts';
import { sightingKinds } from './sighting.ts';

/**
 * Which belief is judged: the last one before she was found; what was on the screen 10 and 20 minutes after the first alert, when
 * she may not have been yet where she was found later.
 */
export const scoredMoments = ['found', 'at10', 'at20'] as const;
export type ScoredMoment = (typeof scoredMoments)[number];
export const regionShares = [50, 80, 90, 95] as const;

const intervalSchema = z.object({
  value: z.number().nullable(),
  lo: z.number().nullable(),
  hi: z.number().nullable(),
  /** Cases that it is of. */
  of: z.number().int(),
});

export const calibrationSchema = z.object({
  asOf: z.string(),
  /** Closed cases whose subject was found at a known place and of whom something was believed. */
  cases: z.number().int(),
  /** How often the region that should hold `share` percent held the found place; 95 % interval after Wilson. */
  regions: z.array(
    z.object({
      moment: z.enum(scoredMoments),
      share: z.number(),
      inside: z.number().int(),
      rate: intervalSchema,
    }),
  ),
  /** Mean log score of the belief before the find by month of the find in Shanghai, in bits: smaller is better; 90 % interval. */
  months: z.array(z.object({ month: z.string(), bits: intervalSchema })),
  /** Bits that the score is worse when a kind of sighting is left out, over the cases that have it; 90 % interval. */
  evidence: z.array(z.object({ kind: z.enum(sightingKinds), bits: intervalSchema })),
  /** Where they were found, against what the base weights in force expect. */
  drift: z.array(
    z.object({
      scamType: scamTypeSchema,
      of: z.number().int(),
      /** Half the sum of differences between found and expected shares: 0 as expected, 1 wholly otherwise. */
      distance: z.number(),
      kinds: z.array(z.object({ kind: priorKindSchema, found: z.number().int(), expected: z.number() })),
    }),
  ),
});
export type Calibration = z.infer<typeof calibrationSchema>;
