const firstMs = 1000;
const longestMs = 30_000;

/**
 * How long to wait before retry number `attempt` (0 for the first), in ms: doubling from 1 s to 30 s, of which a
 * random half is dropped so that a room full of screens does not come back in the same instant.
 * `random` is uniform in [0, 1).
 */
export function retryDelayMs(attempt: number, random: number): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 10));
  return full * (0.5 + 0.5 * random);
}
