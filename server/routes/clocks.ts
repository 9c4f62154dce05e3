import { createRoute, z } from '@hono/zod-openapi';
import { clockTargetBodySchema, clockTargetSchema, clockViewSchema } from '#contract/clock.ts';
import { listOf } from '#contract/reference.ts';
import { allTargets } from '#domain/loop/clock.ts';
import { clocksOf, setTargets } from '../../db/queries/loop/clocks.ts';
import { SYSTEM } from '../../db/transaction.ts';
import { contextOf } from '../auth/reach.ts';
import type { AppDeps } from '../deps.ts';
import { setClockTarget } from '../services/clock/set-target.ts';
import { loadIncident } from '../services/incident/load.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

const ofIncident = createRoute({
  method: 'get',
  path: '/api/incidents/{id}/clocks',
  summary: 'The clocks of an incident, those that have stopped too',
  ...guarded('incident.read'),
  request: byId,
  responses: { 200: jsonReply('Clocks', listOf(clockViewSchema)), ...refusals },
});
const targets = createRoute({
  method: 'get',
  path: '/api/clock-targets',
  summary: 'Within which time what is to be done',
  ...guarded('reference.read'),
  responses: { 200: jsonReply('Targets', listOf(clockTargetSchema)), ...refusals },
});
const set = createRoute({
  method: 'put',
  path: '/api/clock-targets',
  summary: 'Set a target, from the next clock on',
  ...guarded('clock.set'),
  request: { body: jsonBody(clockTargetBodySchema) },
  responses: {
    200: jsonReply('Set', z.object({ kind: z.string(), risk: z.string().nullable() })),
    ...refusals,
  },
});

export const clockRoutes = (deps: AppDeps) =>
  resource()
    .openapi(ofIncident, async c => {
      const actor = c.get('actor');
      const { id } = c.req.valid('param');
      const items = await deps.database.read(async tx => {
        await loadIncident(tx, actor, 'incident.read', id);
        return clocksOf(tx, id);
      }, contextOf(actor));
      return c.json({ items, nextCursor: null }, 200);
    })
    .openapi(targets, async c => {
      // Rules of the bureau, nobody's case.
      const items = allTargets(await deps.database.read(setTargets, SYSTEM));
      return c.json({ items, nextCursor: null }, 200);
    })
    .openapi(set, async c => {
      const { reply } = await setClockTarget(deps, await callOf(c, 200), c.req.valid('json'));
      return c.json(reply, 200);
    });
