/** What a station has to do and has done today. Pure; instants in ms. */
import { risks } from '#contract/kinds.ts';
import type { OrderView } from '#contract/order.ts';
import { isOpenOrder } from '#domain/loop/order.ts';
import type { WorldOrder } from '#domain/loop/world.ts';
import type { World, WorldIncident } from '#domain/world.ts';
import { clocksOf } from '../desk/loop/order-steps.ts';

export interface StationOrder {
  incident: WorldIncident;
  order: WorldOrder;
  /** When the first of its running clocks is due; null without any. */
  dueAt: number | null;
}

/** Open orders of a station: new ones first, then what is due first; without clocks the higher risk, then the older. */
export function stationQueue(incidents: World['incidents'], stationId: string): StationOrder[] {
  const all = Object.values(incidents).flatMap(incident =>
    Object.values(incident.loop.orders)
      .filter(order => order.stationId === stationId && isOpenOrder(order))
      .map(order => ({ incident, order, dueAt: firstDue(incident, order) })),
  );
  return all.toSorted(
    (a, b) =>
      Number(b.order.state === 'issued') - Number(a.order.state === 'issued') ||
      (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) ||
      risks.indexOf(a.incident.risk) - risks.indexOf(b.incident.risk) ||
      a.order.id.localeCompare(b.order.id),
  );
}

function firstDue(incident: WorldIncident, order: WorldOrder): number | null {
  const [first] = clocksOf(incident, order);
  return first ? Date.parse(first.dueAt) : null;
}

/** Changes whenever something does that the server tells more of than the live world: names and words. */
export const versionOf = (incidents: World['incidents'], stationId: string): string =>
  Object.values(incidents)
    .flatMap(({ loop }) => Object.values(loop.orders))
    .filter(order => order.stationId === stationId)
    .map(({ id, state, officerIds }) => `${id}${state}${officerIds.join()}`)
    .sort()
    .join(' ');

interface StationFigures {
  issued: number;
  met: number;
  open: number;
  breached: number;
}

/** Of the orders that are the station's: those of the day that began at `dayMs`, and what is still open of any day. */
export function figuresOf(orders: readonly OrderView[], dayMs: number, nowMs: number): StationFigures {
  const held = orders.filter(({ state }) => state !== 'handedOver' && state !== 'cancelled');
  const today = (at: string | null) => at !== null && Date.parse(at) >= dayMs;
  const counted = held.filter(order => isOpenOrder(order) || today(order.issuedAt));
  return {
    issued: held.filter(({ issuedAt }) => today(issuedAt)).length,
    met: held.filter(({ metAt }) => today(metAt)).length,
    open: held.filter(isOpenOrder).length,
    breached: counted.filter(order => isTooLate(order, nowMs)).length,
  };
}

/** She was met after the time, or has not been met and the time is over. */
export const isTooLate = (
  { meetDueAt, metAt }: Pick<OrderView, 'meetDueAt' | 'metAt'>,
  nowMs: number,
): boolean => meetDueAt !== null && (metAt === null ? nowMs : Date.parse(metAt)) > Date.parse(meetDueAt);

/** What ended since `dayMs`, the last first. */
export const endedSince = (orders: readonly OrderView[], dayMs: number): OrderView[] =>
  orders
    .filter(({ endedAt }) => endedAt !== null && Date.parse(endedAt) >= dayMs)
    .toSorted((a, b) => Date.parse(b.endedAt!) - Date.parse(a.endedAt!) || b.id.localeCompare(a.id));
