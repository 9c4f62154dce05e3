import { z } from 'zod';
import { crsSchema, idSchema, instantSchema } from './common.ts';

/** One fix of the JSON feed. Degrees in `crs`, else in the device's own system. */
export const fixBodySchema = z
  .object({
    unitId: idSchema.optional(),
    device: z.string().min(1).max(128).optional(),
    observedAt: instantSchema,
    lng: z.number().min(-180).max(180),
    lat: z.number().min(-90).max(90),
    crs: crsSchema.optional(),
    accuracyM: z.number().nonnegative().max(1e6).optional(),
    speedMps: z.number().min(0).max(400).optional(),
    courseDeg: z.number().min(0).max(360).optional(),
    batteryPct: z.number().min(0).max(100).optional(),
  })
  .refine(fix => fix.unitId !== undefined || fix.device !== undefined, {
    message: 'expected unitId or device',
  });
export type FixBody = z.infer<typeof fixBodySchema>;

export const maxFixesPerBatch = 10_000;

export const positionsReplySchema = z.object({
  accepted: z.number().int(),
  duplicates: z.number().int(),
  rejected: z.array(z.object({ index: z.number().int(), reason: z.string() })),
});
export type PositionsReply = z.infer<typeof positionsReplySchema>;
