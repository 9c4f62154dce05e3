import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceM, lineLengthM, type LngLat } from '#road/geo.ts';
import { detectionOf, type SearchTarget } from '#domain/detection.ts';
import { isWithin, metresToLine } from '../../server/sim/search.ts';
import { truthAt, type TruthPoint } from '../../server/sim/truth.ts';

const bank: SearchTarget = { kind: 'bank', position: [103.3, 24.8], path: null };
const near = fc.tuple(
  fc.double({ min: 103.29, max: 103.31, noNaN: true }),
  fc.double({ min: 24.79, max: 24.81, noNaN: true }),
);

describe('searches', () => {
  it('take and are worth what the table of docs/training.md says', () => {
    expect(detectionOf(bank, 'clerkAsked')).toEqual({ durationS: 240, pod: 0.9 });
    expect(detectionOf({ ...bank, kind: 'hotel' }, 'registerChecked')).toEqual({ durationS: 240, pod: 0.9 });
    expect(detectionOf({ ...bank, kind: 'park', areaHa: 1.5 }, 'walkThrough')).toEqual({
      durationS: 540,
      pod: 0.75,
    });
    expect(detectionOf({ ...bank, kind: 'park', areaHa: 40 }, 'walkThrough').durationS).toBe(900);
    expect(detectionOf({ ...bank, kind: 'residence' }, 'gateAsked')).toEqual({ durationS: 180, pod: 0.95 });
    expect(detectionOf(bank, 'driveBy')).toEqual({ durationS: 60, pod: 0.4 });
    const path: LngLat[] = [
      [103.3, 24.8],
      [103.3, 24.8045],
    ];
    const road = detectionOf({ kind: 'quietRoad', position: path[0]!, path }, 'driveBy');
    expect(road.pod).toBe(0.8);
    expect(road.durationS).toBeCloseTo((lineLengthM(path) / 500) * 120);
  });

  it('reach as far as a dense walk along the line says', () => {
    fc.assert(
      fc.property(fc.array(near, { minLength: 2, maxLength: 5 }), near, (line, at) => {
        let least = Infinity;
        for (let i = 1; i < line.length; i++)
          for (let k = 0; k <= 400; k++) {
            const [from, to] = [line[i - 1]!, line[i]!];
            const share = k / 400;
            const on: LngLat = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
            least = Math.min(least, distanceM(at, on));
          }
        const exact = metresToLine(line, at);
        expect(exact).toBeLessThanOrEqual(least + 0.5);
        expect(exact).toBeGreaterThan(least - 10);
      }),
      { numRuns: 60 },
    );
  });

  it('find within sixty metres only', () => {
    expect(isWithin(bank, [103.3005, 24.8])).toBe(true);
    expect(isWithin(bank, [103.3007, 24.8])).toBe(false);
  });
});

describe('the truth', () => {
  const truth: TruthPoint[] = [
    { atS: -600, lng: 103, lat: 25, mode: 'atPlace' },
    { atS: 0, lng: 103, lat: 25, mode: 'driving' },
    { atS: 100, lng: 103.01, lat: 25, mode: 'parked' },
  ];

  it('stays at its ends, moves evenly between its points, and keeps the mode of where it comes from', () => {
    expect(truthAt(truth, -9999)).toMatchObject({ at: [103, 25], mode: 'atPlace' });
    expect(truthAt(truth, -1)).toMatchObject({ at: [103, 25], mode: 'atPlace' });
    const halfway = truthAt(truth, 50);
    expect(halfway.mode).toBe('driving');
    expect(halfway.at[0]).toBeCloseTo(103.005);
    expect(halfway.courseDeg).toBeCloseTo(90);
    expect(truthAt(truth, 5000)).toMatchObject({ at: [103.01, 25], mode: 'parked' });
  });
});
