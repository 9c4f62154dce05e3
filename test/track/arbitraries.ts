import fc from 'fast-check';
import { coordinateSystems } from '#contract/common.ts';
import { createRandom } from '#domain/random.ts';
import type { TrackFix } from '#domain/track/track.ts';

/** 2026-11-20T02:00Z, the beginning of a quarter of an hour. */
export const windowAtMs = Date.UTC(2026, 10, 20, 2);

const measure = (max: number, scale: number) =>
  fc.oneof(
    fc.constant(null),
    fc.integer({ min: 0, max: max * scale }).map(value => value / scale),
  );

/** Any fix that ingest lets through, in the precision that a track keeps. */
export const anyFix: fc.Arbitrary<TrackFix> = fc.record({
  deviceId: fc.oneof(fc.constantFrom('dev-1', 'dev-2', '终端-3'), fc.string({ maxLength: 40 })),
  crs: fc.constantFrom(...coordinateSystems),
  observedAtMs: fc.integer({ min: Date.UTC(2010, 0, 1), max: Date.UTC(9999, 11, 31) }),
  receivedAtMs: fc.integer({ min: Date.UTC(2010, 0, 1), max: Date.UTC(9999, 11, 31) }),
  lng: fc.integer({ min: -180e7, max: 180e7 }).map(value => value / 1e7),
  lat: fc.integer({ min: -90e7, max: 90e7 }).map(value => value / 1e7),
  speedMps: measure(400, 100),
  courseDeg: measure(360, 10),
  accuracyM: measure(1e6, 10),
  batteryPct: measure(100, 1),
  future: fc.boolean(),
});

/** Fixes of which many share time, device or all. */
export const crowdedFix: fc.Arbitrary<TrackFix> = fc.record({
  deviceId: fc.constantFrom('dev-1', 'dev-2'),
  crs: fc.constantFrom('wgs84', 'gcj02'),
  observedAtMs: fc.integer({ min: 0, max: 5 }).map(step => windowAtMs + step * 500),
  receivedAtMs: fc.integer({ min: 0, max: 3 }).map(step => windowAtMs + 60_000 + step),
  lng: fc.constantFrom(103.3, 103.3000001),
  lat: fc.constant(24.8),
  speedMps: fc.constantFrom(null, 0),
  courseDeg: fc.constant(null),
  accuracyM: fc.constant(5),
  batteryPct: fc.constant(null),
  future: fc.boolean(),
});

/** A car that drives and stands, reporting every `everyMs` for a quarter of an hour, with the noise of a receiver. */
export function drive(seed: number, everyMs: number, startMs = windowAtMs): TrackFix[] {
  const random = createRandom(seed);
  const noise = () => random.next() + random.next() + random.next() - 1.5;
  const fixes: TrackFix[] = [];
  let [lng, lat, speedMps, course] = [
    103.3 + random.next() / 10,
    24.7 + random.next() / 10,
    8,
    random.next() * 6,
  ];
  const seconds = everyMs / 1000;
  for (let atMs = 0; atMs < 900_000; atMs += everyMs) {
    const standing = Math.floor(atMs / 180_000) % 3 === 2;
    speedMps = standing ? 0 : Math.min(22, Math.max(3, speedMps + noise() * Math.sqrt(seconds)));
    course += standing ? 0 : noise() * 0.06 * Math.sqrt(seconds);
    lng += (speedMps * seconds * Math.sin(course)) / 101_000;
    lat += (speedMps * seconds * Math.cos(course)) / 111_000;
    const observedAtMs = startMs + atMs;
    fixes.push({
      deviceId: 'dev_01kb3v7z9q8w6e5r4t3y2v1n0p',
      crs: 'wgs84',
      observedAtMs,
      receivedAtMs: observedAtMs + 80 + Math.floor(random.next() * 150),
      lng: rounded(lng + (standing ? 0 : noise() / 101_000), 1e7),
      lat: rounded(lat + (standing ? 0 : noise() / 111_000), 1e7),
      speedMps: rounded(speedMps, 10),
      courseDeg: rounded(((((course * 180) / Math.PI) % 360) + 360) % 360, 1) % 360,
      accuracyM: 4 + random.int(4),
      batteryPct: 90 - Math.floor(atMs / 400_000),
      future: false,
    });
  }
  return fixes;
}

const rounded = (value: number, scale: number): number => Math.round(value * scale) / scale;
