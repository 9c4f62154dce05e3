import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hourBands, priorBodySchema, priorKinds, type ScriptPrior } from '../../../server/contract/prior.ts';
import { betaCdf, betaQuantile, credibleInterval } from '../../../client/admin/priors/beta.ts';
import { shownRows, sumOf, typedOf, weightsOf } from '../../../client/admin/priors/rows.ts';

/** Integrates the density by the midpoint rule: slow and plain. */
function cdfByHand(x: number, a: number, b: number): number {
  const steps = 20_000;
  const area = (to: number) => {
    let sum = 0;
    for (let i = 0; i < steps; i++) {
      const at = (to * (i + 0.5)) / steps;
      sum += at ** (a - 1) * (1 - at) ** (b - 1);
    }
    return (sum * to) / steps;
  };
  return area(x) / area(1);
}

describe('the beta distribution', () => {
  it('agrees with the integral of its density', () => {
    for (const [a, b] of [
      [2, 5],
      [1, 1],
      [6.5, 13.5],
      [30, 4],
    ] as const)
      for (const x of [0.05, 0.2, 0.5, 0.9])
        expect(betaCdf(x, a, b), `${a} ${b} ${x}`).toBeCloseTo(cdfByHand(x, a, b), 5);
  });

  it('has known quantiles: a straight line for (1, 1), powers for (a, 1)', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.double({ min: 0.1, max: 50, noNaN: true }),
        (p, a) => {
          expect(betaQuantile(p, 1, 1)).toBeCloseTo(p, 6);
          expect(betaQuantile(p, a, 1)).toBeCloseTo(p ** (1 / a), 6);
        },
      ),
    );
  });

  it('is sure of what it has seen often: the interval holds the mean and narrows with n', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 0.9, noNaN: true }),
        fc.integer({ min: 5, max: 300 }),
        (share, all) => {
          const few = credibleInterval(share * all, all);
          const many = credibleInterval(share * all * 10, all * 10);
          expect(many.low).toBeLessThanOrEqual(share);
          expect(many.high).toBeGreaterThanOrEqual(share);
          expect(many.high - many.low).toBeLessThan(few.high - few.low);
        },
      ),
    );
    expect(credibleInterval(0, 20)).toEqual({ low: 0, high: 0 });
  });
});

const prior = (counts: Partial<Record<string, number>> = {}): ScriptPrior => {
  const n = Object.values(counts).reduce<number>((sum, count) => sum + (count ?? 0), 0);
  const strength = 20;
  return {
    scamType: 'fakePolice',
    n,
    strength,
    rows: priorKinds.map((kind, index) => {
      const weight = 1 / priorKinds.length;
      const found = counts[kind] ?? 0;
      const mean = (strength * weight + found) / (strength + n);
      const hours = hourBands.map(() => ({ n: 0, mean }));
      return { kind, defaultWeight: index === 0 ? weight + 0.01 : weight, weight, n: found, mean, hours };
    }),
  };
};

describe('the table of priors', () => {
  it('puts the most probable first and marks what hardly any case stands behind', () => {
    const rows = shownRows(prior({ hotel: 30, park: 4 }));
    expect(rows.slice(0, 2).map(({ kind, weak }) => [kind, weak])).toEqual([
      ['hotel', false],
      ['park', true],
    ]);
    for (const { low, mean, high } of rows) {
      expect(low).toBeLessThan(mean);
      expect(high).toBeGreaterThan(mean);
    }
    expect(rows.filter(({ isSet }) => isSet).map(({ kind }) => kind)).toEqual([priorKinds[0]]);
  });

  it('reads typed weights as the server takes them, and nothing else', () => {
    const typed = typedOf(prior());
    // A tenth each at most is lost or won by rounding.
    expect(Math.abs(sumOf(typed) - 100)).toBeLessThan(0.05 * priorKinds.length);
    const weights = weightsOf({ ...typed, bank: '40', park: '0', hotel: ' 12,5 ' })!;
    expect(weights).toMatchObject({ bank: 40, hotel: 12.5 });
    expect(weights).not.toHaveProperty('park');
    expect(priorBodySchema.parse({ weights, reason: '本地经验' }).weights).toEqual(weights);
    for (const bad of ['', 'x', '-1', '101', 'Infinity'])
      expect(weightsOf({ ...typed, bank: bad })).toBeNull();
    expect(weightsOf({ bank: '0' })).toBeNull();
  });
});
