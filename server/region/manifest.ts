import { createHash } from 'node:crypto';
import { z } from 'zod';
import { layerNames } from '#contract/layer-columns.ts';
import { versionKinds } from '#contract/layer.ts';

/** Raised when a folder built by an older version can no longer be read. */
export const REGION_FORMAT = 2;

/** Files of a region folder. The manifest is written last: a folder that has it is complete. */
export const regionFiles = {
  manifest: 'region.json',
  basemap: 'basemap.pmtiles',
  road: 'road.bin',
  reference: 'reference.json',
  /** Names for the search of addresses; folders of older versions have none. */
  gazetteer: 'gazetteer.json',
} as const;

const count = z.number().int().min(0);

/** How a version came about, when it was not built from an extract or a seed. */
const versionSchema = z.object({
  kind: z.enum(versionKinds),
  layer: z.enum(layerNames).optional(),
  /** Account name, or `cli`. */
  by: z.string(),
  /** Id of the version that was in use before. */
  base: z.string(),
  /** Id of the version that this one brings back. */
  restores: z.string().optional(),
  /** Name of the table's file. */
  file: z.string().optional(),
  changes: z.object({ added: count, removed: count, changed: count }).optional(),
});
export type RegionVersion = z.infer<typeof versionSchema>;

export const manifestSchema = z.object({
  format: z.literal(REGION_FORMAT),
  id: z.string().regex(/^[a-z0-9-]{1,64}$/),
  name: z.string(),
  nameEn: z.string().optional(),
  fictional: z.boolean(),
  attribution: z.string(),
  /** [west, south, east, north] in degrees. */
  bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  /** [lng, lat] of where a first look should go. */
  center: z.tuple([z.number(), z.number()]),
  createdAt: z.iso.datetime(),
  /** Id of the version whose build made roads and basemap: equal ones share these files. Absent: its own. */
  builtId: z.string().optional(),
  version: versionSchema.optional(),
  counts: z.object({
    roadNodes: count,
    roadEdges: count,
    /** Edges without a way in and out of the main network; they are not in the road file. */
    roadEdgesDropped: count,
    /** Turn restrictions that routing obeys. */
    turnRestrictions: count,
    /** Those that could not be: incomplete, cut off at the border, or not understood. */
    turnRestrictionsLeftOut: count,
    /** Points that no car gets past. */
    barriers: count,
    ferries: count,
    /** Rules for some hours or days only; routing ignores them. */
    timedRulesIgnored: count,
    places: count,
    segments: count,
    stations: count,
    cellSites: count,
    cameras: count,
    units: count,
    tiles: count,
  }),
});
export type RegionManifest = z.infer<typeof manifestSchema>;

/** Names the build of a version's roads and basemap. */
export const builtIdOf = ({ id, builtId }: RegionManifest): string => builtId ?? id;

/** `20261122t105600-1f3a9c`: sorts by time, is a safe folder name, and differs for two regions of one second. */
export function regionId(name: string, createdAt: string): string {
  const time = createdAt
    .replace(/\.\d+/, '')
    .replace(/[^0-9T]/g, '')
    .toLowerCase();
  return `${time}-${createHash('sha256').update(`${name} ${createdAt}`).digest('hex').slice(0, 6)}`;
}
