import { z } from 'zod';
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
