/** Where a unit was. */
import { z } from 'zod';
import { instantSchema, positionSchema } from './common.ts';

const longestSpanMs = 7 * 86_400_000;
/** Where the page before ended: an instant, and how many fixes of that instant it held. */
const cursorSchema = z
  .string()
  .regex(/^\d{1,15}\.\d{1,6}$/, 'expected the nextCursor of the page before')
  .transform(text => {
    const [observedAtMs, skip] = text.split('.').map(Number);
    return { observedAtMs: observedAtMs!, skip: skip! };
  });

/** From `from` up to, not including, `to`; at most a week. */
export const trackQuerySchema = z
  .object({
    from: instantSchema,
    to: instantSchema,
    limit: z.coerce.number().int().min(1).max(20_000).default(5000),
    cursor: cursorSchema.optional(),
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), {
    path: ['to'],
    message: 'expected a time after from',
  })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= longestSpanMs, {
    path: ['to'],
    message: 'expected at most 7 days after from',
  });
export type TrackQuery = z.infer<typeof trackQuerySchema>;

export const trackFixSchema = positionSchema.extend({
  observedAt: z.string(),
  receivedAt: z.string(),
  speedMps: z.number().nullable(),
  courseDeg: z.number().nullable(),
  accuracyM: z.number().nullable(),
});
export type TrackFixView = z.infer<typeof trackFixSchema>;
