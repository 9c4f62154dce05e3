import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { planQuerySchema, planViewSchema } from '#contract/plan.ts';
import { beliefListSchema, posteriorQuerySchema, posteriorViewSchema } from '#contract/posterior.ts';
import { CodedError } from '#contract/errors.ts';
import type { AppDeps } from '../deps.ts';
import type { AppEnv } from '../http/types.ts';
import { planView, posteriorView } from '../locating/record.ts';
import { type BeliefLook, type BeliefSource, readBelief, readBeliefMarks } from '../services/belief/read.ts';
import { guarded, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';
import { reasonHeader } from './trace.ts';

const headers = { ...byId, headers: reasonHeader };
const posterior = createRoute({
  method: 'get',
  path: '/api/incidents/{id}/posterior',
  summary:
    'Where she may be, now or as it was believed at a seq: under the conditions of a look at the trace; audited',
  ...guarded('trace.look'),
  request: { ...headers, query: posteriorQuerySchema },
  responses: { 200: jsonReply('The belief', posteriorViewSchema), ...refusals },
});
const plan = createRoute({
  method: 'get',
  path: '/api/incidents/{id}/plan',
  summary: 'Who should look where, in which order: under the conditions of a look at the trace; audited',
  ...guarded('trace.look'),
  request: { ...headers, query: planQuerySchema },
  responses: { 200: jsonReply('The plan', planViewSchema), ...refusals },
});
const marks = createRoute({
  method: 'get',
  path: '/api/incidents/{id}/beliefs',
  summary: 'When something was believed of the incident, oldest first: under the same conditions; audited',
  ...guarded('trace.look'),
  request: headers,
  responses: { 200: jsonReply('Marks', beliefListSchema), ...refusals },
});

/** Where she may be, and who should look where. */
export const posteriorRoutes = (deps: AppDeps) => {
  const source: BeliefSource = deps.locating ?? noRegion;
  const look = (c: Context<AppEnv>, incidentId: string, what: BeliefLook['what']): BeliefLook => ({
    actor: c.get('actor'),
    incidentId,
    reason: c.req.header('X-Access-Reason'),
    what,
  });
  return resource()
    .openapi(posterior, async c => {
      const { lang, seq } = c.req.valid('query');
      const found = await readBelief(deps, source, look(c, c.req.valid('param').id, 'posterior'), seq);
      return c.json(posteriorView(found.posterior, found, lang), 200);
    })
    .openapi(plan, async c => {
      const { lang, seq, horizonMin } = c.req.valid('query');
      const found = await readBelief(deps, source, look(c, c.req.valid('param').id, 'plan'), seq);
      return c.json(planView(found.plan, found, { lang, horizonMin }), 200);
    })
    .openapi(marks, async c => {
      const items = await readBeliefMarks(deps, look(c, c.req.valid('param').id, 'beliefs'));
      return c.json({ items, nextCursor: null }, 200);
    });
};

const noRegion: BeliefSource = {
  now: () => Promise.reject(new CodedError('notFound', 'no region is installed')),
};
