/**
 * What if: two futures of one moment of a case, run on with the same draws of where she was. The answer tells when she would
 * have been met, and never where.
 */
import { z } from 'zod';
import { instantSchema } from './common.ts';
import { searchMethods, sightingKinds } from './sighting.ts';

/** Who gives the next orders when those that stood are carried out: our plan, or what centres do without a belief. */
export const whatIfPolicies = ['plan', 'lastPing', 'bankFirst'] as const;
export type WhatIfPolicy = (typeof whatIfPolicies)[number];

/** Our plan takes seconds for each draw in a large county, the others a few ms. */
export const mostDraws: Record<WhatIfPolicy, number> = { plan: 30, lastPing: 400, bankFirst: 400 };

const id = z.string().min(1).max(100);
export const whatIfChangeSchema = z.discriminatedUnion('kind', [
  /** The unit is sent there, whatever it was sent for. */
  z.object({ kind: z.literal('order'), unitId: id, targetId: id, method: z.enum(searchMethods) }),
  z.object({ kind: z.literal('withdraw'), unitId: id }),
  /** A sighting that was known by then is not. */
  z.object({ kind: z.literal('removeFact'), sightingId: id }),
  /** A sighting that came later is known at once. */
  z.object({ kind: z.literal('addFact'), sightingId: id }),
  /** No order stands any longer, and somebody else decides from here on. */
  z.object({ kind: z.literal('policy'), policy: z.enum(whatIfPolicies) }),
]);
export type WhatIfChange = z.infer<typeof whatIfChangeSchema>;

export const whatIfBodySchema = z
  .object({
    /** The moment of the fork; without it, when the row `seq` was received. */
    at: instantSchema.optional(),
    /** The last row of the log that is known; without it, the last one received by `at`. */
    seq: z.number().int().nonnegative().optional(),
    changes: z.array(whatIfChangeSchema).min(1).max(20),
    policy: z.enum(whatIfPolicies).default('lastPing'),
    draws: z.number().int().min(10).max(400).default(100),
    horizonMin: z.number().int().min(10).max(120).default(60),
    seed: z.number().int().nonnegative().max(0xffffffff).default(1),
  })
  .refine(({ at, seq }) => at !== undefined || seq !== undefined, {
    path: ['at'],
    message: 'expected at or seq',
  });
export type WhatIfBody = z.infer<typeof whatIfBodySchema>;

const meetingTimesSchema = z.object({
  metBy: z.array(z.object({ minute: z.number(), share: z.number() })),
  decilesMin: z.array(z.number().nullable()),
  medianMin: z.number().nullable(),
});
/** A change with the words that it was about, as they were then. */
const saidChangeSchema = z.intersection(
  whatIfChangeSchema,
  z.object({
    callsign: z.string().optional(),
    place: z.string().optional(),
    sighting: z.object({ kind: z.enum(sightingKinds), observedAt: z.string() }).optional(),
  }),
);
export type SaidChange = z.infer<typeof saidChangeSchema>;

export const whatIfViewSchema = z.object({
  id: z.string(),
  incidentId: z.string(),
  seq: z.number().int(),
  at: z.string(),
  seed: z.number().int(),
  draws: z.number().int(),
  horizonMin: z.number().int(),
  policy: z.enum(whatIfPolicies),
  changes: z.array(saidChangeSchema),
  /** Minutes count from the fork; `earlierMin` with an interval of 90 %, who is not met counting with the whole horizon. */
  result: z.object({
    draws: z.number().int(),
    asItWas: meetingTimesSchema,
    changed: meetingTimesSchema,
    earlierMin: z.object({ mean: z.number(), low: z.number(), high: z.number() }),
    decisive: z.array(z.object({ fromMin: z.number(), toMin: z.number(), gain: z.number() })),
  }),
  madeBy: z.string(),
  madeAt: z.string(),
});
export type WhatIfView = z.infer<typeof whatIfViewSchema>;
