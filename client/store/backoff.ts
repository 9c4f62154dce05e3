const firstMs = 1000;
/** No longer: a wall is right again within seconds of its server, and a centre has few screens. */
const longestMs = 4000;

/**
 * How long to wait before retry number `attempt` (0 for the first), in ms: doubling from 1 s to 4 s, of which a
 * random half is dropped so that a room full of screens does not come back in the same instant.
 * `random` is uniform in [0, 1).
 */
export function retryDelayMs(attempt: number, random: number): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.min(attempt, 10));
  return full * (0.5 + 0.5 * random);
}
