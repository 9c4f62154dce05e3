import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryDelayMs } from '../../../client/store/backoff.ts';

const random = fc.double({ min: 0, max: 0.999999, noNaN: true });

describe('retryDelayMs', () => {
  it('R5: tries again within a second at first, and within 4 s for ever', () => {
    fc.assert(
      fc.property(fc.nat(10_000), random, (attempt, chance) => {
        const delayMs = retryDelayMs(attempt, chance);
        expect(delayMs).toBeGreaterThan(0);
        expect(delayMs).toBeLessThanOrEqual(attempt === 0 ? 1000 : 4000);
      }),
    );
  });

  it('waits longer each time with the same luck, up to its limit', () => {
    fc.assert(
      fc.property(fc.nat(30), random, (attempt, chance) => {
        expect(retryDelayMs(attempt + 1, chance)).toBeGreaterThanOrEqual(retryDelayMs(attempt, chance));
      }),
    );
  });
});
