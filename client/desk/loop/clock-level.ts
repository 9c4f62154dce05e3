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
