import type { FeedbackBody, IssueBody, OrderHandOver, OrderView } from '#contract/order.ts';
import { call } from './http.ts';

export type { OrderHandOver, OrderView };

const at = (orderId: string, rest: string) => `/api/orders/${encodeURIComponent(orderId)}/${rest}`;
const ofIncident = (incidentId: string) => `/api/incidents/${encodeURIComponent(incidentId)}/orders`;

interface Page {
  items: OrderView[];
  nextCursor: string | null;
}

export const fetchOrders = async (incidentId: string, signal: AbortSignal): Promise<OrderView[]> =>
  (await call<Page>('GET', ofIncident(incidentId), { signal })).items;

/** All orders of a station that are open, and those that were issued at or after an instant. */
export async function fetchStationOrders(
  station: string,
  from: string,
  signal: AbortSignal,
): Promise<OrderView[]> {
  const ask = (query: Record<string, string>) => allPages({ station, ...query }, signal);
  const [open, recent] = await Promise.all([ask({ state: 'open' }), ask({ from })]);
  return [...new Map([...open, ...recent].map(order => [order.id, order])).values()];
}

async function allPages(query: Record<string, string>, signal: AbortSignal): Promise<OrderView[]> {
  const found: OrderView[] = [];
  for (let cursor: string | undefined; ; ) {
    // Each page is asked for with the end of the one before.
    // oxlint-disable-next-line no-await-in-loop
    const page: Page = await call('GET', '/api/orders', { query: { ...query, limit: 500, cursor }, signal });
    found.push(...page.items);
    if (page.nextCursor === null) return found;
    cursor = page.nextCursor;
  }
}

export const issueOrder = (incidentId: string, body: Partial<IssueBody>) =>
  call<{ orderId: string }>('POST', ofIncident(incidentId), { body });
export const advanceOrder = (orderId: string, to: 'acknowledge' | 'underWay') =>
  call<unknown>('POST', at(orderId, to), { body: {} });
export const assignOrder = (orderId: string, officerIds: readonly string[]) =>
  call<unknown>('POST', at(orderId, 'assign'), { body: { officerIds } });
export const feedBack = (orderId: string, body: FeedbackBody) =>
  call<unknown>('POST', at(orderId, 'feedback'), { body });
export const handOverOrder = (orderId: string, body: OrderHandOver) =>
  call<unknown>('POST', at(orderId, 'handOver'), { body });
export const cancelOrder = (orderId: string, reason: string) =>
  call<unknown>('POST', at(orderId, 'cancel'), { body: { reason } });
