import { z } from 'zod';
import { dutyReasons } from '#domain/roster.ts';
import { crewSchema, unitKindSchema, unitStateSchema } from './unit.ts';

/** A unit as it is answered. `slot` is its number in position frames. */
export const unitViewSchema = z.object({
  id: z.string(),
  slot: z.number(),
  callsign: z.string(),
  stationId: z.string().nullable(),
  kind: unitKindSchema,
  state: unitStateSchema,
  crew: crewSchema,
});

/** A unit in a list: with whether it is on duty now. `crew` is that of its shift. */
export const unitItemSchema = unitViewSchema.extend({
  onDuty: z.boolean(),
  /** When its shift ends; null without a roster or off duty. */
  availableUntil: z.string().nullable(),
  why: z.enum(dutyReasons),
});
