import { z } from 'zod';
import { instantSchema, positionSchema } from './common.ts';
import { searchMethods, type SightingDetail, type SightingView } from './sighting.ts';

const optionalPlace = { position: positionSchema.optional(), placeId: z.string().optional() };
/** A sighting's numbers as they are answered: the shape of `SightingDetail`, for the API's document. */
const detailSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('cell'),
    site: positionSchema,
    rangeM: z.number(),
    azimuthDeg: z.number().optional(),
    beamwidthDeg: z.number().optional(),
    timingAdvance: z.number().optional(),
    cellId: z.string().optional(),
  }),
  z.object({
    kind: z.literal('fix'),
    position: positionSchema,
    accuracyM: z.number(),
    accuracyQuantile: z.number().optional(),
  }),
  z.object({ kind: z.literal('camera'), position: positionSchema, headingDeg: z.number().optional() }),
  z.object({ kind: z.literal('transaction'), ...optionalPlace }),
  z.object({
    kind: z.literal('report'),
    ...optionalPlace,
    credibility: z.number(),
    departedAt: instantSchema.optional(),
    departedDoubtS: z.number().optional(),
    byVehicle: z.boolean().optional(),
    usualPlaces: z.array(z.union([z.string(), positionSchema])).optional(),
  }),
  z.object({
    kind: z.literal('search'),
    ...optionalPlace,
    segmentId: z.string().optional(),
    unitId: z.string().optional(),
    method: z.enum(searchMethods),
    outcome: z.enum(['notHere', 'blocked']),
  }),
]) as z.ZodType<SightingDetail>;

export const sightingViewSchema = z.object({
  id: z.string(),
  observedAt: z.string(),
  receivedAt: z.string(),
  source: z.string(),
  detail: detailSchema,
  text: z.string().optional(),
  replaces: z.string().optional(),
}) as z.ZodType<SightingView>;

/** A sighting in the list: whether it still counts stands beside it. */
export const sightingItemSchema = z.intersection(
  sightingViewSchema,
  z.object({ withdrawn: z.boolean(), replacedBy: z.string().nullable() }),
);
export type SightingItem = z.infer<typeof sightingItemSchema>;
