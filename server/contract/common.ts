/** Pieces that every body is made of. Positions are WGS-84 on the way out; inputs may name their system. */
import { z } from 'zod';

export const coordinateSystems = ['wgs84', 'gcj02', 'bd09', 'cgcs2000'] as const;
export const crsSchema = z.enum(coordinateSystems);
export type Crs = z.infer<typeof crsSchema>;

const lng = z.number().min(-180).max(180);
const lat = z.number().min(-90).max(90);

/** A position as sent: degrees in `crs`, WGS-84 unless it says otherwise. */
export const positionInputSchema = z.object({ lng, lat, crs: crsSchema.optional() });
export type PositionInput = z.infer<typeof positionInputSchema>;

/** A position as answered: WGS-84 degrees. */
export const positionSchema = z.object({ lng, lat });
export type Position = z.infer<typeof positionSchema>;

/** ISO 8601 with an offset, e.g. `2026-11-22T09:35:00+08:00`; a time without one is refused, since it could mean two things. */
export const instantSchema = z.iso.datetime({
  offset: true,
  error: 'expected an ISO 8601 time with offset, e.g. 2026-11-22T09:35:00+08:00',
});

export const idSchema = z.string().min(1).max(64);

/** Query of a list: how many, and where the last page ended. */
export const pageQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().max(200).optional(),
});

export const errorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.unknown().optional() }),
});
export type ErrorBody = z.infer<typeof errorSchema>;

/** `west,south,east,north` in degrees. */
export const bboxQuerySchema = z.string().transform((text, context): [number, number, number, number] => {
  const parts = text.split(',').map(Number);
  const [west, south, east, north] = parts;
  const sound =
    parts.length === 4 &&
    parts.every(Number.isFinite) &&
    west! >= -180 &&
    east! <= 180 &&
    south! >= -90 &&
    north! <= 90 &&
    west! <= east! &&
    south! <= north!;
  if (!sound) {
    context.addIssue({ code: 'custom', message: 'expected west,south,east,north in degrees' });
    return z.NEVER;
  }
  return [west!, south!, east!, north!];
});
