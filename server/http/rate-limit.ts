import { CodedError } from '#contract/errors.ts';
import type { Clock } from '../clock.ts';

export interface RateLimit {
  /** Requests that may come at once. */
  burst: number;
  /** Requests a second that may come for ever. */
  perSecond: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

/** Full buckets are forgotten when there are more than this. */
const sweepAbove = 20_000;

/** A token bucket for each key: a device that went wild costs no more than a fast one. */
export class RateLimiter {
  readonly #buckets = new Map<string, Bucket>();
  readonly #clock: Clock;
  readonly #limit: RateLimit;

  constructor(clock: Clock, limit: RateLimit) {
    this.#clock = clock;
    this.#limit = limit;
  }

  /** Counts one request. Returns 0 when it may pass, else the seconds after which the next one may. */
  take(key: string): number {
    const { burst, perSecond } = this.#limit;
    const at = this.#clock.now();
    const bucket = this.#buckets.get(key) ?? { tokens: burst, at };
    const elapsedS = Math.max(0, at - bucket.at) / 1000;
    const tokens = Math.min(burst, bucket.tokens + elapsedS * perSecond);
    const passes = tokens >= 1;
    this.#buckets.set(key, { tokens: passes ? tokens - 1 : tokens, at });
    if (this.#buckets.size > sweepAbove) this.#sweep(at);
    return passes ? 0 : Math.max(1, Math.ceil((1 - tokens) / perSecond));
  }

  /** As `take`; throws tooManyRequests with `message` when it may not pass. */
  require(key: string, message: string): void {
    const retryAfterS = this.take(key);
    if (retryAfterS > 0) throw new CodedError('tooManyRequests', message, { retryAfterS });
  }

  #sweep(at: number): void {
    const { burst, perSecond } = this.#limit;
    for (const [key, bucket] of this.#buckets) {
      if (bucket.tokens + ((at - bucket.at) / 1000) * perSecond >= burst) this.#buckets.delete(key);
    }
  }
}
