/** Where the subject of an incident may be, as it is answered to those who may look at her trace. */
import { z } from 'zod';
import { positionSchema } from './common.ts';
import { placeKinds } from './place.ts';
import { multiPolygonSchema } from './reference.ts';

/** Sentences come in this language. */
export const wordsQuerySchema = z.object({ lang: z.enum(['zh', 'en']).default('zh') });

/** `seq`: as it was believed when the log had come so far; absent: now. */
export const posteriorQuerySchema = wordsQuerySchema.extend({
  seq: z.coerce.number().int().nonnegative().optional(),
});

const probability = z.number().min(0).max(1);
const path = z.array(z.array(z.number()));

export const believedPlaceSchema = z.object({
  /** Of a place, a segment, or a street: what a task may be ordered for. */
  placeId: z.string(),
  kind: z.enum(placeKinds),
  name: z.string(),
  nameEn: z.string().nullable(),
  /** Of a line: its middle. */
  position: positionSchema,
  /** A line's, [lng, lat] in order. */
  path: path.nullable(),
  /** Probability that she is there now. */
  poa: probability,
  /** Probability that she will be there within half an hour, if nobody meets her before. */
  poaSoon: probability,
  /** What speaks for it and against it, a sentence each. */
  why: z.array(z.string()),
  /** Who looked there, when, how and how well: newest first. */
  searched: z.array(z.object({ at: z.string(), method: z.string(), pod: probability })),
});
export type BelievedPlace = z.infer<typeof believedPlaceSchema>;

/** What to distrust in it. `contradiction`: sightings that cannot all be true, by id. */
export const posteriorWarningSchema = z.object({
  kind: z.enum(['contradiction', 'restOfWorldGrows', 'fewFacts', 'homeUnknown']),
  text: z.string(),
  sightingIds: z.array(z.string()),
});

export const posteriorViewSchema = z.object({
  /** The last fact that it knows. */
  seq: z.number(),
  /** The moment that it speaks of. */
  at: z.string(),
  /** Smallest areas that hold the stated share of what is inside the region. */
  regions: z.object({
    p50: multiPolygonSchema,
    p80: multiPolygonSchema,
    p90: multiPolygonSchema,
    p95: multiPolygonSchema,
  }),
  /** Most probable first: places with at least 1e-5, and segments and streets worth a look. */
  places: z.array(believedPlaceSchema),
  /** Centres of road cells with what is not in `places`; with them and `restOfWorld` it sums to 1. */
  cells: z.object({ lng: z.array(z.number()), lat: z.array(z.number()), p: z.array(z.number()) }),
  modes: z.object({
    atPlace: probability,
    parked: probability,
    driving: probability,
    onFoot: probability,
  }),
  restOfWorld: probability,
  entropyBits: z.number().nonnegative(),
  warnings: z.array(posteriorWarningSchema),
});
export type PosteriorView = z.infer<typeof posteriorViewSchema>;

/** What made a belief necessary; `task`: a crew was sent, or answered, so only the plan is another. */
export const beliefReasons = [
  'opened',
  'sighting',
  'correction',
  'withdrawal',
  'search',
  'task',
  'time',
] as const;
export type BeliefReason = (typeof beliefReasons)[number];

/** One of the beliefs that were computed for an incident, for the 'as believed at' slider. */
export const beliefMarkSchema = z.object({
  seq: z.number(),
  at: z.string(),
  restOfWorld: probability,
  entropyBits: z.number(),
  /** The fact that made it necessary. */
  because: z.enum(beliefReasons),
});
export const beliefListSchema = z.object({ items: z.array(beliefMarkSchema), nextCursor: z.null() });
export type BeliefMark = z.infer<typeof beliefMarkSchema>;
