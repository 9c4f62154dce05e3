import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../server/domain/random.ts';
import { compare, meanInterval } from '../../../server/replay/what-if/compare.ts';

const random = () => createRandom(1);
const times = (count: number) =>
  fc.array(fc.oneof(fc.double({ min: 0, max: 3599, noNaN: true }), fc.constant(Infinity)), {
    minLength: count,
    maxLength: count,
  });

describe('two futures', () => {
  it('has an interval that covers the true mean nine times in ten', () => {
    let covered = 0;
    const trials = 400;
    for (let trial = 0; trial < trials; trial++) {
      const draw = createRandom(trial);
      // Uniform in 0 … 10: its mean is 5.
      const values = Array.from({ length: 80 }, () => draw.range(0, 10));
      const { low, high } = meanInterval(values, draw.fork('bootstrap'));
      if (low <= 5 && high >= 5) covered++;
    }
    expect(covered / trials).toBeGreaterThan(0.85);
    expect(covered / trials).toBeLessThan(0.95);
  });

  it('is everything earlier by so much when all meetings are', () => {
    const asItWas = Array.from({ length: 50 }, () => 1500);
    const { earlierMin, decisive } = compare(
      asItWas,
      asItWas.map(atS => atS - 540),
      3600,
      random(),
    );
    expect(earlierMin).toEqual({ mean: 9, low: 9, high: 9 });
    // All of them are met in the 16th minute instead of the 25th.
    expect(decisive).toEqual([{ fromMin: 15, toMin: 16, gain: 1 }]);
  });

  it('reads the same backwards with the sign turned, and its decisive minutes make up half of the widest gap', () => {
    fc.assert(
      fc.property(times(25), times(25), (one, other) => {
        const there = compare(one, other, 3600, random());
        const back = compare(other, one, 3600, random());
        expect(back.earlierMin.mean).toBeCloseTo(-there.earlierMin.mean, 9);
        expect(back.changed).toEqual(there.asItWas);
        const share = (list: readonly number[], minute: number) =>
          list.filter(atS => atS <= minute * 60).length / list.length;
        const gaps = Array.from({ length: 61 }, (_, minute) => share(other, minute) - share(one, minute));
        const widest = Math.max(...gaps.map(Math.abs));
        const gained = there.decisive.reduce((sum, { gain }) => sum + Math.abs(gain), 0);
        expect(gained).toBeGreaterThanOrEqual(widest / 2 - 1e-9);
        for (const { fromMin, toMin, gain } of there.decisive.filter(span => span.fromMin > 0))
          expect(gaps[toMin]! - gaps[fromMin]!).toBeCloseTo(gain, 9);
      }),
    );
  });

  it('counts quantiles over all draws, met or not', () => {
    const { asItWas } = compare([60, 120, Infinity, Infinity], [60, 60, 60, 60], 3600, random());
    expect(asItWas.medianMin).toBe(2);
    expect(asItWas.decilesMin[8]).toBeNull();
    expect(asItWas.metBy[0]).toEqual({ minute: 5, share: 0.5 });
  });
});
