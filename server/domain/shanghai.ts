/** Days as the bureau counts them: Shanghai is eight hours ahead of UTC and keeps no summer time. */

export const dayMs = 86_400_000;
export const shanghaiMs = 8 * 3_600_000;

/** The day of an instant, YYYY-MM-DD. */
export const dayOf = (atMs: number): string => new Date(atMs + shanghaiMs).toISOString().slice(0, 10);

/** When a day (YYYY-MM-DD) begins, ms since 1970. */
export const dayStartMs = (day: string): number => Date.parse(`${day}T00:00:00Z`) - shanghaiMs;
