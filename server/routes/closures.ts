import { createRoute, z } from '@hono/zod-openapi';
import {
  closureBodySchema,
  closureReplySchema,
  closureViewSchema,
  stretchReplySchema,
} from '#contract/closure.ts';
import { lngLatQuerySchema } from '#contract/road.ts';
import { listOf } from '#contract/reference.ts';
import { closedRoads } from '../../db/queries/closures.ts';
import type { AppDeps } from '../deps.ts';
import type { Roads } from '../live/roads.ts';
import { closeRoad, type RoadNetwork, stretchAt } from '../services/closure/close-road.ts';
import { openRoad } from '../services/closure/open-road.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';
import { requireRoads } from './road-network.ts';

const close = createRoute({
  method: 'post',
  path: '/api/road/closures',
  summary: 'Close the stretch of road at a position, or all of them along a line',
  ...guarded('road.close'),
  request: { body: jsonBody(closureBodySchema) },
  responses: { 201: jsonReply('Closed', closureReplySchema), ...refusals },
});
const list = createRoute({
  method: 'get',
  path: '/api/road/closures',
  summary: 'Roads that are closed now, with the reasons',
  ...guarded('road.query'),
  responses: { 200: jsonReply('Closed roads', listOf(closureViewSchema)), ...refusals },
});
const stretch = createRoute({
  method: 'get',
  path: '/api/road/stretch',
  summary: 'The stretch of road that a position means, to be closed or not',
  ...guarded('road.close'),
  request: { query: lngLatQuerySchema },
  responses: { 200: jsonReply('The stretch', stretchReplySchema), ...refusals },
});
const reopen = createRoute({
  method: 'delete',
  path: '/api/road/closures/{id}',
  summary: 'Open a road again',
  ...guarded('road.close'),
  request: byId,
  responses: { 200: jsonReply('Open', z.object({ closureId: z.string() })), ...refusals },
});

export const closureRoutes = (deps: AppDeps, roads: Roads) =>
  resource()
    .openapi(list, async c => {
      const now = new Date(deps.clock.now());
      return c.json({ items: await deps.database.read(tx => closedRoads(tx, now)), nextCursor: null }, 200);
    })
    .openapi(stretch, c => c.json(stretchAt(requireRoads(roads.current()), c.req.valid('query')), 200))
    .openapi(close, async c => {
      const { reply } = await closeRoad(deps, await callOf(c, 201), networkOf(roads), c.req.valid('json'));
      await deps.live.caughtUp();
      return c.json(reply, 201);
    })
    .openapi(reopen, async c => {
      const { reply } = await openRoad(deps, await callOf(c, 200), c.req.valid('param').id);
      await deps.live.caughtUp();
      return c.json(reply, 200);
    });

const networkOf = (roads: Roads): RoadNetwork => ({
  router: requireRoads(roads.current()),
  matcher: requireRoads(roads.matcher()),
});
