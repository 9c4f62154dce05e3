/** What can be done with an order next, as far as the screen offers it. Pure. */
import type { OrderState } from '#contract/kinds.ts';
import { isOpenOrder, orderStatesBefore } from '#domain/loop/order.ts';
import type { WorldClock, WorldOrder } from '#domain/loop/world.ts';
import type { WorldIncident } from '#domain/world.ts';

/** `reroute` is the centre's, `handOver` the station's own way to another station. */
export type OrderVerb =
  | 'acknowledge'
  | 'assign'
  | 'underWay'
  | 'meet'
  | 'feedback'
  | 'handOver'
  | 'reroute'
  | 'cancel';

const targets: Record<Exclude<OrderVerb, 'assign'>, Exclude<OrderState, 'issued'>> = {
  acknowledge: 'acknowledged',
  underWay: 'underWay',
  meet: 'met',
  feedback: 'fedBack',
  handOver: 'handedOver',
  reroute: 'handedOver',
  cancel: 'cancelled',
};

export const canDo = (verb: OrderVerb, order: Pick<WorldOrder, 'state'>): boolean =>
  verb === 'assign'
    ? isOpenOrder(order) && order.state !== 'met'
    : orderStatesBefore(targets[verb]).includes(order.state);

/** The one thing that an open order waits for. */
export function nextVerb({ state, officerIds }: Pick<WorldOrder, 'state' | 'officerIds'>): OrderVerb | null {
  switch (state) {
    case 'issued':
      return 'acknowledge';
    case 'acknowledged':
      return officerIds.length === 0 ? 'assign' : 'underWay';
    case 'underWay':
      return 'meet';
    case 'met':
      return 'feedback';
    default:
      return null;
  }
}

/** An incident's orders, the open one first, then the newest. */
export const ordersInTurn = (orders: Readonly<Record<string, WorldOrder>>): WorldOrder[] =>
  Object.values(orders).toSorted(
    (a, b) => Number(isOpenOrder(b)) - Number(isOpenOrder(a)) || b.id.localeCompare(a.id),
  );

/** Changes with everything that the server tells of orders beyond the live world. */
export const versionOfOrders = (orders: readonly WorldOrder[]): string =>
  orders.map(({ id, state, officerIds }) => `${id}:${state}:${officerIds.join(',')}`).join(' ');

/** The clocks that an order waits under, the most pressing first: its own, and its incident's for the meeting. */
export const clocksOf = ({ loop }: WorldIncident, { id }: Pick<WorldOrder, 'id'>): WorldClock[] =>
  Object.values(loop.clocks)
    .filter(({ kind, refId, stoppedAt }) => stoppedAt === null && (refId === id || kind === 'meeting'))
    .toSorted((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt));
