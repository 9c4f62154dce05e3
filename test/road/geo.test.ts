import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  angleBetween,
  bearingDeg,
  distanceM,
  lineLengthM,
  type LngLat,
  metresAlong,
  pointBetween,
  positionAlong,
  segmentDistanceM,
} from '../../server/road/geo.ts';
import { positionNearby } from './arbitraries.ts';

const line = fc.array(positionNearby, { minLength: 1, maxLength: 6 });

describe('a line', () => {
  it('is as long as its pieces together', () => {
    expect(lineLengthM([])).toBe(0);
    const east: LngLat[] = [
      [103.2, 0],
      [103.201, 0],
      [103.201, 0.002],
    ];
    expect(lineLengthM(east)).toBeCloseTo(3 * 111.195, 2);
    expect(metresAlong(east)).toEqual([0, expect.closeTo(111.195, 2), expect.closeTo(3 * 111.195, 2)]);
    fc.assert(
      fc.property(line, points => {
        expect(metresAlong(points).at(-1)).toBeCloseTo(lineLengthM(points), 6);
        expect(lineLengthM(points.toReversed())).toBeCloseTo(lineLengthM(points), 6);
      }),
    );
  });

  it('is at each of its points after that many metres, and between them in between', () => {
    fc.assert(
      fc.property(line, fc.double({ min: 0, max: 1, noNaN: true }), (points, share) => {
        metresAlong(points).forEach((metres, i) =>
          expect(distanceM(positionAlong(points, metres), points[i]!)).toBeLessThan(1e-3),
        );
        const wholeM = lineLengthM(points);
        const at = positionAlong(points, wholeM * share);
        const passed = metresAlong(points).filter(metres => metres <= wholeM * share).length;
        const walked = [...points.slice(0, passed), at];
        expect(lineLengthM(walked)).toBeCloseTo(wholeM * share, 2);
        expect(positionAlong(points, wholeM + 1)).toEqual(points.at(-1));
      }),
    );
  });
});

describe('a segment', () => {
  it('is as far away as the nearest of many of its points', () => {
    fc.assert(
      fc.property(positionNearby, positionNearby, positionNearby, (a, b, at) => {
        const steps = 500;
        const apartM = Array.from({ length: steps + 1 }, (_, i) =>
          distanceM(at, pointBetween(a, b, i / steps)),
        );
        const nearestM = Math.min(...apartM);
        const foundM = segmentDistanceM(a, b, at);
        expect(foundM).toBeLessThanOrEqual(nearestM + 0.01);
        expect(foundM).toBeGreaterThan(nearestM - distanceM(a, b) / steps - 0.01);
      }),
    );
  });
});

describe('bearings', () => {
  it.each([
    [0, 0.001, 0],
    [0.001, 0, 90],
    [0, -0.001, 180],
    [-0.001, 0, 270],
  ])('from here by %f, %f: %i°', (east, north, expected) => {
    expect(bearingDeg([103.2, 0], [103.2 + east, north])).toBeCloseTo(expected, 6);
  });

  it('differ by 180 at most, whichever way round', () => {
    expect(angleBetween(350, 20)).toBe(30);
    expect(angleBetween(-10, 370)).toBe(20);
    const degrees = fc.integer({ min: -720, max: 720 });
    fc.assert(
      fc.property(degrees, degrees, (a, b) => {
        const angle = angleBetween(a, b);
        expect(angle).toBe(angleBetween(b, a));
        expect([(a + angle - b) % 360, (a - angle - b) % 360].some(rest => rest === 0)).toBe(true);
        expect(angle).toBeLessThanOrEqual(180);
      }),
    );
  });
});
