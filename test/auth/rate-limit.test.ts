import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RateLimiter } from '../../server/http/rate-limit.ts';
import { ManualClock } from '../builders/clock.ts';

it('passes at most burst + perSecond · time in any window, and what it refuses passes after the time it names (property)', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 10 }),
      fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 80 }),
      (burst, perSecond, pauses) => {
        const clock = new ManualClock();
        const limiter = new RateLimiter(clock, { burst, perSecond });
        const passed: number[] = [];
        for (const pause of pauses) {
          clock.advance(pause);
          const retryAfterS = limiter.take('d');
          if (retryAfterS === 0) passed.push(clock.now());
          else {
            clock.advance(retryAfterS * 1000);
            expect(limiter.take('d')).toBe(0);
            passed.push(clock.now());
          }
        }
        for (const [i, from] of passed.entries())
          for (let j = i; j < passed.length; j++)
            expect(j - i + 1).toBeLessThanOrEqual(burst + ((passed[j]! - from) / 1000) * perSecond + 1e-9);
        expect(limiter.take('another')).toBe(0);
      },
    ),
  );
});
