import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderStates, risks } from '#contract/kinds.ts';
import type { OrderView } from '#contract/order.ts';
import { isOpenOrder } from '#domain/loop/order.ts';
import { emptyLoop, type WorldClock, type WorldOrder } from '#domain/loop/world.ts';
import type { WorldIncident } from '#domain/world.ts';
import { canDo, nextVerb } from '../../../client/desk/loop/order-steps.ts';
import { endedSince, figuresOf, stationQueue } from '../../../client/station/station-orders.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 1, minute)).toISOString();
const order = (id: string, more: Partial<WorldOrder> = {}): WorldOrder => ({
  id,
  stationId: 's1',
  basis: 'home',
  replaces: null,
  state: 'issued',
  issuedAt: at(0),
  changedAt: at(0),
  at: { issued: at(0) },
  officerIds: [],
  sworn: 0,
  ...more,
});
const clock = (refId: string, dueMinute: number, stopped: boolean): WorldClock => ({
  id: `clk-${refId}`,
  kind: 'underWay',
  refId,
  startedAt: at(0),
  warnAt: at(dueMinute),
  dueAt: at(dueMinute),
  warned: false,
  breached: false,
  stoppedAt: stopped ? at(1) : null,
  outcome: stopped ? 'met' : null,
});
const incident = (
  id: string,
  risk: WorldIncident['risk'],
  held: WorldOrder,
  due: WorldClock,
): WorldIncident => ({
  id,
  number: 1,
  risk,
  scamType: 'loan',
  state: 'open',
  stationId: 's1',
  stationBasis: 'jurisdiction',
  openedAt: at(0),
  closedAt: null,
  outcome: null,
  amount: null,
  alertCount: 1,
  lastAlertAt: at(0),
  members: [],
  authorities: {},
  sightings: {},
  loop: { ...emptyLoop, orders: { [held.id]: held }, clocks: { [due.id]: due } },
});

describe("a station's queue", () => {
  const some = fc.array(
    fc.record({
      state: fc.constantFrom(...orderStates),
      stationId: fc.constantFrom('s1', 's2'),
      risk: fc.constantFrom(...risks),
      due: fc.nat(59),
      stopped: fc.boolean(),
    }),
    { maxLength: 15 },
  );

  it('holds its open orders alone: new ones on top, then what is due first', () => {
    fc.assert(
      fc.property(some, parts => {
        const all = parts.map(({ risk, due, stopped, ...rest }, i) =>
          incident(`i${i}`, risk, order(`o${i}`, rest), clock(`o${i}`, due, stopped)),
        );
        const queue = stationQueue(Object.fromEntries(all.map(each => [each.id, each])), 's1');
        const wanted = parts.filter(part => part.stationId === 's1' && isOpenOrder(part));
        expect(queue).toHaveLength(wanted.length);
        queue.slice(1).forEach((next, i) => {
          const before = queue[i]!;
          const [a, b] = [before, next].map(each => Number(each.order.state !== 'issued'));
          expect(a! < b! || (a === b && (before.dueAt ?? Infinity) <= (next.dueAt ?? Infinity))).toBe(true);
        });
      }),
    );
  });

  it('offers as the next step only what the order can do', () => {
    for (const state of orderStates)
      for (const officerIds of [[], ['off-1']]) {
        const next = nextVerb({ state, officerIds });
        if (next) expect(canDo(next, { state })).toBe(true);
        expect(next === null).toBe(!isOpenOrder({ state }));
      }
  });
});

describe("a station's day", () => {
  const view = (id: string, more: Partial<OrderView>): OrderView => ({
    id,
    incidentId: 'i',
    incidentNumber: 1,
    stationId: 's1',
    basis: 'home',
    replaces: null,
    state: 'issued',
    issuedAt: at(10),
    meetDueAt: at(40),
    acknowledgedAt: null,
    assignedAt: null,
    underWayAt: null,
    metAt: null,
    fedBackAt: null,
    endedAt: null,
    officers: [],
    reason: null,
    note: null,
    ...more,
  });
  const midnight = Date.parse(at(5));
  const orders = [
    view('new', {}),
    view('in time', { state: 'fedBack', metAt: at(39), endedAt: at(45) }),
    view('too late', { state: 'met', metAt: at(41) }),
    view('not met', { state: 'fedBack', meetDueAt: at(59), endedAt: at(50) }),
    view('handed over', { state: 'handedOver', endedAt: at(20) }),
    view('of yesterday', { state: 'underWay', issuedAt: at(0), meetDueAt: at(4) }),
    view('done yesterday', { state: 'fedBack', issuedAt: at(0), metAt: at(3), endedAt: at(4) }),
  ];

  it('counts what it was given today, and what is open or too late of any day', () => {
    expect(figuresOf(orders, midnight, Date.parse(at(40)))).toEqual({
      issued: 4,
      met: 2,
      open: 3,
      breached: 2,
    });
    expect(figuresOf(orders, midnight, Date.parse(at(41))).breached).toBe(3);
  });

  it('tells what ended today, the last first', () => {
    expect(endedSince(orders, midnight).map(({ id }) => id)).toEqual(['not met', 'in time', 'handed over']);
  });
});
