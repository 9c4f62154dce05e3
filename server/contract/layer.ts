/** Reference layers as an administrator handles them: a preview of a table, its application, and the versions. */
import { z } from 'zod';
import { coordinateSystems, crsSchema, idSchema } from './common.ts';
import { layerNames } from './layer-columns.ts';

export const layerNameSchema = z.enum(layerNames, { error: `expected one of ${layerNames.join(', ')}` });

export const problemCodes = [
  'missing',
  'notNumber',
  'notWord',
  'notPosition',
  'farAway',
  'noStation',
  'noArea',
  'twice',
  'rounded',
] as const;

/** One cell that cannot be used. */
export const rowProblemSchema = z.object({
  /** Line of the spreadsheet (the header is 1), or number of the GeoJSON feature. */
  row: z.number().int(),
  /** The contract's name of the column; null when it is about the row's shape. */
  column: z.string().nullable(),
  code: z.enum(problemCodes),
  /** What stands there. */
  value: z.string().nullable(),
  /** Words or bounds that would do. */
  expected: z.string(),
  /** The same as one English sentence. */
  message: z.string(),
});
export type RowProblem = z.infer<typeof rowProblemSchema>;

const texts = z.array(z.string());
/** What does not keep a table from being applied, but should be looked at. */
export const layerWarningSchema = z.discriminatedUnion('code', [
  /** Columns that nothing is known of: they are left out. */
  z.object({ code: z.literal('unknownColumns'), columns: texts }),
  /** Read in another system, the positions lie much nearer to the roads. */
  z.object({
    code: z.literal('otherCrs'),
    crs: z.enum(coordinateSystems),
    medianM: z.number(),
    betterM: z.number(),
  }),
  /** The middle position lies this far from any road, in whatever system. */
  z.object({ code: z.literal('offRoad'), medianM: z.number() }),
  /** Legal areas of stations that are gone. */
  z.object({ code: z.literal('areasDropped'), stations: texts }),
  /** Stations without a legal area while others have one. */
  z.object({ code: z.literal('withoutArea'), stations: texts }),
  /** Units of stations that are gone; those that exist already stay, without a station. */
  z.object({ code: z.literal('unitsDropped'), callsigns: texts }),
  /** Nobody gave legal areas: each station has what it reaches first by road. */
  z.object({ code: z.literal('areasEstimated') }),
]);
export type LayerWarning = z.infer<typeof layerWarningSchema>;

const changesSchema = z.object({
  added: z.number().int(),
  removed: z.number().int(),
  changed: z.number().int(),
});
export type LayerChanges = z.infer<typeof changesSchema>;

export const changeKinds = ['added', 'removed', 'changed', 'same'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** A thing of the layer on the map; `change` against what is in use. */
export const previewFeatureSchema = z.object({
  type: z.literal('Feature'),
  geometry: z.object({ type: z.string(), coordinates: z.array(z.unknown()) }),
  properties: z.object({ id: z.string(), name: z.string(), change: z.enum(changeKinds) }),
});
export type PreviewFeature = z.infer<typeof previewFeatureSchema>;

export const previewQuerySchema = z.object({
  crs: crsSchema.default('wgs84'),
  /** Name of the file, for the list of versions. */
  file: z.string().trim().min(1).max(200),
  /** Name of the sheet of a workbook; without it the first one. */
  sheet: z.string().min(1).max(64).optional(),
});

export const previewReplySchema = z.object({
  /** Applies exactly what was previewed, or tells that something else has changed since. */
  token: z.string(),
  /** False while there is a problem: nothing is half imported. */
  applicable: z.boolean(),
  rows: z.number().int(),
  problemCount: z.number().int(),
  /** The first of them; the others are asked for page by page. */
  problems: z.array(rowProblemSchema),
  warnings: z.array(layerWarningSchema),
  changes: changesSchema,
  features: z.array(previewFeatureSchema),
  /** More things than are shown; what changes comes first. */
  featuresLeftOut: z.number().int(),
});
export type PreviewReply = z.infer<typeof previewReplySchema>;

export const applyBodySchema = z.object({ token: idSchema });
export const useBodySchema = z.object({ id: z.string().regex(/^[a-z0-9-]{1,64}$/) });

export const versionKinds = ['import', 'generate', 'layer', 'restore'] as const;
export const versionViewSchema = z.object({
  id: z.string(),
  /** When it was made, ISO 8601. */
  createdAt: z.string(),
  kind: z.enum(versionKinds),
  layer: z.enum(layerNames).nullable(),
  /** Account name, or `cli`. */
  by: z.string(),
  file: z.string().nullable(),
  changes: changesSchema.nullable(),
  /** Of a restored version: what was restored. */
  restoresId: z.string().nullable(),
  current: z.boolean(),
  /** Its roads and basemap are not those in use: taking it up needs a restart of the server. */
  otherRoads: z.boolean(),
  counts: z.record(z.string(), z.number()),
});
export type VersionView = z.infer<typeof versionViewSchema>;

export const versionsReplySchema = z.object({
  items: z.array(versionViewSchema),
  nextCursor: z.null(),
  /** How many versions are kept at most. */
  kept: z.number().int(),
  /** A version with other roads is installed and waits for the server to be started again. */
  restartNeeded: z.boolean(),
});
export type VersionsReply = z.infer<typeof versionsReplySchema>;

export const takenUpReplySchema = z.object({ id: z.string(), restartNeeded: z.boolean() });
export type TakenUpReply = z.infer<typeof takenUpReplySchema>;
