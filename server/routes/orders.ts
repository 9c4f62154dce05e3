import { createRoute } from '@hono/zod-openapi';
import {
  assignBodySchema,
  cancelBodySchema,
  feedbackBodySchema,
  issueBodySchema,
  moveBodySchema,
  orderHandOverSchema,
  orderQuerySchema,
  orderReplySchema,
  orderViewSchema,
} from '#contract/order.ts';
import { listOf } from '#contract/reference.ts';
import { listOrders } from '../../db/queries/loop/orders.ts';
import type { Action } from '../auth/policy.ts';
import { contextOf, listReach } from '../auth/reach.ts';
import type { AppDeps } from '../deps.ts';
import { page } from '../http/page.ts';
import { loadIncident } from '../services/incident/load.ts';
import { assignOrder } from '../services/order/assign.ts';
import { cancelOrder } from '../services/order/end.ts';
import { feedBack } from '../services/order/feedback.ts';
import { handOverOrder } from '../services/order/hand-over.ts';
import { chooseStation } from '../services/order/issue.ts';
import { advanceOrder } from '../services/order/move.ts';
import type { Done } from '../services/unit-of-work.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

const issue = createRoute({
  method: 'post',
  path: '/api/incidents/{id}/orders',
  summary: 'Have a station meet the subject; an open order of another station is taken over from it',
  ...guarded('order.issue'),
  request: { ...byId, body: { ...jsonBody(issueBodySchema), required: false } },
  responses: { 201: jsonReply('Issued', orderReplySchema), ...refusals },
});
const ofIncident = createRoute({
  method: 'get',
  path: '/api/incidents/{id}/orders',
  summary: 'All orders of an incident, newest first',
  ...guarded('order.read'),
  request: byId,
  responses: { 200: jsonReply('Orders', listOf(orderViewSchema)), ...refusals },
});
const list = createRoute({
  method: 'get',
  path: '/api/orders',
  summary: 'Orders within reach, newest first',
  ...guarded('order.read'),
  request: { query: orderQuerySchema },
  responses: { 200: jsonReply('Orders', listOf(orderViewSchema)), ...refusals },
});

const moving = <Path extends string>(path: Path, summary: string) =>
  createRoute({
    method: 'post',
    path,
    summary,
    ...guarded('order.answer'),
    request: { ...byId, body: { ...jsonBody(moveBodySchema), required: false } },
    responses: { 200: jsonReply('Recorded', orderReplySchema), ...refusals },
  });
const acknowledge = moving('/api/orders/{id}/acknowledge', 'The station has read its order');
const underWay = moving('/api/orders/{id}/underWay', 'Officers are on their way to her');

const saying = <Path extends string, Body extends Parameters<typeof jsonBody>[0]>(
  path: Path,
  summary: string,
  action: Action,
  body: Body,
) =>
  createRoute({
    method: 'post',
    path,
    summary,
    ...guarded(action),
    request: { ...byId, body: jsonBody(body) },
    responses: { 200: jsonReply('Recorded', orderReplySchema), ...refusals },
  });
const assign = saying(
  '/api/orders/{id}/assign',
  'Say who goes: officers of the station, at least one of them sworn',
  'order.answer',
  assignBodySchema,
);
const feedback = saying(
  '/api/orders/{id}/feedback',
  'What came of it; the order ends',
  'order.answer',
  feedbackBodySchema,
);
const handOver = saying(
  '/api/orders/{id}/handOver',
  "Hand it to another station, or to another county's bureau; the answer names the order in its place",
  'order.handOver',
  orderHandOverSchema,
);
const cancel = saying('/api/orders/{id}/cancel', 'Take the order back', 'order.issue', cancelBodySchema);

/** An incident has a handful of orders: they are shown all at once. */
const mostOfIncident = 1000;

export const orderRoutes = (deps: AppDeps) =>
  resource()
    .openapi(issue, async c => {
      const call = await callOf(c, 201);
      const done = await chooseStation(deps, call, c.req.valid('param').id, c.req.valid('json'));
      return c.json(said(done), 201);
    })
    .openapi(ofIncident, async c => {
      const actor = c.get('actor');
      const { id: incidentId } = c.req.valid('param');
      const items = await deps.database.read(async tx => {
        await loadIncident(tx, actor, 'order.read', incidentId);
        return listOrders(tx, { incidentId, limit: mostOfIncident });
      }, contextOf(actor));
      return c.json({ items, nextCursor: null }, 200);
    })
    .openapi(list, async c => {
      const actor = c.get('actor');
      const { cursor: before, limit, station: stationId, ...query } = c.req.valid('query');
      const reach = listReach(actor, 'order.read');
      const within = reach === 'all' ? undefined : reach;
      const filter = { ...query, stationId, within, before, limit: limit + 1 };
      const found = await deps.database.read(tx => listOrders(tx, filter), contextOf(actor));
      return c.json(page(found, limit), 200);
    })
    .openapi(acknowledge, async c => {
      const call = await callOf(c, 200);
      const { observedAt } = c.req.valid('json');
      return c.json(
        said(await advanceOrder(deps, call, c.req.valid('param').id, 'acknowledged', observedAt)),
        200,
      );
    })
    .openapi(underWay, async c => {
      const call = await callOf(c, 200);
      const { observedAt } = c.req.valid('json');
      return c.json(
        said(await advanceOrder(deps, call, c.req.valid('param').id, 'underWay', observedAt)),
        200,
      );
    })
    .openapi(assign, async c => {
      const call = await callOf(c, 200);
      const { officerIds } = c.req.valid('json');
      return c.json(said(await assignOrder(deps, call, c.req.valid('param').id, officerIds)), 200);
    })
    .openapi(feedback, async c => {
      const call = await callOf(c, 200);
      return c.json(said(await feedBack(deps, call, c.req.valid('param').id, c.req.valid('json'))), 200);
    })
    .openapi(handOver, async c => {
      const call = await callOf(c, 200);
      return c.json(said(await handOverOrder(deps, call, c.req.valid('param').id, c.req.valid('json'))), 200);
    })
    .openapi(cancel, async c => {
      const call = await callOf(c, 200);
      const { reason } = c.req.valid('json');
      return c.json(said(await cancelOrder(deps, call, c.req.valid('param').id, reason)), 200);
    });

const said = ({ reply, seq }: Done<{ orderId: string }>) => ({ ...reply, seq });
