/** Days as the bureau counts them: Shanghai is eight hours ahead of UTC and keeps no summer time. */

export const dayMs = 86_400_000;
export const shanghaiMs = 8 * 3_600_000;

/** The day of an instant, YYYY-MM-DD. */
export const dayOf = (atMs: number): string => new Date(atMs + shanghaiMs).toISOString().slice(0, 10);

/** When a day (YYYY-MM-DD) begins, ms since 1970. */
export const dayStartMs = (day: string): number => Date.parse(`${day}T00:00:00Z`) - shanghaiMs;

/** Monday of the week of an instant, YYYY-MM-DD. */
export function mondayOf(atMs: number): string {
  const midnight = Date.parse(`${dayOf(atMs)}T00:00:00Z`);
  const sinceMonday = (new Date(midnight).getUTCDay() + 6) % 7;
  return new Date(midnight - sinceMonday * dayMs).toISOString().slice(0, 10);
}
