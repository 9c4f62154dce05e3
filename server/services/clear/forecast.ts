import type { ClearItem } from '#contract/clear.ts';
import type { ClearRow } from '../../../db/queries/loop/clear.ts';

const minuteMs = 60_000;
/** What each step may take: acknowledged within 5 minutes of the order, under way within 10 of that, fed back within 30 of the meeting. */
const stepMs = { acknowledge: 5 * minuteMs, underWay: 10 * minuteMs, feedback: 30 * minuteMs };
/** From setting out to the door, where no due time is left to go by: the middle of a drive across the county. */
const driveMs = 30 * minuteMs;

/**
 * When an open incident will be cleared. The same-day clock knows the plan of her search; where it has said nothing, the rule:
 * each step that is left takes its whole time limit, and no meeting that is not overdue comes before it is due. Without an order nobody can say
 * when, and that is a breach. `over`: the day has ended.
 */
export function forecastOf(
  { order, clock }: ClearRow,
  { nowMs, hourMs, over }: { nowMs: number; hourMs: number; over: boolean },
): NonNullable<ClearItem['forecast']> {
  const iso = (ms: number) => new Date(ms).toISOString();
  if (clock && clock.forecastMs !== null)
    return { doneAt: iso(clock.forecastMs), breach: clock.breach || over, basis: 'clock' };
  const doneMs = order ? byRule(order, nowMs) : null;
  return {
    doneAt: doneMs === null ? null : iso(doneMs),
    breach: over || doneMs === null || doneMs > (clock?.dueMs ?? hourMs),
    basis: 'rule',
  };
}

function byRule(order: NonNullable<ClearRow['order']>, nowMs: number): number | null {
  switch (order.state) {
    case 'issued':
    case 'acknowledged':
    case 'underWay': {
      const left =
        (order.state === 'issued' ? stepMs.acknowledge : 0) +
        (order.state === 'underWay' ? 0 : stepMs.underWay) +
        driveMs;
      return Math.max(nowMs + left, order.meetDueMs ?? 0) + stepMs.feedback;
    }
    case 'met':
      return Math.max(nowMs, (order.metMs ?? nowMs) + stepMs.feedback);
    default:
      return null;
  }
}
