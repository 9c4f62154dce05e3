/**
 * OsmAnd and Traccar Client over HTTP. Two forms: parameters (older clients; speed in knots, battery in percent) and,
 * from Traccar Client 9 on, JSON (speed in m/s, battery 0..1, −1 for unknown).
 * @see https://www.traccar.org/osmand/
 */
import { z } from 'zod';
import { instantSchema } from '#contract/common.ts';
import type { Decoded } from '../ping.ts';

const mpsPerKnot = 1852 / 3600;
/** Seconds below, milliseconds above: 1e11 s is the year 5138, 1e11 ms the year 1973. */
const leastMs = 1e11;

const jsonBody = z.object({
  device_id: z.union([z.string().min(1).max(128), z.number()]).optional(),
  location: z.object({
    timestamp: z.union([z.string(), z.number()]),
    coords: z.object({
      latitude: z.number(),
      longitude: z.number(),
      accuracy: z.number().nullish(),
      speed: z.number().nullish(),
      heading: z.number().nullish(),
    }),
    battery: z.object({ level: z.number().nullish() }).nullish(),
  }),
});

/** Reads the parameters of a query string or a form body. */
export function decodeOsmandParameters(parameters: URLSearchParams): Decoded {
  const number = (name: string) => readNumber(parameters.get(name));
  const identifier = parameters.get('id') ?? parameters.get('deviceid');
  const [lat, lng] = position(parameters);
  const observedAtMs = readTime(parameters.get('timestamp'));
  if (lat === null || lng === null)
    return { reason: 'expected lat and lon, or location=lat,lon, in degrees' };
  if (observedAtMs === null)
    return { reason: 'timestamp: expected seconds, milliseconds or ISO 8601 with offset' };
  if (/^(false|0)$/i.test(parameters.get('valid') ?? '')) return { reason: 'the device had no fix' };
  const knots = known(number('speed'));
  return {
    ...(identifier && { identifier }),
    observedAtMs,
    lng,
    lat,
    accuracyM: known(number('accuracy')),
    speedMps: knots === null ? null : knots * mpsPerKnot,
    courseDeg: known(number('bearing') ?? number('heading')),
    batteryPct: known(number('batt')),
  };
}

/** Reads the JSON of Traccar Client 9 and newer. */
export function decodeOsmandJson(body: unknown): Decoded {
  const parsed = jsonBody.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { reason: `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'not a location'}` };
  }
  const { device_id: identifier, location } = parsed.data;
  const observedAtMs = readTime(String(location.timestamp));
  if (observedAtMs === null)
    return { reason: 'location.timestamp: expected ISO 8601 with offset or milliseconds' };
  const { coords, battery } = location;
  const charge = known(battery?.level);
  return {
    ...(identifier !== undefined && { identifier: String(identifier) }),
    observedAtMs,
    lng: coords.longitude,
    lat: coords.latitude,
    accuracyM: known(coords.accuracy),
    speedMps: known(coords.speed),
    courseDeg: known(coords.heading),
    batteryPct: charge === null ? null : charge * 100,
  };
}

function position(parameters: URLSearchParams): [lat: number | null, lng: number | null] {
  const pair = parameters.get('location')?.split(',');
  if (pair) return pair.length === 2 ? [readNumber(pair[0]), readNumber(pair[1])] : [null, null];
  return [readNumber(parameters.get('lat')), readNumber(parameters.get('lon'))];
}

/** A decimal number; an empty or other text is none (Number('') would be 0, a place in the Atlantic). */
function readNumber(text: string | null | undefined): number | null {
  const trimmed = text?.trim() ?? '';
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed) ? Number(trimmed) : null;
}

/** ms since 1970; null when it cannot be read. Never now instead: a wrong time is worse than none. */
function readTime(text: string | null): number | null {
  const number = readNumber(text);
  if (number !== null) return Math.round(number < leastMs ? number * 1000 : number);
  const iso = instantSchema.safeParse(text?.trim());
  return iso.success ? Date.parse(iso.data) : null;
}

/** Negative values say 'unknown' in all of these fields. */
const known = (value: number | null | undefined): number | null =>
  value === null || value === undefined || !(value >= 0) ? null : value;
