/** Clocks that somebody of a role must see to: overdue, about to be, or foreseen to be. Pure. */
import type { Role } from '#contract/incident.ts';
import { escalation } from '#domain/loop/clock.ts';
import type { WorldClock } from '#domain/loop/world.ts';
import type { World } from '#domain/world.ts';
import { type ClockLevel, levelOf } from '../loop/clock-level.ts';

export interface Pressing {
  incidentId: string;
  number: number;
  clock: WorldClock;
  level: Exclude<ClockLevel, 'fine'>;
  /** A clock that gets worse must be seen to again. */
  key: string;
}

const order: readonly ClockLevel[] = ['over', 'foreseen', 'soon'];

/** The worst first, of those the longest waiting. */
export function pressing(incidents: World['incidents'], role: Role, nowMs: number): Pressing[] {
  const found = Object.values(incidents).flatMap(({ id: incidentId, number, state, loop }) =>
    state === 'closed'
      ? []
      : Object.values(loop.clocks).flatMap((clock): Pressing[] => {
          if (clock.stoppedAt !== null) return [];
          const level = levelOf(clock, nowMs);
          if (level === 'fine') return [];
          const { warning, breach } = escalation[clock.kind];
          if (!(level === 'soon' ? warning : breach).includes(role)) return [];
          return [{ incidentId, number, clock, level, key: `${clock.id} ${level}` }];
        }),
  );
  return found.toSorted(
    (a, b) =>
      order.indexOf(a.level) - order.indexOf(b.level) ||
      Date.parse(a.clock.dueAt) - Date.parse(b.clock.dueAt),
  );
}
