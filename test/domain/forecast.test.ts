import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecastMs, learnedTimes, type StepTimes, usualTimes } from '#domain/loop/forecast.ts';
import type { WorldClock, WorldOrder, WorldStop } from '#domain/loop/world.ts';
import { emptyLoop } from '#domain/loop/world.ts';
import type { WorldIncident } from '#domain/world.ts';

const minute = 60_000;
const t0 = Date.parse('2026-11-22T01:00:00.000Z');
const iso = (minutes: number) => new Date(t0 + minutes * minute).toISOString();

const clock = (kind: WorldClock['kind'], refId: string | null = null): WorldClock => ({
  id: 'c',
  kind,
  refId,
  startedAt: iso(0),
  warnAt: iso(20),
  dueAt: iso(30),
  warned: false,
  breached: false,
  stoppedAt: null,
  outcome: null,
});
const order = (at: WorldOrder['at'], state: WorldOrder['state']): WorldOrder => ({
  id: 'o',
  stationId: 's',
  basis: 'home',
  replaces: null,
  state,
  issuedAt: iso(0),
  changedAt: iso(0),
  at: { issued: iso(0), ...at },
  officerIds: [],
  sworn: 0,
});
const stop = (id: string, state: WorldStop['state'], minutes: number): WorldStop => ({
  id,
  bank: '农业银行',
  amount: 1,
  state,
  amountHeld: null,
  requestedAt: iso(minutes),
  changedAt: iso(minutes),
});
/** Only its loop is looked at. */
const incident = (orders: WorldOrder[], stops: WorldStop[] = []): WorldIncident =>
  ({
    loop: {
      ...emptyLoop,
      orders: Object.fromEntries(orders.map(each => [each.id, each])),
      stops: Object.fromEntries(stops.map(each => [each.id, each])),
    },
  }) as unknown as WorldIncident;

const issued = order({}, 'issued');
const acknowledged = order({ acknowledged: iso(1) }, 'acknowledged');
const underWay = order({ acknowledged: iso(1), underWay: iso(2) }, 'underWay');

describe('when the work of a clock will be done', () => {
  it('is never before now, and no later for a step that was done or a crew that is nearer', () => {
    const minutes = fc.integer({ min: 0, max: 600 });
    fc.assert(
      fc.property(minutes, fc.option(minutes, { nil: undefined }), minutes, (now, arrival, nearer) => {
        const nowMs = t0 + now * minute;
        const arrivalMs = arrival === undefined ? undefined : nowMs + arrival * minute;
        const meeting = (each: WorldOrder, byMs = arrivalMs) =>
          forecastMs(incident([each]), clock('meeting'), { nowMs, arrivalMs: byMs })!;
        expect(meeting(issued)).toBeGreaterThanOrEqual(nowMs);
        if (now >= 2) {
          expect(meeting(acknowledged)).toBeLessThanOrEqual(meeting(issued));
          expect(meeting(underWay)).toBeLessThanOrEqual(meeting(acknowledged));
        }
        const nearerMs = Math.min(arrivalMs ?? Number.POSITIVE_INFINITY, nowMs + nearer * minute);
        expect(meeting(issued, nearerMs)).toBeLessThanOrEqual(meeting(issued));
        const cleared = forecastMs(incident([issued]), clock('sameDay'), { nowMs, arrivalMs })!;
        expect(cleared).toBeGreaterThan(meeting(issued));
      }),
    );
  });

  it('nobody can tell when she is met without an order or a plan', () => {
    expect(forecastMs(incident([]), clock('meeting'), { nowMs: t0 })).toBeNull();
    const arrivalMs = t0 + 7 * minute;
    expect(forecastMs(incident([]), clock('meeting'), { nowMs: t0, arrivalMs })).toBe(arrivalMs);
  });

  it('of stop-payments is the last answer that is waited for', () => {
    const nowMs = t0 + 3 * minute;
    const [early, late] = [stop('a', 'requested', 1), stop('b', 'requested', 3)];
    const of = (...stops: WorldStop[]) => forecastMs(incident([], stops), clock('stopPayment'), { nowMs })!;
    expect(of(early, late)).toBe(of(late));
    expect(of(early, stop('b', 'confirmed', 3))).toBe(of(early));
    expect(of()).toBeGreaterThan(of(late));
  });
});

describe('how long steps take', () => {
  it('is what the log has seen twenty times, else what is usual', () => {
    expect(learnedTimes([])).toEqual(usualTimes);
    fc.assert(
      fc.property(
        fc.constantFrom(...(Object.keys(usualTimes) as (keyof StepTimes)[])),
        fc.integer({ min: 0, max: 60 }),
        fc.double({ min: 1, max: 9000, noNaN: true }),
        (step, count, medianS) => {
          const times = learnedTimes([{ step, count, medianS }]);
          expect(times).toEqual(count >= 20 ? { ...usualTimes, [step]: medianS } : usualTimes);
        },
      ),
    );
  });
});
