/** When a phone tells where it is, and how its fixes become those of the contract. Pure. */
import type { OwnFix } from '#contract/field.ts';
import { distanceM } from '#road/geo.ts';

/** As much of the browser's `GeolocationPosition` as is used. */
export interface PhoneFix {
  timestamp: number;
  coords: {
    longitude: number;
    latitude: number;
    accuracy: number;
    speed: number | null;
    heading: number | null;
  };
}

/** What was told last: ms of the phone's clock. */
export interface Told {
  at: number;
  lng: number;
  lat: number;
}

const movingEveryMs = 5000;
const stillEveryMs = 60_000;
const movingMps = 1;
/** Farther than the noise of a good receiver: it moves, whatever it says of its speed. */
const movedM = 25;

/** Whether a fix is worth telling: each few seconds on the move, once a minute at rest. */
export function isDue(told: Told | null, { timestamp, coords }: PhoneFix): boolean {
  if (!told) return true;
  const sinceMs = timestamp - told.at;
  if (sinceMs >= stillEveryMs) return true;
  if (sinceMs < movingEveryMs) return false;
  const { longitude: lng, latitude: lat, accuracy, speed } = coords;
  if (speed !== null && speed >= movingMps) return true;
  return distanceM([told.lng, told.lat], [lng, lat]) > Math.max(movedM, accuracy);
}

/** A fix as it is sent. `offsetMs`: how far the server's clock is ahead of the phone's. */
export function toOwnFix(fix: PhoneFix, offsetMs: number, batteryPct: number | null): OwnFix {
  const { longitude, latitude, accuracy, speed, heading } = fix.coords;
  return {
    observedAt: new Date(fix.timestamp + offsetMs).toISOString(),
    lng: longitude,
    lat: latitude,
    ...(Number.isFinite(accuracy) && { accuracyM: Math.min(accuracy, 1e6) }),
    ...(speed !== null && speed >= 0 && speed <= 400 && { speedMps: speed }),
    // A phone at rest has no heading: NaN.
    ...(heading !== null && heading >= 0 && heading <= 360 && { courseDeg: heading }),
    ...(batteryPct !== null && { batteryPct }),
  };
}

/** As many as one request may hold: an hour on the move. What is older says little of where the unit is now. */
const mostKept = 500;
export const keepNewest = (fixes: readonly OwnFix[]): OwnFix[] => fixes.slice(-mostKept);
