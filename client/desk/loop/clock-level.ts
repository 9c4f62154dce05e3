import type { WorldClock } from '#domain/loop/world.ts';

/** `over`: its time is over; `soon`: it warns; `foreseen`: what remains will take too long. */
export type ClockLevel = 'fine' | 'foreseen' | 'soon' | 'over';

/** How a running clock stands at `nowMs`, whether or not the server has said so yet. */
export function levelOf(
  { dueAt, warnAt, breached, forecast }: Pick<WorldClock, 'dueAt' | 'warnAt' | 'breached' | 'forecast'>,
  nowMs: number,
): ClockLevel {
  if (breached || nowMs >= Date.parse(dueAt)) return 'over';
  if (nowMs >= Date.parse(warnAt)) return 'soon';
  return forecast?.breach ? 'foreseen' : 'fine';
}

/** The clocks that run, the one that is due first in front. */
export const runningClocks = (clocks: readonly WorldClock[]): WorldClock[] =>
  clocks
    .filter(({ stoppedAt }) => stoppedAt === null)
    .toSorted((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt));

/** How a running clock stands at `nowMs`: seconds that are left (negative: over), and the share of its time that is. */
export function standingOf(
  clock: WorldClock,
  nowMs: number,
): { level: ClockLevel; leftS: number; share: number } {
  const [startMs, dueMs] = [Date.parse(clock.startedAt), Date.parse(clock.dueAt)];
  const leftMs = dueMs - nowMs;
  return { level: levelOf(clock, nowMs), leftS: leftMs / 1000, share: leftMs / Math.max(1, dueMs - startMs) };
}

/** The running clock that is due first and not over; where all are over, the one that has been for the shortest time. */
export function nextClock(clocks: readonly WorldClock[], nowMs: number): WorldClock | undefined {
  const running = runningClocks(clocks);
  return running.find(({ dueAt }) => Date.parse(dueAt) >= nowMs) ?? running.at(-1);
}
