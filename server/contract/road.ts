/** Questions to the road network and their answers. */
import { z } from 'zod';
import { roadEngines } from '#road/service.ts';
import { unavailableReasons } from '#domain/roster.ts';
import { positionInputSchema, positionSchema } from './common.ts';
import { multiPolygonSchema } from './reference.ts';
import { crewSchema, unitStateSchema } from './unit.ts';

const lng = z.coerce.number().min(-180).max(180);
const lat = z.coerce.number().min(-90).max(90);

/** A WGS-84 position in a query: `lng,lat`. */
const pairQuerySchema = z.string().transform((text, context) => {
  const [first, second, ...rest] = text.split(',');
  const parsed = z.object({ lng, lat }).safeParse({ lng: first || undefined, lat: second || undefined });
  if (parsed.success && rest.length === 0) return parsed.data;
  context.addIssue({ code: 'custom', message: 'expected lng,lat in degrees' });
  return z.NEVER;
});

/** Who answered: this server, or the outside engine that it is set to ask first. */
export const roadEngineSchema = z.enum(roadEngines);
export type RoadEngine = z.infer<typeof roadEngineSchema>;

const maxSide = 500;
export const matrixBodySchema = z.object({
  from: z.array(positionInputSchema).min(1).max(maxSide),
  to: z.array(positionInputSchema).min(1).max(maxSide),
});
export const matrixReplySchema = z.object({
  /** A row for each `from`, a cell for each `to`; null: there is no way, or one of the two is off the network. */
  seconds: z.array(z.array(z.number().nullable())),
  /** Indices of positions that lie too far from every road. */
  offNetwork: z.object({ from: z.array(z.number()), to: z.array(z.number()) }),
  engine: roadEngineSchema,
});

export const routeQuerySchema = z.object({ from: pairQuerySchema, to: pairQuerySchema });
export const routeReplySchema = z.object({
  travelTimeS: z.number(),
  distanceM: z.number(),
  /** [lng, lat] in order. */
  path: z.array(z.array(z.number())),
  engine: roadEngineSchema,
});

/** A WGS-84 position in a query, its two numbers apart. */
export const lngLatQuerySchema = z.object({ lng, lat });

export const isochroneQuerySchema = z.object({ lng, lat, minutes: z.coerce.number().gt(0).max(180) });
export const isochroneReplySchema = z.object({
  minutes: z.number(),
  area: multiPolygonSchema,
  engine: roadEngineSchema,
});

export const nearestQuerySchema = z.object({
  lng,
  lat,
  limit: z.coerce.number().int().min(1).max(100).default(5),
  by: z.enum(['road', 'line']).default('road'),
  /** `true`: also those who are off duty, for when they must be called in. */
  offDuty: z.enum(['true', 'false']).default('false'),
});
export const nearestUnitSchema = z.object({
  unitId: z.string(),
  callsign: z.string(),
  state: unitStateSchema,
  position: positionSchema,
  /** Null with by=line: a straight line says nothing of the time. */
  travelTimeS: z.number().nullable(),
  distanceM: z.number(),
  etaAt: z.string().nullable(),
  fixAgeS: z.number(),
  /** Of its shift, if it is on one. */
  crew: crewSchema,
  onDuty: z.boolean(),
  /** When its shift ends; null without a roster or off duty. */
  availableUntil: z.string().nullable(),
});
export type NearestUnit = z.infer<typeof nearestUnitSchema>;

/** A unit that is not offered, and why. Distance as the crow flies from where it was last heard. */
export const unavailableUnitSchema = z.object({
  unitId: z.string(),
  callsign: z.string(),
  why: z.enum(unavailableReasons),
  nextShiftAt: z.string().nullable(),
  distanceM: z.number().nullable(),
});
export type UnavailableUnit = z.infer<typeof unavailableUnitSchema>;
