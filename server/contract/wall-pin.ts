/**
 * What a leader puts on the wall of one incident. The set of fields is closed: no name, no number, no sighting, no reason can
 * come along with it.
 */
import { z } from 'zod';
import { taskStates } from '#domain/task.ts';
import { pinParts, unitStates } from './kinds.ts';
import { placeKinds } from './place.ts';
import { searchMethods } from './sighting.ts';

export type PinPart = (typeof pinParts)[number];
export const pinBodySchema = z.strictObject({
  show: z
    .array(z.enum(pinParts))
    .min(1)
    .refine(parts => new Set(parts).size === parts.length, 'expected each part once'),
});
export const pinReplySchema = z.object({ incidentId: z.string(), untilAt: z.string() });

const ring = z.array(z.array(z.number()));
const area = z.strictObject({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ring)) });
const position = z.strictObject({ lng: z.number(), lat: z.number() });

export const pinnedViewSchema = z.strictObject({
  incidentId: z.string(),
  /** The incident's number of its day. */
  number: z.number().int().positive(),
  /** Of the leader. */
  pinnedByName: z.string(),
  untilAt: z.string(),
  /** Outlines of where she may be; null: not shown, or nothing is believed yet. */
  regions: z.strictObject({ p50: area, p80: area, p95: area }).nullable(),
  /** Crews that have a task of the incident. Where they are, the wall knows anyway. */
  units: z
    .array(z.strictObject({ unitId: z.string(), callsign: z.string(), state: z.enum(unitStates) }))
    .nullable(),
  tasks: z
    .array(
      z.strictObject({
        taskId: z.string(),
        unitId: z.string(),
        callsign: z.string(),
        method: z.enum(searchMethods),
        state: z.enum(taskStates),
        target: z
          .strictObject({
            kind: z.enum(placeKinds),
            name: z.string(),
            position,
            path: z.array(z.array(z.number())).nullable(),
          })
          .nullable(),
      }),
    )
    .nullable(),
});
export type PinnedView = z.infer<typeof pinnedViewSchema>;
