/** The JSON feed: one position or an array of them (contract/position.ts). */
import { CodedError } from '#contract/errors.ts';
import { type FixBody, fixBodySchema, maxFixesPerBatch } from '#contract/position.ts';
import type { Decoded } from '../ping.ts';

/** The reports of a body that was parsed as JSON, unread. Throws CodedError `invalidBody` or `tooLarge`. */
export function positionItems(body: unknown): readonly unknown[] {
  const items = Array.isArray(body) ? body : [body];
  if (items.length > maxFixesPerBatch) {
    throw new CodedError(
      'tooLarge',
      `expected at most ${maxFixesPerBatch} positions in one request, got ${items.length}`,
    );
  }
  if (!Array.isArray(body) && (typeof body !== 'object' || body === null)) {
    throw new CodedError('invalidBody', 'expected a position or an array of positions');
  }
  return items;
}

/** One report; the reason names the field and what was expected. */
export function decodePosition(item: unknown): Decoded {
  const parsed = fixBodySchema.safeParse(item);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path.join('.');
    return { reason: `${path ? `${path}: ` : ''}${issue?.message ?? 'not a position'}` };
  }
  return pingOf(parsed.data);
}

function pingOf(fix: FixBody): Decoded {
  return {
    ...(fix.unitId !== undefined && { unitId: fix.unitId }),
    ...(fix.device !== undefined && { identifier: fix.device }),
    ...(fix.crs !== undefined && { crs: fix.crs }),
    observedAtMs: Date.parse(fix.observedAt),
    lng: fix.lng,
    lat: fix.lat,
    accuracyM: fix.accuracyM ?? null,
    speedMps: fix.speedMps ?? null,
    courseDeg: fix.courseDeg ?? null,
    batteryPct: fix.batteryPct ?? null,
  };
}
