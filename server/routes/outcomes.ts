import { createRoute } from '@hono/zod-openapi';
import { outcomeBodySchema, outcomeReplySchema, outcomeViewSchema } from '#contract/outcome.ts';
import { listOf } from '#contract/reference.ts';
import { outcomesOf } from '../../db/queries/loop/outcomes.ts';
import { contextOf } from '../auth/reach.ts';
import type { AppDeps } from '../deps.ts';
import { loadIncident } from '../services/incident/load.ts';
import { reportOutcome } from '../services/outcome/report.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

const report = createRoute({
  method: 'post',
  path: '/api/incidents/{id}/outcomes',
  summary: 'What became of her money after the alert; also after closing, and again when more is known',
  ...guarded('outcome.report'),
  request: { ...byId, body: jsonBody(outcomeBodySchema) },
  responses: { 201: jsonReply('Written down', outcomeReplySchema), ...refusals },
});
const list = createRoute({
  method: 'get',
  path: '/api/incidents/{id}/outcomes',
  summary: 'The outcomes that were reported of an incident; the newest counts and comes first',
  ...guarded('outcome.report'),
  request: byId,
  responses: { 200: jsonReply('Outcomes', listOf(outcomeViewSchema)), ...refusals },
});

export const outcomeRoutes = (deps: AppDeps) =>
  resource()
    .openapi(report, async c => {
      const call = await callOf(c, 201);
      const { reply } = await reportOutcome(deps, call, c.req.valid('param').id, c.req.valid('json'));
      return c.json(reply, 201);
    })
    .openapi(list, async c => {
      const actor = c.get('actor');
      const { id } = c.req.valid('param');
      const found = await deps.database.read(async tx => {
        await loadIncident(tx, actor, 'outcome.report', id);
        return outcomesOf(tx, id);
      }, contextOf(actor));
      const items = found.map((outcome, i) => ({ ...outcome, newest: i === 0 }));
      return c.json({ items, nextCursor: null }, 200);
    });
