import type { Clock } from '../../server/clock.ts';

const dayMs = 86_400_000;

/** The beginning of one of two closed UTC days before the clock's day: number 0 or 1. */
export const closedDayMs = (clock: Clock, number: 0 | 1): number =>
  (Math.floor(clock.now() / dayMs) - 5 + number) * dayMs;
