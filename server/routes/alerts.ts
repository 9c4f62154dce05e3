import { createRoute } from '@hono/zod-openapi';
import { alertBodySchema, alertReplySchema } from '#contract/alert.ts';
import type { AppDeps } from '../deps.ts';
import { receiveAlert } from '../services/alert/receive.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';

const post = createRoute({
  method: 'post',
  path: '/api/alerts',
  summary: 'Take in an alert; a repeat joins the open incident of the same person',
  ...guarded('alert.receive'),
  request: { body: jsonBody(alertBodySchema) },
  responses: { 201: jsonReply('Stored', alertReplySchema), ...refusals },
});

export const alertRoutes = (deps: AppDeps) =>
  resource().openapi(post, async c => {
    const { reply } = await receiveAlert(deps, await callOf(c, 201), c.req.valid('json'));
    return c.json(reply, 201);
  });
