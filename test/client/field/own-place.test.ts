import fc from 'fast-check';
import gcoord from 'gcoord';
import { describe, expect, it } from 'vitest';
import { ownFixSchema } from '../../../server/contract/field.ts';
import { distanceM } from '../../../server/road/geo.ts';
import { handOffLink, mapApps } from '../../../client/field/hand-off.ts';
import { isDue, keepNewest, type PhoneFix, toOwnFix } from '../../../client/field/own-place.ts';

const fix = (timestamp: number, more: Partial<PhoneFix['coords']> = {}): PhoneFix => ({
  timestamp,
  coords: { longitude: 103.3, latitude: 24.7, accuracy: 10, speed: 0, heading: Number.NaN, ...more },
});
const told = { at: 0, lng: 103.3, lat: 24.7 };

describe('where the phone is', () => {
  it('is told every few seconds on the move and once a minute at rest', () => {
    expect(isDue(null, fix(0))).toBe(true);
    expect(isDue(told, fix(4000, { speed: 12 }))).toBe(false);
    expect(isDue(told, fix(5000, { speed: 12 }))).toBe(true);
    expect(isDue(told, fix(5000))).toBe(false);
    expect(isDue(told, fix(59_000))).toBe(false);
    expect(isDue(told, fix(60_000))).toBe(true);
  });

  it('counts as moved beyond the noise of the receiver, whatever it says of the speed', () => {
    const east = (metres: number) => 103.3 + metres / (111_195 * Math.cos((24.7 * Math.PI) / 180));
    expect(isDue(told, fix(6000, { speed: null, longitude: east(20) }))).toBe(false);
    expect(isDue(told, fix(6000, { speed: null, longitude: east(30) }))).toBe(true);
    expect(isDue(told, fix(6000, { speed: null, longitude: east(30), accuracy: 80 }))).toBe(false);
  });

  it('is always a fix that the contract takes, at the time of the server', () => {
    const odd = fc.oneof(fc.double({ min: -500, max: 1e7, noNaN: false }), fc.constant(null));
    fc.assert(
      fc.property(
        fc.integer({ min: 1_600_000_000_000, max: 2_000_000_000_000 }),
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.double({ min: -90, max: 90, noNaN: true }),
        fc.double({ min: 0, max: 1e8, noNaN: false }),
        odd,
        odd,
        (timestamp, longitude, latitude, accuracy, speed, heading) => {
          const phone = { timestamp, coords: { longitude, latitude, accuracy, speed, heading } };
          const own = toOwnFix(phone, 1500, 80);
          expect(ownFixSchema.parse(own)).toEqual(own);
          expect(Date.parse(own.observedAt)).toBe(timestamp + 1500);
        },
      ),
    );
  });

  it('keeps the newest when the network is away for long', () => {
    const many = Array.from({ length: 900 }, (_, i) => toOwnFix(fix(i * 1000), 0, null));
    expect(keepNewest(many)).toEqual(many.slice(400));
  });
});

describe('the hand-off to map apps', () => {
  const at = { lng: 103.29, lat: 24.771 };
  const numbers = (link: string) =>
    decodeURIComponent(link)
      .match(/\d+\.\d+/g)!
      .map(Number);

  it('gives each app the same place in its own system, within a metre', () => {
    const back = {
      amap: (link: string) =>
        gcoord.transform([numbers(link)[0]!, numbers(link)[1]!], gcoord.GCJ02, gcoord.WGS84),
      baidu: (link: string) =>
        gcoord.transform([numbers(link)[1]!, numbers(link)[0]!], gcoord.BD09, gcoord.WGS84),
      tencent: (link: string) =>
        gcoord.transform([numbers(link)[1]!, numbers(link)[0]!], gcoord.GCJ02, gcoord.WGS84),
      system: (link: string) => [numbers(link)[1]!, numbers(link)[0]!],
    };
    for (const app of mapApps) {
      const [lng, lat] = back[app](handOffLink(app, at, '目的地'));
      expect(distanceM([at.lng, at.lat], [lng!, lat!]), app).toBeLessThan(1);
    }
    // The systems do differ here, by hundreds of metres.
    const [lng, lat] = numbers(handOffLink('amap', at, '目的地'));
    expect(distanceM([at.lng, at.lat], [lng!, lat!])).toBeGreaterThan(300);
  });

  it('carries the destination and no origin', () => {
    for (const app of mapApps) {
      const link = handOffLink(app, at, '目的地');
      expect(link).not.toMatch(/[?&](origin|from|fromcoord|slat|saddr)=/);
      expect(URL.canParse(link)).toBe(true);
      expect(link).toMatch(/^[\x20-\x7e]+$/);
    }
  });
});
