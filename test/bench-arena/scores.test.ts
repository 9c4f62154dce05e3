import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../server/domain/random.ts';
import type { Ground } from '../../server/locate/ground.ts';
import {
  bootstrap,
  calibration,
  mean,
  median,
  paired,
  shareWon,
  timeFigures,
} from '../bench/arena/scores.ts';
import { levelOf } from '../bench/arena/truth-cell.ts';

const minutes = fc.array(fc.double({ min: 0, max: 90, noNaN: true }), { minLength: 2, maxLength: 40 });

describe('scores', () => {
  it('the share won is 1 for the oracle, 0 for the last ping, and linear between', () => {
    fc.assert(
      fc.property(minutes, fc.double({ min: 0.1, max: 1, noNaN: true }), (oracle, part) => {
        const last = oracle.map((minute, i) => minute + 1 + i);
        const between = last.map((minute, i) => minute - part * (minute - oracle[i]!));
        expect(shareWon(last, last, oracle).value).toBeCloseTo(0, 3);
        expect(shareWon(last, oracle, oracle).value).toBeCloseTo(1, 3);
        const won = shareWon(last, between, oracle);
        expect(won.value).toBeCloseTo(part, 3);
        expect(won.lo).toBeLessThanOrEqual(won.value + 1e-3);
        expect(won.hi).toBeGreaterThanOrEqual(won.value - 1e-3);
      }),
      { numRuns: 20 },
    );
  });

  it('an interval covers the true mean about as often as it says', () => {
    const random = createRandom(3);
    const covered = Array.from({ length: 120 }, () => {
      const sample = Array.from({ length: 60 }, () => random.next());
      const { lo, hi } = bootstrap(sample.length, pick => mean(pick.map(i => sample[i]!)));
      return lo <= 0.5 && 0.5 <= hi;
    });
    expect(mean(covered.map(Number))).toBeGreaterThan(0.87);
    expect(mean(covered.map(Number))).toBeLessThan(1);
  });

  it('what was found at the horizon by nobody counts as not found', () => {
    const figures = timeFigures({ minutes: [5, 20, 60], found: [true, true, false], km: [1, 2, 3] });
    expect(figures).toMatchObject({
      medianMin: 20,
      meanMin: 28.33,
      found15: 0.3333,
      found30: 0.6667,
      found60: 0.6667,
      km: 2,
    });
  });

  it('medians and paired differences are what they are', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    const { difference, error } = paired([1, 2, 3, 6], [0, 0, 0, 0]);
    expect(difference).toBe(3);
    expect(error).toBeCloseTo(Math.sqrt((4 + 1 + 0 + 9) / 4 / 3), 9);
  });
});

describe('calibration', () => {
  /** Cells of a belief without places. */
  const bare = { placeCount: 0, targets: [], targetSnap: [], targetCells: {} } as unknown as Ground;

  it('finds truths that are drawn from the belief itself in the regions as often as the regions say', () => {
    const random = createRandom(8);
    const levels = Array.from({ length: 2000 }, () => {
      const raw = Array.from({ length: 30 }, () => random.next() ** 4);
      const total = raw.reduce((sum, each) => sum + each, 0);
      const cell = Float32Array.from(raw, each => each / total);
      let left = random.next();
      const truth = Math.max(
        0,
        cell.findIndex(mass => (left -= mass) < 0),
      );
      return levelOf(bare, { cell, place: new Float32Array(0) }, truth, random.next());
    });
    const { r50, r90, logScore } = calibration(levels);
    expect(Math.abs(r50.inside - 0.5)).toBeLessThan(0.04);
    expect(Math.abs(r90.inside - 0.9)).toBeLessThan(0.03);
    expect(r50.n).toBe(2000);
    expect(logScore).toBeLessThan(0);
  });

  it('puts the mass of a place on the cell from which one walks in', () => {
    const ground = {
      placeCount: 1,
      targets: [],
      targetSnap: [{}],
      targetCells: { offset: Uint32Array.of(0, 1), items: Uint32Array.of(2) },
    } as unknown as Ground;
    const picture = { cell: Float32Array.of(0.3, 0.1, 0.1), place: Float32Array.of(0.5) };
    expect(levelOf(ground, picture, 2, 1).p).toBeCloseTo(0.6, 6);
    expect(levelOf(ground, picture, 2, 1).level).toBeCloseTo(0.6, 6);
    expect(levelOf(ground, picture, 1, 0).level).toBeCloseTo(0.9, 6);
    expect(levelOf(ground, picture, -1, 1)).toEqual({ level: expect.closeTo(1, 6), p: 0 });
  });
});
