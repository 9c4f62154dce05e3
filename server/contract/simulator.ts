/** The simulator of a demo: what it can play, what it plays now, and how a training went. Instants are demo time. */
import { z } from 'zod';
import { riskSchema, scamTypeSchema } from './alert.ts';
import { instantSchema } from './common.ts';

const bothLanguagesSchema = z.object({ zh: z.string(), en: z.string() });

export const scenarioViewSchema = z.object({
  id: z.string(),
  title: bothLanguagesSchema,
  brief: bothLanguagesSchema,
  risk: riskSchema,
  scamType: scamTypeSchema,
  /** From the alert to the meeting in the case that it follows. */
  referenceMinutes: z.number(),
});
export type ScenarioView = z.infer<typeof scenarioViewSchema>;

export const simulatorBodySchema = z
  .object({
    /** `start` without a scenario lets everyday life go on; `history` makes the coming days pass in a minute or two. */
    action: z.enum(['start', 'pause', 'resume', 'stop', 'rate', 'history']),
    scenario: z.string().max(64).optional(),
    seed: z.number().int().min(0).max(0xffff_ffff).optional(),
    /** Demo seconds in a second. */
    rate: z.number().min(1).max(60).optional(),
    /** The simulator's leader stays silent: a person at the desk gives the orders. */
    training: z.boolean().optional(),
    /** How many days a history takes. */
    days: z.number().int().min(1).max(14).optional(),
  })
  .refine(({ action, rate }) => action !== 'rate' || rate !== undefined, {
    path: ['rate'],
    message: 'expected the rate, 1 to 60',
  })
  .refine(({ scenario, training }) => !training || scenario !== undefined, {
    path: ['scenario'],
    message: 'expected the scenario that is trained',
  });
export type SimulatorBody = z.infer<typeof simulatorBodySchema>;

/**
 * How an exercise ended: she was met; handed over to where she lives; her time ran out; the incident was closed
 * otherwise; it was broken off, by a person or by a restart of the server.
 */
const endings = ['met', 'handedOver', 'tooLate', 'closed', 'stopped', 'restarted'] as const;

const currentSchema = z.object({
  scenarioId: z.string(),
  seed: z.number(),
  training: z.boolean(),
  incidentId: z.string().nullable(),
  startedAt: instantSchema,
  /** Somebody at the desk has given an order, so the simulator's leader stands back. */
  humanLeads: z.boolean(),
});
export type CurrentScenario = z.infer<typeof currentSchema>;

export const trainingSummarySchema = z.object({
  id: z.string(),
  scenarioId: z.string(),
  seed: z.number(),
  startedAt: instantSchema,
  ending: z.enum(endings),
  /** From the alert to the meeting; null when nobody met her. */
  metAfterMinutes: z.number().nullable(),
});
export type TrainingSummary = z.infer<typeof trainingSummarySchema>;

const instantOrNull = instantSchema.nullable();
export const trainingResultSchema = trainingSummarySchema.extend({
  incidentId: z.string(),
  endedAt: instantSchema,
  times: z.object({
    authorityRequestedAt: instantOrNull,
    authorityApprovedAt: instantOrNull,
    firstSightingAt: instantOrNull,
    firstOrderAt: instantOrNull,
    firstArrivalAt: instantOrNull,
    metAt: instantOrNull,
  }),
  /** When the money would be gone unless she is met. */
  moneyGoneAt: instantSchema,
  amount: z.number(),
  moneySaved: z.boolean(),
  /** All orders and the road driven for them; after a restart nobody knows how far that was. */
  orders: z.number(),
  drivenKm: z.number().nullable(),
  searches: z.array(
    z.object({
      callsign: z.string(),
      target: z.string(),
      orderedAt: instantSchema,
      arrivedAt: instantOrNull,
      endedAt: instantOrNull,
      /** `found`, `notHere`, `blocked`, or how the order ended without a search. */
      outcome: z.string(),
    }),
  ),
  /** Where she really was, linear between its points, until the end. */
  truth: z.array(
    z.object({
      at: instantSchema,
      lng: z.number(),
      lat: z.number(),
      mode: z.enum(['atPlace', 'parked', 'driving', 'onFoot']),
    }),
  ),
  /** Where she stayed. */
  stops: z.array(
    z.object({
      name: z.string(),
      lng: z.number(),
      lat: z.number(),
      fromAt: instantSchema,
      toAt: instantOrNull,
    }),
  ),
});
export type TrainingResult = z.infer<typeof trainingResultSchema>;

export const simulatorViewSchema = z.object({
  scenarios: z.array(scenarioViewSchema),
  /** `idle`: the crews are on the road, but nothing new happens. */
  state: z.enum(['running', 'paused', 'idle']),
  /** Demo seconds in a second while it runs. */
  rate: z.number(),
  demoAt: instantSchema,
  current: currentSchema.nullable(),
  /** While a history is being made. */
  history: z.object({ fromAt: instantSchema, toAt: instantSchema, incidents: z.number() }).nullable(),
  trainings: z.array(trainingSummarySchema),
});
export type SimulatorView = z.infer<typeof simulatorViewSchema>;
