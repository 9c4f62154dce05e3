import { createRoute, z } from '@hono/zod-openapi';
import { checkBodySchema, checkListSchema, checkQuerySchema } from '#contract/meeting.ts';
import { checkCounts, listChecks } from '../../db/queries/loop/revisits.ts';
import { contextOf } from '../auth/reach.ts';
import type { AppDeps } from '../deps.ts';
import { page } from '../http/page.ts';
import { checkMeeting } from '../services/spot-check/check.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

const list = createRoute({
  method: 'get',
  path: '/api/spot-checks',
  summary: 'Meetings drawn for a leader to listen to, newest first, with counts of what was said of them',
  ...guarded('meeting.check'),
  request: { query: checkQuerySchema },
  responses: { 200: jsonReply('Spot checks', checkListSchema), ...refusals },
});
const check = createRoute({
  method: 'post',
  path: '/api/meetings/{id}/check',
  summary: 'What a leader heard on the recording of a drawn meeting',
  ...guarded('meeting.check'),
  request: { ...byId, body: jsonBody(checkBodySchema) },
  responses: {
    200: jsonReply('Recorded', z.object({ meetingId: z.string(), seq: z.number() })),
    ...refusals,
  },
});

export const spotCheckRoutes = (deps: AppDeps) =>
  resource()
    .openapi(list, async c => {
      const { week, limit, ...rest } = c.req.valid('query');
      const filter = { week, ...rest, limit: limit + 1 };
      const found = await deps.database.read(
        async tx => ({ items: await listChecks(tx, filter), counts: await checkCounts(tx, week) }),
        contextOf(c.get('actor')),
      );
      return c.json({ ...page(found.items, limit), counts: found.counts }, 200);
    })
    .openapi(check, async c => {
      const call = await callOf(c, 200);
      const { reply, seq } = await checkMeeting(deps, call, c.req.valid('param').id, c.req.valid('json'));
      return c.json({ ...reply, seq }, 200);
    });
