import { createRoute, z } from '@hono/zod-openapi';
import { whatIfBodySchema, whatIfViewSchema } from '#contract/what-if.ts';
import type { AppDeps } from '../deps.ts';
import type { Checkpoints } from '../replay/checkpoints.ts';
import { listForks, runFork } from '../services/replay/what-if.ts';
import { guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';
import { reasonHeader } from './trace.ts';

const run = createRoute({
  method: 'post',
  path: '/api/replay/{id}/what-if',
  summary:
    'Run two futures of a moment on: a look at the recorded trace, audited; the same question with the same seed gives the same answer',
  ...guarded('trace.look'),
  request: { ...byId, body: jsonBody(whatIfBodySchema), headers: reasonHeader },
  responses: { 201: jsonReply('What came of it: when, never where', whatIfViewSchema), ...refusals },
});
const list = createRoute({
  method: 'get',
  path: '/api/replay/{id}/what-if',
  summary: 'The forks of a case that were run on, newest first',
  ...guarded('replay.open'),
  request: byId,
  responses: {
    200: jsonReply('Forks', z.object({ items: z.array(whatIfViewSchema), nextCursor: z.null() })),
    ...refusals,
  },
});

/** Other futures of a case. */
export const whatIfRoutes = (deps: AppDeps, checkpoints: Checkpoints) =>
  resource()
    .openapi(run, async c => {
      const asked = {
        actor: c.get('actor'),
        incidentId: c.req.valid('param').id,
        reason: c.req.header('X-Access-Reason'),
        body: c.req.valid('json'),
      };
      return c.json(await runFork(deps, asked, checkpoints), 201);
    })
    .openapi(list, async c => {
      const items = await listForks(deps, c.get('actor'), c.req.valid('param').id);
      return c.json({ items, nextCursor: null }, 200);
    });
