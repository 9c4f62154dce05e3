import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Raised when a folder built by an older version can no longer be read. */
export const REGION_FORMAT = 1;

/** Files of a region folder. The manifest is written last: a folder that has it is complete. */
export const regionFiles = {
  manifest: 'region.json',
  basemap: 'basemap.pmtiles',
  road: 'road.bin',
  reference: 'reference.json',
} as const;

const count = z.number().int().min(0);

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
  counts: z.object({
    roadNodes: count,
    roadEdges: count,
    /** Edges without a way in and out of the main network; they are not in the road file. */
    roadEdgesDropped: count,
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

/** `20261122t105600-1f3a9c`: sorts by time, is a safe folder name, and differs for two regions of one second. */
export function regionId(name: string, createdAt: string): string {
  const time = createdAt
    .replace(/\.\d+/, '')
    .replace(/[^0-9T]/g, '')
    .toLowerCase();
  return `${time}-${createHash('sha256').update(`${name} ${createdAt}`).digest('hex').slice(0, 6)}`;
}
