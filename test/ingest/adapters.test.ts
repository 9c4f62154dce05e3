import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodedError } from '#contract/errors.ts';
import { decodeOsmandJson, decodeOsmandParameters } from '../../server/ingest/adapters/osmand.ts';
import { decodePosition, positionItems } from '../../server/ingest/adapters/positions.ts';
import { type Decoded, isPing } from '../../server/ingest/ping.ts';

const at = Date.UTC(2026, 10, 22, 1, 35);
const osmand = (query: string) => decodeOsmandParameters(new URLSearchParams(query));

describe('the JSON feed', () => {
  const sound = { device: 'd1', observedAt: '2026-11-22T09:35:00+08:00', lng: 103.3, lat: 24.8 };

  it('reads one position or many', () => {
    expect(positionItems(sound)).toEqual([sound]);
    expect(positionItems([sound, sound])).toHaveLength(2);
    expect(decodePosition({ ...sound, crs: 'gcj02', speedMps: 3 })).toEqual({
      identifier: 'd1',
      observedAtMs: at,
      lng: 103.3,
      lat: 24.8,
      crs: 'gcj02',
      accuracyM: null,
      speedMps: 3,
      courseDeg: null,
      batteryPct: null,
    });
  });

  it.each([
    [
      'a time without offset',
      { ...sound, observedAt: '2026-11-22T09:35:00' },
      /observedAt: expected an ISO 8601/,
    ],
    ['no time', { ...sound, observedAt: undefined }, /observedAt/],
    ['a latitude beyond the pole', { ...sound, lat: 91 }, /lat/],
    ['a number as text', { ...sound, lng: '103.3' }, /lng/],
    ['neither unit nor device', { ...sound, device: undefined }, /expected unitId or device/],
    ['a text', 'position', /./],
  ])('refuses %s and says why', (_, item, reason) => {
    expect(decodePosition(item)).toEqual({ reason: expect.stringMatching(reason) as string });
  });

  it('refuses a body that is neither, or too long', () => {
    expect(() => positionItems('x')).toThrow(CodedError);
    expect(() => positionItems(null)).toThrow(/expected a position or an array/);
    expect(() => positionItems(Array(10_001).fill(sound))).toThrow(/at most 10000/);
  });
});

describe('OsmAnd and Traccar Client', () => {
  it('reads parameters: knots, battery in percent, three kinds of time', () => {
    const expected = {
      identifier: 'd1',
      observedAtMs: at,
      lng: 103.3,
      lat: 24.8,
      courseDeg: 90,
      batteryPct: 80,
    };
    for (const time of [at / 1000, at, '2026-11-22T09:35:00%2B08:00', '2026-11-22T01:35:00Z']) {
      const ping = osmand(
        `id=d1&lat=24.8&lon=103.3&timestamp=${time}&speed=10&bearing=90&batt=80&accuracy=7.5`,
      );
      expect(ping).toMatchObject({ ...expected, accuracyM: 7.5 });
      expect((ping as { speedMps: number }).speedMps).toBeCloseTo(5.1444, 3);
    }
    expect(osmand(`deviceid=d1&location=24.8,103.3&timestamp=${at}`)).toMatchObject({
      lng: 103.3,
      lat: 24.8,
    });
  });

  it('takes −1 and unreadable measures as unknown', () => {
    const ping = osmand(`id=d1&lat=24.8&lon=103.3&timestamp=${at}&speed=-1&bearing=&accuracy=none&batt=-1`);
    expect(ping).toMatchObject({ speedMps: null, courseDeg: null, accuracyM: null, batteryPct: null });
  });

  it.each([
    ['no position', `id=d1&timestamp=${at}`],
    ['an empty latitude', `id=d1&lat=&lon=103.3&timestamp=${at}`],
    ['half a location', `id=d1&location=24.8&timestamp=${at}`],
    ['no time: now would be a lie', 'id=d1&lat=24.8&lon=103.3'],
    ['a time without offset', 'id=d1&lat=24.8&lon=103.3&timestamp=2026-11-22 09:35:00'],
    ['a receiver without fix', `id=d1&lat=24.8&lon=103.3&timestamp=${at}&valid=false`],
  ])('refuses %s', (_, query) => {
    expect(isPing(osmand(query))).toBe(false);
  });

  it('reads the JSON of newer clients: m/s, battery 0 to 1, −1 for unknown', () => {
    const coords = { latitude: 24.8, longitude: 103.3, accuracy: 12, speed: 8.5, heading: -1 };
    const body = {
      location: {
        timestamp: '2026-11-22T01:35:00.000Z',
        coords,
        battery: { level: 0.5, is_charging: false },
      },
    };
    expect(decodeOsmandJson({ ...body, device_id: '123456' })).toEqual({
      identifier: '123456',
      observedAtMs: at,
      lng: 103.3,
      lat: 24.8,
      accuracyM: 12,
      speedMps: 8.5,
      courseDeg: null,
      batteryPct: 50,
    });
    expect(decodeOsmandJson({ location: { timestamp: 'soon', coords } })).toHaveProperty('reason');
  });
});

describe('any body', () => {
  const sane = (decoded: Decoded) => {
    if (isPing(decoded)) {
      for (const value of [decoded.lng, decoded.lat, decoded.observedAtMs])
        expect(typeof value).toBe('number');
    } else {
      expect(decoded.reason.length).toBeGreaterThan(0);
    }
  };
  const almost = fc.record(
    {
      device: fc.anything(),
      unitId: fc.anything(),
      observedAt: fc.oneof(fc.string(), fc.constant('2026-11-22T01:35:00Z'), fc.anything()),
      lng: fc.oneof(fc.double(), fc.anything()),
      lat: fc.oneof(fc.double(), fc.anything()),
      crs: fc.anything(),
      speedMps: fc.anything(),
    },
    { requiredKeys: [] },
  );

  it('R8 never makes an adapter throw anything but a coded refusal', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), almost, fc.jsonValue()), body => {
        try {
          for (const item of positionItems(body)) sane(decodePosition(item));
        } catch (error) {
          expect(error).toBeInstanceOf(CodedError);
        }
        sane(decodeOsmandJson(body));
        sane(decodeOsmandJson({ device_id: body, location: body }));
      }),
      { numRuns: 3000 },
    );
  });

  it('R8 never makes the parameter form throw', () => {
    const names = fc.constantFrom(
      'id',
      'deviceid',
      'lat',
      'lon',
      'location',
      'timestamp',
      'speed',
      'batt',
      'valid',
    );
    const values = fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.constantFrom('1e400', '-0', 'NaN', '0x10', ' 1 ', '+1', '1.', '.'),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(names, values)), pairs =>
        sane(decodeOsmandParameters(new URLSearchParams(pairs))),
      ),
      { numRuns: 3000 },
    );
  });
});
