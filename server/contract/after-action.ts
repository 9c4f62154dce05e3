/** What happened in one case, for those who learn from it. No trace: where she was is not in it (ADR 0027). */
import { z } from 'zod';
import { taskOutcomes, taskStates } from '#domain/task.ts';
import { riskSchema, scamTypeSchema } from './alert.ts';
import { caseFactSchema } from './bulletin.ts';
import { incidentOutcomes } from './incident.ts';
import { clockKinds, clockOutcomes, stopStates } from './kinds.ts';
import { searchMethods, sightingKinds } from './sighting.ts';
import { whatIfViewSchema } from './what-if.ts';

export const reportQuerySchema = z.object({ format: z.enum(['json', 'pdf']).default('json') });

const at = z.string();
const line = z.array(z.array(z.number()));

export const afterActionSchema = z.object({
  incidentId: z.string(),
  /** 2026-11-22, in Shanghai, and the number of that day. */
  day: z.string(),
  number: z.number().int(),
  risk: riskSchema,
  scamType: scamTypeSchema,
  nameMasked: z.string().nullable(),
  stationName: z.string().nullable(),
  openedAt: at,
  closedAt: at.nullable(),
  outcome: z.enum(incidentOutcomes).nullable(),
  /** In yuan. */
  amount: z.number().nullable(),
  heldAmount: z.number(),
  /** In order of their start. */
  clocks: z.array(
    z.object({
      kind: z.enum(clockKinds),
      startedAt: at,
      dueAt: at,
      stoppedAt: at.nullable(),
      outcome: z.enum(clockOutcomes).nullable(),
      /** Seconds after (before: negative) its end that it was done; null: it was not. */
      lateS: z.number().nullable(),
    }),
  ),
  timeline: z.array(caseFactSchema),
  /** What was known when: in the order in which the centre learned of it. */
  known: z.array(
    z.object({
      kind: z.enum(sightingKinds),
      observedAt: at,
      receivedAt: at,
      /** Seconds from its happening to the centre's knowing; ahead of time never. */
      delayS: z.number(),
      withdrawnAt: at.nullable(),
      correctedAt: at.nullable(),
    }),
  ),
  /** Who was sent where, in order. `reason`: why it was refused or undone, in words. */
  tasks: z.array(
    z.object({
      callsign: z.string(),
      place: z.string().nullable(),
      method: z.enum(searchMethods),
      orderedAt: at,
      arrivedAt: at.nullable(),
      endedAt: at.nullable(),
      state: z.enum(taskStates),
      outcome: z.enum(taskOutcomes).nullable(),
      reason: z.string().nullable(),
    }),
  ),
  stops: z.array(
    z.object({
      bank: z.string(),
      state: z.enum(stopStates),
      requestedAt: at,
      changedAt: at,
      amountHeld: z.number().nullable(),
      corrections: z.number().int(),
    }),
  ),
  /** What the crews did, on the roads of the region; null where there are no roads. */
  /** Newest first. */
  whatIfs: z.array(whatIfViewSchema.omit({ madeBy: true, incidentId: true })),
  map: z
    .object({
      /** West, south, east, north. */
      bounds: z.array(z.number()).length(4),
      roads: z.array(line),
      stations: z.array(z.object({ name: z.string(), lng: z.number(), lat: z.number() })),
      /** Places that were looked at, numbered as the tasks that went there first. */
      places: z.array(z.object({ number: z.number(), lng: z.number(), lat: z.number() })),
      /** Points are [lng, lat, minutes after the first alert]. */
      tracks: z.array(z.object({ callsign: z.string(), points: line })),
      /** Up to the first pictures' end, and to the last: minutes. */
      until: z.array(z.number()),
    })
    .nullable(),
});
export type AfterAction = z.infer<typeof afterActionSchema>;
export type AfterActionMap = NonNullable<AfterAction['map']>;
