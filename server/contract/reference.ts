/** The region's reference data as it is answered. Positions and geometries in WGS-84. */
import { z } from 'zod';
import { bboxQuerySchema, pageQuerySchema, positionSchema } from './common.ts';
import { lineKinds } from './kinds.ts';
import { placeKindSchema, placeKinds } from './place.ts';

/** A page of a list. `nextCursor` is null on the last one. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** GeoJSON coordinates: checked where they are made, not again on the way out. */
const pair = z.array(z.number());
const lineStringSchema = z.object({ type: z.literal('LineString'), coordinates: z.array(pair) });
export const multiPolygonSchema = z.object({
  type: z.literal('MultiPolygon'),
  coordinates: z.array(z.array(z.array(pair))),
});

export const placeViewSchema = z.object({
  id: z.string(),
  kind: placeKindSchema,
  name: z.string(),
  nameEn: z.string().nullable(),
  address: z.string().nullable(),
  position: positionSchema,
  areaHa: z.number().nullable(),
  /** Of a road segment: `position` is its middle. */
  lengthM: z.number().nullable(),
});
export type PlaceView = z.infer<typeof placeViewSchema>;

/** `kind`: one or several, separated by commas. `q`: part of the name, English name, pinyin or its initials. */
export const placeQuerySchema = pageQuerySchema.extend({
  bbox: bboxQuerySchema.optional(),
  kind: z
    .string()
    .transform(text => text.split(',').filter(kind => kind !== ''))
    .pipe(z.array(z.enum(placeKinds, { error: `expected some of ${placeKinds.join(', ')}` })))
    .optional(),
  q: z.string().trim().min(1).max(100).optional(),
});

export const segmentViewSchema = z.object({
  id: z.string(),
  kind: z.enum(lineKinds),
  name: z.string(),
  lengthM: z.number(),
  line: lineStringSchema,
});
export type SegmentView = z.infer<typeof segmentViewSchema>;
export const areaQuerySchema = pageQuerySchema.extend({ bbox: bboxQuerySchema.optional() });

export const stationViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  nameEn: z.string().nullable(),
  position: positionSchema,
  /** `estimated`: nobody said where it ends; it is what lies nearest. */
  jurisdiction: z.object({ area: multiPolygonSchema, estimated: z.boolean() }).nullable(),
});
export type StationView = z.infer<typeof stationViewSchema>;

export const cameraViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  position: positionSchema,
  headingDeg: z.number().nullable(),
  working: z.boolean(),
  /** Since when it is known to be down; null while it works. */
  downSince: z.string().nullable(),
});
export type CameraView = z.infer<typeof cameraViewSchema>;

export const cameraBodySchema = z.object({ working: z.boolean() });
export const cameraStateSchema = z.object({
  id: z.string(),
  working: z.boolean(),
  downSince: z.string().nullable(),
});

/** What cameras see of the main roads, whether or not they work. */
export const coverageSchema = z.object({
  /** The stretch of road before each camera; a camera beside no main road has none. */
  watched: z.array(z.object({ cameraId: z.string(), line: lineStringSchema })),
  /** Main roads on which one can drive farther than `withinM` from every camera. */
  unwatched: z.object({
    type: z.literal('MultiLineString'),
    coordinates: z.array(z.array(pair)),
  }),
  /** Where main roads leave the region; `cameraM`: metres of road to the nearest camera, null when it is far. */
  exits: z.array(
    z.object({
      position: positionSchema,
      name: z.string().nullable(),
      nameEn: z.string().nullable(),
      cameraM: z.number().nullable(),
    }),
  ),
  withinM: z.number(),
});
export type CoverageView = z.infer<typeof coverageSchema>;

export const cellSiteViewSchema = z.object({
  id: z.string(),
  position: positionSchema,
  sectors: z.array(
    z.object({ cellId: z.string(), azimuthDeg: z.number(), beamwidthDeg: z.number(), rangeM: z.number() }),
  ),
});
export type CellSiteView = z.infer<typeof cellSiteViewSchema>;
