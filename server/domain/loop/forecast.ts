/** When what remains of a clock's work will be done, from its steps. Pure: predicted breaches come of it. */
import type { WorldIncident } from '../world.ts';
import { isOpenOrder } from './order.ts';
import type { WorldClock, WorldOrder } from './world.ts';

/** How long a step takes when nobody knows better, seconds; medians of the log take their place when there are enough. */
export interface StepTimes {
  /** Each of the two keys under a trace request. */
  askS: number;
  requestStopS: number;
  bankAnswerS: number;
  acknowledgeS: number;
  setOutS: number;
  /** To her door, once under way; a plan's arrival takes its place. */
  travelS: number;
  /** From the meeting to the feedback: the five steps. */
  feedbackS: number;
  closeS: number;
}

export const usualTimes: StepTimes = {
  askS: 20,
  requestStopS: 90,
  bankAnswerS: 240,
  acknowledgeS: 60,
  setOutS: 180,
  travelS: 12 * 60,
  feedbackS: 15 * 60,
  closeS: 10 * 60,
};

/** How long a step took in the middle, seconds, and how often it was seen. */
export interface StepMedian {
  count: number;
  medianS: number;
}

/** Fewer than these say nothing of the next one. */
const leastSeen = 20;

/** The usual times, and what the log says in their place where it has seen a step often enough. */
export function learnedTimes(seen: readonly (StepMedian & { step: keyof StepTimes })[]): StepTimes {
  const often = seen.filter(({ count }) => count >= leastSeen);
  return { ...usualTimes, ...Object.fromEntries(often.map(({ step, medianS }) => [step, medianS])) };
}

/** A step that should be over by now takes at least so long from now, seconds. */
const leastS = 15;

export interface ForecastNow {
  nowMs: number;
  /** When the first unit will be where she most likely is; undefined: no plan knows. */
  arrivalMs?: number | undefined;
  times?: StepTimes;
}

/** When the clock's work will be done, ms; null where nobody can tell. */
export function forecastMs(incident: WorldIncident, clock: WorldClock, now: ForecastNow): number | null {
  const { nowMs, times = usualTimes } = now;
  const { loop } = incident;
  const after = (fromMs: number, seconds: number) => Math.max(fromMs + seconds * 1000, nowMs + leastS * 1000);
  switch (clock.kind) {
    case 'traceSent': {
      const asked = Object.values(loop.requests).some(({ state }) => state === 'asked');
      return nowMs + (asked ? 1 : 2) * times.askS * 1000;
    }
    case 'stopPayment': {
      const waiting = Object.values(loop.stops).filter(({ state }) => state === 'requested');
      if (waiting.length === 0) return nowMs + (times.requestStopS + times.bankAnswerS) * 1000;
      return Math.max(...waiting.map(({ requestedAt }) => after(Date.parse(requestedAt), times.bankAnswerS)));
    }
    case 'acknowledge':
    case 'underWay': {
      const order = clock.refId === null ? undefined : loop.orders[clock.refId];
      if (!order) return null;
      const acknowledgedMs = acknowledged(order, after, times);
      return clock.kind === 'acknowledge' ? acknowledgedMs : after(acknowledgedMs, times.setOutS);
    }
    case 'meeting':
      return meetingMs(incident, after, now);
    case 'feedback':
      return after(Date.parse(clock.startedAt), times.feedbackS);
    case 'sameDay': {
      const fedBackMs = fedBack(loop);
      if (fedBackMs !== null) return after(fedBackMs, times.closeS);
      const met = metTimes(loop);
      const metMs = met.length > 0 ? Math.max(...met) : meetingMs(incident, after, now);
      return metMs === null ? null : after(metMs, times.feedbackS + times.closeS);
    }
  }
}

/** When somebody met her: by the meetings, and by orders that say so without one. */
const metTimes = ({ meetings, orders }: WorldIncident['loop']): number[] =>
  [
    ...Object.values(meetings).map(({ at }) => at),
    ...Object.values(orders).flatMap(({ at }) => at.met ?? []),
  ].map(at => Date.parse(at));

/** When the last order was fed back, where none is open any more: what is left is closing. */
function fedBack({ orders }: WorldIncident['loop']): number | null {
  const all = Object.values(orders);
  if (all.some(isOpenOrder)) return null;
  const times = all.flatMap(({ at }) => (at.fedBack ? [Date.parse(at.fedBack)] : []));
  return times.length > 0 ? Math.max(...times) : null;
}

type After = (fromMs: number, seconds: number) => number;

const acknowledged = ({ at, issuedAt }: WorldOrder, after: After, times: StepTimes): number =>
  at.acknowledged === undefined
    ? after(Date.parse(issuedAt), times.acknowledgeS)
    : Date.parse(at.acknowledged);

/** Whoever is quicker: the station's order, or the crew that the plan sends. */
function meetingMs(
  { loop }: WorldIncident,
  after: After,
  { arrivalMs, times = usualTimes }: ForecastNow,
): number | null {
  const order = Object.values(loop.orders).find(
    ({ state }) => state === 'issued' || state === 'acknowledged' || state === 'underWay',
  );
  if (!order) return arrivalMs ?? null;
  const acknowledgedMs = acknowledged(order, after, times);
  const setOutMs =
    order.at.underWay === undefined ? after(acknowledgedMs, times.setOutS) : Date.parse(order.at.underWay);
  return Math.min(after(setOutMs, times.travelS), arrivalMs ?? Number.POSITIVE_INFINITY);
}
