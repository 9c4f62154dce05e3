import { createRoute } from '@hono/zod-openapi';
import { listOf } from '#contract/reference.ts';
import { trackFixSchema, trackQuerySchema } from '#contract/track.ts';
import type { AppDeps } from '../deps.ts';
import { lookAtTrack } from '../services/track/look.ts';
import { guarded, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

const track = createRoute({
  method: 'get',
  path: '/api/units/{id}/track',
  summary: 'Where a unit was: its fixes in order of time; the look is audited',
  ...guarded('unit.track'),
  request: { ...byId, query: trackQuerySchema },
  responses: { 200: jsonReply('Fixes', listOf(trackFixSchema)), ...refusals },
});

export const trackRoutes = (deps: AppDeps) =>
  resource().openapi(track, async c =>
    c.json(await lookAtTrack(deps, c.get('actor'), c.req.valid('param').id, c.req.valid('query')), 200),
  );
