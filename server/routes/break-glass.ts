import { createRoute, z } from '@hono/zod-openapi';
import {
  glassBodySchema,
  glassQuerySchema,
  glassReplySchema,
  glassReviewBodySchema,
  glassViewSchema,
} from '#contract/break-glass.ts';
import { glassUses } from '../../db/queries/break-glass.ts';
import { SYSTEM } from '../../db/transaction.ts';
import type { AppDeps } from '../deps.ts';
import { openGlass } from '../services/break-glass/open.ts';
import { reviewGlass } from '../services/break-glass/review.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

const open = createRoute({
  method: 'post',
  path: '/api/incidents/{id}/break-glass',
  summary:
    'Break the glass: the duty leader may look at the trace for half an hour without an authority; reviewed within a day',
  ...guarded('breakGlass.open'),
  request: { ...byId, body: jsonBody(glassBodySchema) },
  responses: { 201: jsonReply('The trace may be opened now', glassReplySchema), ...refusals },
});
const review = createRoute({
  method: 'post',
  path: '/api/break-glass/{id}/review',
  summary: 'Say whether a use of break-glass was justified; not by who used it',
  ...guarded('breakGlass.review'),
  request: { ...byId, body: jsonBody(glassReviewBodySchema) },
  responses: { 200: jsonReply('Reviewed', z.object({ authorityId: z.string() })), ...refusals },
});
const list = createRoute({
  method: 'get',
  path: '/api/break-glass',
  summary: 'Uses of break-glass, those without a review first; nothing of whose trace it was',
  ...guarded('breakGlass.review'),
  request: { query: glassQuerySchema },
  responses: {
    200: jsonReply('Uses', z.object({ items: z.array(glassViewSchema), nextCursor: z.null() })),
    ...refusals,
  },
});

/** There are a few in a year. */
const mostListed = 500;

export const breakGlassRoutes = (deps: AppDeps) =>
  resource()
    .openapi(open, async c => {
      const { reason } = c.req.valid('json');
      const { reply } = await openGlass(deps, await callOf(c, 201), c.req.valid('param').id, reason);
      return c.json(reply, 201);
    })
    .openapi(review, async c => {
      const call = await callOf(c, 200);
      const { reply } = await reviewGlass(deps, call, c.req.valid('param').id, c.req.valid('json'));
      return c.json(reply, 200);
    })
    .openapi(list, async c => {
      const { state } = c.req.valid('query');
      // As the system: an auditor sees no incident, and this tells its number alone.
      const items = await deps.database.read(tx => glassUses(tx, state, mostListed), SYSTEM);
      return c.json({ items, nextCursor: null }, 200);
    });
