import { createRoute, z } from '@hono/zod-openapi';
import { handOverBodySchema, homeBodySchema } from '#contract/address.ts';
import type { AppDeps } from '../deps.ts';
import { handOver, undoHandOver } from '../services/incident/hand-over.ts';
import { setHome } from '../services/incident/set-home.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

const incidentReply = z.object({ incidentId: z.string() });

const home = createRoute({
  method: 'post',
  path: '/api/incidents/{id}/home',
  summary: 'Say where the subject lives: a pin on the map, or a candidate for her address',
  ...guarded('incident.setHome'),
  request: { ...byId, body: jsonBody(homeBodySchema) },
  responses: { 200: jsonReply('Set', incidentReply), ...refusals },
});
const hand = createRoute({
  method: 'post',
  path: '/api/incidents/{id}/hand-over',
  summary:
    'She lives elsewhere: hand the case to another bureau; the incident stays open, she may be here now',
  ...guarded('incident.handOver'),
  request: { ...byId, body: jsonBody(handOverBodySchema) },
  responses: {
    200: jsonReply('Handed over', incidentReply.extend({ handedOverAt: z.string() })),
    ...refusals,
  },
});
const undo = createRoute({
  method: 'delete',
  path: '/api/incidents/{id}/hand-over',
  summary: 'The hand-over was a mistake',
  ...guarded('incident.handOver'),
  request: byId,
  responses: { 200: jsonReply('Undone', incidentReply), ...refusals },
});

export const homeRoutes = (deps: AppDeps) =>
  resource()
    .openapi(home, async c => {
      const { id } = c.req.valid('param');
      const { reply } = await setHome(deps, await callOf(c, 200), id, c.req.valid('json'));
      return c.json(reply, 200);
    })
    .openapi(hand, async c => {
      const { id } = c.req.valid('param');
      const { reply } = await handOver(deps, await callOf(c, 200), id, c.req.valid('json'));
      return c.json(reply, 200);
    })
    .openapi(undo, async c => {
      const { reply } = await undoHandOver(deps, await callOf(c, 200), c.req.valid('param').id);
      return c.json(reply, 200);
    });
