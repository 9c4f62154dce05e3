/** Chance without state: every draw is a function of its name, so that no order of work can change it. */

/** A well mixed 32-bit number from up to four integers (FNV-1a with the finalizer of MurmurHash3). */
export function hashOf(a: number, b = 0, c = 0, d = 0): number {
  return mix(mix(mix(mix(0x811c9dc5, a), b), c), d) >>> 0;
}

function mix(before: number, part: number): number {
  let hash = Math.imul(before ^ (part | 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 13), 0x5bd1e995);
  return hash ^ (hash >>> 15);
}

/** Uniform in [0, 1). */
export const uniformOf = (a: number, b = 0, c = 0, d = 0): number => hashOf(a, b, c, d) / 4294967296;

/**
 * Point `k` of an evenly spread sequence, turned by `shift`: the additive recurrence of Roberts (2018) in five
 * dimensions, whose few points cover the range better than random ones do.
 */
export function spreadOf(k: number, dimension: number, shift: number): number {
  const at = shift + (k + 1) * steps[dimension]!;
  return at - Math.floor(at);
}

/** Powers of 1 ÷ the root of x⁶ = x + 1. */
const steps = [1, 2, 3, 4, 5].map(power => 1.1347241384015194 ** -power);

const quantiles = Float64Array.from({ length: 2048 }, (_, i) => normalQuantile((i + 0.5) / 2048));

/** The standard normal quantile of u in [0, 1), in 2048 steps: ± 3.5 at most. */
export const normalOf = (u: number): number => quantiles[Math.min(2047, Math.floor(u * 2048))]!;

/** Φ(x), by the logistic approximation of Bowling et al. (2009): within 0.0002. */
export const normalShare = (x: number): number => 1 / (1 + Math.exp(-1.5976 * x - 0.07056 * x ** 3));

/** Inverse of Φ by bisection; only for the table. */
function normalQuantile(u: number): number {
  let [low, high] = [-6, 6];
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < u) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Abramowitz & Stegun 26.2.17: within 7.5e-8. */
function normalCdf(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const tail =
    ((((1.330274429 * t - 1.821255978) * t + 1.781477937) * t - 0.356563782) * t + 0.31938153) *
    t *
    (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI));
  return x > 0 ? 1 - tail : tail;
}
