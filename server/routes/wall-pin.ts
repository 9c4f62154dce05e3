import { createRoute, z } from '@hono/zod-openapi';
import { pinBodySchema, pinnedViewSchema, pinReplySchema } from '#contract/wall-pin.ts';
import type { AppDeps } from '../deps.ts';
import { outlinesOf } from '../locating/record.ts';
import { pinToWall } from '../services/wall-pin/pin.ts';
import { unpinFromWall } from '../services/wall-pin/unpin.ts';
import { pinnedViews } from '../services/wall-pin/view.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';
import { reasonHeader } from './trace.ts';

const pin = createRoute({
  method: 'post',
  path: '/api/incidents/{id}/wall-pin',
  summary:
    'Put a redacted view of the incident on the wall, under the conditions of a look at its trace, until its authority ends',
  ...guarded('wallPin.set'),
  request: { ...byId, headers: reasonHeader, body: jsonBody(pinBodySchema) },
  responses: { 201: jsonReply('On the wall', pinReplySchema), ...refusals },
});
const unpin = createRoute({
  method: 'delete',
  path: '/api/incidents/{id}/wall-pin',
  summary: 'Take the incident off the wall',
  ...guarded('wallPin.set'),
  request: byId,
  responses: { 204: { description: 'It is not on the wall' }, ...refusals },
});
const list = createRoute({
  method: 'get',
  path: '/api/wall-pins',
  summary: 'What leaders have put on the wall: outlines, crews, tasks; no name, no sighting, no reason',
  ...guarded('wallPin.read'),
  responses: {
    200: jsonReply('On the wall', z.object({ items: z.array(pinnedViewSchema), nextCursor: z.null() })),
    ...refusals,
  },
});

export const wallPinRoutes = (deps: AppDeps) => {
  const { database, clock, locating, live } = deps;
  const regions = async (incidentId: string) => {
    const believed = await locating?.now(incidentId);
    return believed && outlinesOf(believed.posterior);
  };
  return resource()
    .openapi(pin, async c => {
      const { show } = c.req.valid('json');
      const reason = c.req.header('X-Access-Reason');
      return c.json(await pinToWall(deps, c.get('actor'), c.req.valid('param').id, reason, show), 201);
    })
    .openapi(unpin, async c => {
      await unpinFromWall(deps, await callOf(c, 204), c.req.valid('param').id);
      return c.body(null, 204);
    })
    .openapi(list, async c => {
      const items = await pinnedViews({ database, clock, world: () => live.world(), regions });
      return c.json({ items, nextCursor: null }, 200);
    });
};
