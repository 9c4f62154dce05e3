/** What the field page tells of itself: on whose behalf a phone reports where it is. */
import { z } from 'zod';
import { idSchema, instantSchema } from './common.ts';

/** The unit that the signed-in officer rides with. */
export const sharingBodySchema = z.object({ unitId: idSchema });

/** `unitId` null: the officer's phone reports for nobody. */
export const sharingViewSchema = z.object({ unitId: z.string().nullable(), since: z.string().nullable() });
export type SharingView = z.infer<typeof sharingViewSchema>;

/** A phone that was without network hands in what it kept, a point each few seconds. */
const mostOwnFixes = 500;

/** One fix of the browser's Geolocation API, WGS-84. */
export const ownFixSchema = z.object({
  observedAt: instantSchema,
  lng: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  accuracyM: z.number().nonnegative().max(1e6).optional(),
  speedMps: z.number().min(0).max(400).optional(),
  courseDeg: z.number().min(0).max(360).optional(),
  batteryPct: z.number().min(0).max(100).optional(),
});
export type OwnFix = z.infer<typeof ownFixSchema>;
export const ownFixesSchema = z.array(ownFixSchema).min(1).max(mostOwnFixes);
