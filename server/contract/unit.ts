import { z } from 'zod';
import { crsSchema, idSchema } from './common.ts';
import { unitKinds, unitStates } from './kinds.ts';

export { unitKinds, unitStates };
export const unitKindSchema = z.enum(unitKinds);
export type UnitKind = z.infer<typeof unitKindSchema>;

export const unitStateSchema = z.enum(unitStates);
export type UnitState = z.infer<typeof unitStateSchema>;

export const crewSchema = z.object({
  sworn: z.number().int().min(0).max(50),
  auxiliary: z.number().int().min(0).max(50),
});
export type Crew = z.infer<typeof crewSchema>;

export const unitBodySchema = z.object({
  callsign: z.string().trim().min(1).max(32),
  stationId: idSchema.nullish(),
  kind: unitKindSchema,
  crew: crewSchema,
});
export const unitPatchSchema = z.object({ state: unitStateSchema });

/**
 * `gateway` speaks for many devices; the others for one unit. The protocol says how pings come in and names the
 * identifier's space; `positions` is the JSON feed.
 */
export const deviceProtocols = [
  'positions',
  'osmand',
  'owntracks',
  'jt808',
  'cot',
  'field',
  'gateway',
] as const;
export const deviceBodySchema = z
  .object({
    unitId: idSchema.optional(),
    protocol: z.enum(deviceProtocols),
    identifier: z.string().trim().min(1).max(128),
    crs: crsSchema.default('wgs84'),
  })
  .refine(body => body.protocol === 'gateway' || body.unitId !== undefined, {
    path: ['unitId'],
    message: 'expected the unit that carries the device; only a gateway has none',
  });
