/** The weekly bulletin (一周一通报) on the wire. What each number counts is defined in docs/bulletin.md. */
import { z } from 'zod';
import { riskSchema, scamTypeSchema } from './alert.ts';
import { instantSchema } from './common.ts';
import { incidentOutcomes } from './incident.ts';
import { meetingSteps } from './kinds.ts';

const bulletinFormats = ['json', 'xlsx', 'pdf'] as const;
export const weeklyQuerySchema = z.object({
  /** ISO week, e.g. `2026-W47`; default the one that runs, by the server's clock. */
  week: z
    .string()
    .regex(/^\d{4}-W\d{2}$/, 'expected a week such as 2026-W47')
    .optional(),
  /** As it was known then; default now. The same instant gives the same bytes. */
  asOf: instantSchema.optional(),
  format: z.enum(bulletinFormats).default('json'),
});

/** Counts of whatever is counted: orders by the time when they are due or issued, money by the incident's opening. */
export const figureNames = [
  'issued',
  'due',
  'metInTime',
  'metTooLate',
  'notMet',
  'warned',
  'transferred',
  'lossAmount',
  'cases',
  'arrests',
  'stopsRequested',
  'stopsConfirmed',
  'stopsRefused',
  'heldAmount',
  'revisitsDue',
  'revisitsDone',
  'checksDrawn',
  'checksDone',
  'checksGood',
] as const;
export type FigureName = (typeof figureNames)[number];

/** Steps of an order whose time is shown in buckets. */
export const timedSteps = ['acknowledge', 'underWay', 'feedback'] as const;
export type TimedStep = (typeof timedSteps)[number];
/** Upper bounds in seconds, the last bucket has none. A time on a bound is in the bucket that ends there. */
export const bucketBoundsS: Readonly<Record<TimedStep, readonly [number, number, number]>> = {
  acknowledge: [30, 60, 180],
  underWay: [300, 600, 1800],
  feedback: [1800, 3600, 14_400],
};

const bucketsSchema = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const figuresSchema = z.object({
  ...(Object.fromEntries(figureNames.map(name => [name, z.number()])) as Record<FigureName, z.ZodNumber>),
  acknowledge: bucketsSchema,
  underWay: bucketsSchema,
  feedback: bucketsSchema,
  /** The longest time of each step, in seconds; null: nobody took it. */
  slowestS: z.object({
    acknowledge: z.number().nullable(),
    underWay: z.number().nullable(),
    feedback: z.number().nullable(),
  }),
});
export type Figures = z.infer<typeof figuresSchema>;

/** A share with the count that it is of, and its 95 % interval after Wilson; null: of nothing. */
const rateSchema = z.object({
  value: z.number().nullable(),
  of: z.number(),
  lo: z.number().nullable(),
  hi: z.number().nullable(),
});
export type Rate = z.infer<typeof rateSchema>;
export const rateNames = ['meeting', 'transferred', 'cases', 'revisits', 'checks'] as const;
export type RateName = (typeof rateNames)[number];
const ratesSchema = z.object(
  Object.fromEntries(rateNames.map(name => [name, rateSchema])) as Record<RateName, typeof rateSchema>,
);

const rowSchema = z.object({
  /** Null: incidents that no station was ordered to. */
  stationId: z.string().nullable(),
  name: z.string().nullable(),
  figures: figuresSchema,
  rates: ratesSchema,
});
export type BulletinRow = z.infer<typeof rowSchema>;

/** What stands side by side in one table on the page and on paper. */
export const figureGroups: readonly { figures: readonly FigureName[]; rates: readonly RateName[] }[] = [
  { figures: ['issued', 'due', 'metInTime', 'metTooLate', 'notMet'], rates: ['meeting'] },
  { figures: ['warned', 'transferred', 'lossAmount', 'cases', 'arrests'], rates: ['transferred', 'cases'] },
  {
    figures: [
      'stopsRequested',
      'stopsConfirmed',
      'stopsRefused',
      'heldAmount',
      'revisitsDue',
      'revisitsDone',
      'checksDrawn',
      'checksDone',
      'checksGood',
    ],
    rates: ['revisits', 'checks'],
  },
];
/** The figure that a rate counts. */
export const hitsOf: Readonly<Record<RateName, FigureName>> = {
  meeting: 'metInTime',
  transferred: 'transferred',
  cases: 'cases',
  revisits: 'revisitsDone',
  checks: 'checksGood',
};

export const assessedNames = [
  'meeting',
  'acknowledge',
  'underWay',
  'feedback',
  'transferred',
  'revisits',
  'checks',
] as const;
export type Assessed = (typeof assessedNames)[number];
/** The year-end sheet: points out of 100. What a station had nothing of is left out, and the rest counts for more. */
export const weights: Readonly<Record<Assessed, number>> = {
  meeting: 40,
  acknowledge: 10,
  underWay: 10,
  feedback: 10,
  transferred: 15,
  revisits: 10,
  checks: 5,
};
const assessmentSchema = z.object({
  stationId: z.string(),
  name: z.string(),
  /** The share of each that counts, 0 to 1; null: there was none. */
  shares: z.object(
    Object.fromEntries(assessedNames.map(name => [name, z.number().nullable()])) as Record<
      Assessed,
      z.ZodNullable<z.ZodNumber>
    >,
  ),
  /** Of 100; null: there was nothing to assess. */
  points: z.number().nullable(),
  place: z.number().nullable(),
});
export type Assessment = z.infer<typeof assessmentSchema>;

const revisionSchema = z.object({
  /** Null where `total` is false: incidents without a station. */
  stationId: z.string().nullable(),
  total: z.boolean(),
  figure: z.enum(figureNames),
  /** As it stood at the week's own bulletin. */
  before: z.number(),
  after: z.number(),
  /** When it last changed. */
  at: z.string(),
});
export type Revision = z.infer<typeof revisionSchema>;

const incidentNameSchema = { incidentId: z.string(), day: z.string(), number: z.number() };
const unclosedSchema = z.object({
  ...incidentNameSchema,
  stationId: z.string().nullable(),
  stationName: z.string().nullable(),
  risk: riskSchema,
  openedAt: z.string(),
  ageDays: z.number(),
  /** Who said that he answers for it, else who has the ground line; null: nobody. */
  owner: z.string().nullable(),
});
export type Unclosed = z.infer<typeof unclosedSchema>;

export const caseFactSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('alert'),
    at: z.string(),
    risk: riskSchema,
    scamType: scamTypeSchema,
    amount: z.number().nullable(),
  }),
  z.object({ kind: z.literal('order'), at: z.string(), station: z.string().nullable() }),
  z.object({ kind: z.literal('acknowledged'), at: z.string() }),
  z.object({ kind: z.literal('underWay'), at: z.string() }),
  z.object({ kind: z.literal('contacts'), at: z.string(), attempts: z.number(), answered: z.number() }),
  z.object({ kind: z.literal('trace'), at: z.string(), asked: z.number(), answered: z.number() }),
  z.object({ kind: z.literal('meeting'), at: z.string(), officers: z.number(), sworn: z.number() }),
  z.object({ kind: z.literal('step'), at: z.string(), step: z.enum(meetingSteps), done: z.boolean() }),
  z.object({ kind: z.literal('held'), at: z.string(), amount: z.number() }),
  z.object({ kind: z.literal('closed'), at: z.string(), outcome: z.enum(incidentOutcomes) }),
]);
export type CaseFact = z.infer<typeof caseFactSchema>;
const caseSchema = z.object({
  ...incidentNameSchema,
  stationId: z.string().nullable(),
  stationName: z.string().nullable(),
  /** Masked; null: erased. */
  nameMasked: z.string().nullable(),
  risk: riskSchema,
  scamType: scamTypeSchema,
  alertToMetS: z.number(),
  heldAmount: z.number(),
  /** From the log, in order of time. */
  facts: z.array(caseFactSchema),
});
export type TypicalCase = z.infer<typeof caseSchema>;

export const bulletinSchema = z.object({
  week: z.string(),
  /** Monday 00:00 to the next, in Shanghai. */
  from: z.string(),
  to: z.string(),
  asOf: z.string(),
  /** When the week's own bulletin is due: Monday 08:00 after it. */
  publishedAt: z.string(),
  stations: z.array(rowSchema),
  total: rowSchema,
  /** The station that took longest over each step. */
  slowest: z.array(
    z.object({
      step: z.enum(timedSteps),
      stationId: z.string(),
      name: z.string().nullable(),
      seconds: z.number(),
    }),
  ),
  revisions: z.array(revisionSchema),
  yearToDate: z.object({
    from: z.string(),
    to: z.string(),
    stations: z.array(rowSchema),
    total: rowSchema,
    /** The same days of the year before; null: nothing is known of them. */
    yearBefore: rowSchema.nullable(),
  }),
  assessment: z.array(assessmentSchema),
  unclosed: z.array(unclosedSchema),
  typicalCase: caseSchema.nullable(),
});
export type Bulletin = z.infer<typeof bulletinSchema>;
