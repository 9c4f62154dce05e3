/** The parts of Valhalla's answers that are read. */
import { z } from 'zod';

const position = z.tuple([z.number(), z.number()]);
const polygon = z.array(z.array(position));

/** `verbose: false`. Seconds and kilometres, a row for each source. */
export const matrixAnswerSchema = z.object({
  sources_to_targets: z.object({
    durations: z.array(z.array(z.number().nullable())),
    distances: z.array(z.array(z.number().nullable())),
  }),
});

export const routeAnswerSchema = z.object({
  trip: z.object({
    summary: z.object({ time: z.number(), length: z.number() }),
    legs: z.array(z.object({ shape: z.string() })),
  }),
});

export const isochroneAnswerSchema = z.object({
  features: z.array(
    z.object({
      geometry: z.discriminatedUnion('type', [
        z.object({ type: z.literal('Polygon'), coordinates: polygon }),
        z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(polygon) }),
      ]),
    }),
  ),
});

export const refusalSchema = z.object({ error_code: z.number(), error: z.string() });
