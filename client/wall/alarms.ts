/**
 * What the wall calls out. An alarm is something that somebody has to do now and that nobody has said to be doing; all
 * else is shown where it belongs and stays quiet. Pure.
 */
import type { CallReason, ClockKind } from '#contract/kinds.ts';
import type { WorldIncident } from '#domain/world.ts';
import { openCalls } from '../desk/leader-calls/open-calls.ts';
import { levelOf } from '../desk/loop/clock-level.ts';

/**
 * 1: her money or her safety may be lost within minutes (a leader is called and has not answered; stop-payment or meeting
 * overdue). 2: a step is overdue. 3: a step will be late as things go: counted, never called out. 1 and 2 sound, once each.
 */
export type Priority = 1 | 2 | 3;

export interface Alarm {
  /** The same alarm keeps its key; one that gets worse has another. */
  key: string;
  incidentId: string;
  number: number;
  priority: Priority;
  /** Since when, ms. */
  sinceMs: number;
  what: { call: readonly CallReason[] } | { clock: ClockKind; level: 'over' | 'foreseen'; dueMs: number };
}

/** Clocks whose breach may cost her the money. */
const grave: readonly ClockKind[] = ['stopPayment', 'meeting'];

/** The gravest first, of those the one that has waited longest. */
export function alarmsOf(incidents: Readonly<Record<string, WorldIncident>>, nowMs: number): Alarm[] {
  const calls = openCalls(incidents).map(
    ({ incidentId, number, callIds, reasons, calledAt }): Alarm => ({
      key: `call ${callIds.join(' ')}`,
      incidentId,
      number,
      priority: 1,
      sinceMs: Date.parse(calledAt),
      what: { call: reasons },
    }),
  );
  const clocks = Object.values(incidents)
    .filter(({ state }) => state === 'open')
    .flatMap(incident => clockAlarms(incident, nowMs));
  return [...calls, ...clocks].toSorted(
    (a, b) => a.priority - b.priority || a.sinceMs - b.sinceMs || a.key.localeCompare(b.key),
  );
}

function clockAlarms({ id: incidentId, number, loop }: WorldIncident, nowMs: number): Alarm[] {
  return Object.values(loop.clocks).flatMap((clock): Alarm[] => {
    if (clock.stoppedAt !== null) return [];
    const level = levelOf(clock, nowMs);
    if (level !== 'over' && level !== 'foreseen') return [];
    const dueMs = Date.parse(clock.dueAt);
    const priority = level === 'foreseen' ? 3 : grave.includes(clock.kind) ? 1 : 2;
    const sinceMs = level === 'over' ? dueMs : Date.parse(clock.startedAt);
    const what = { clock: clock.kind, level, dueMs };
    return [{ key: `${clock.id} ${level}`, incidentId, number, priority, sinceMs, what }];
  });
}

/** The gravest priority among the alarms whose keys nobody has heard yet; null when all are known. */
export function unheard(alarms: readonly Alarm[], heard: ReadonlySet<string>): Priority | null {
  return alarms.reduce<Priority | null>(
    (gravest, { key, priority }) =>
      heard.has(key) || (gravest !== null && gravest <= priority) ? gravest : priority,
    null,
  );
}
