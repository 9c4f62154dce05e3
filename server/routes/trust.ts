import { createRoute } from '@hono/zod-openapi';
import { phraseMadeSchema, phraseViewSchema } from '#contract/meeting.ts';
import type { AppDeps } from '../deps.ts';
import { ensurePhrase, readPhrase, tellPhrase } from '../services/trust/phrase.ts';
import { callOf, guarded, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

const make = createRoute({
  method: 'post',
  path: '/api/incidents/{id}/phrase',
  summary: 'Make the one-time phrase of an incident; again: the one that there is',
  ...guarded('contact.record'),
  request: byId,
  responses: { 201: jsonReply('Made', phraseMadeSchema), ...refusals },
});
const read = createRoute({
  method: 'get',
  path: '/api/incidents/{id}/phrase',
  summary: 'The phrase, for who speaks with the family or stands at the door; each reading is audited',
  ...guarded('contact.record'),
  request: byId,
  responses: { 200: jsonReply('The phrase', phraseViewSchema), ...refusals },
});
const tell = createRoute({
  method: 'post',
  path: '/api/incidents/{id}/phrase/told',
  summary: 'The family was told the phrase',
  ...guarded('contact.record'),
  request: byId,
  responses: { 200: jsonReply('Recorded', phraseMadeSchema), ...refusals },
});

export const trustRoutes = (deps: AppDeps) =>
  resource()
    .openapi(make, async c => {
      const { reply } = await ensurePhrase(deps, await callOf(c, 201), c.req.valid('param').id);
      return c.json(reply, 201);
    })
    .openapi(read, async c => c.json(await readPhrase(deps, c.get('actor'), c.req.valid('param').id), 200))
    .openapi(tell, async c => {
      const { reply } = await tellPhrase(deps, await callOf(c, 200), c.req.valid('param').id);
      return c.json(reply, 200);
    });
