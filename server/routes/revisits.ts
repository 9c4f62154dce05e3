import { createRoute, z } from '@hono/zod-openapi';
import { listOf } from '#contract/reference.ts';
import { revisitEndBodySchema, revisitItemSchema, revisitQuerySchema } from '#contract/meeting.ts';
import { dayMs, dayStartMs } from '#domain/shanghai.ts';
import { listRevisits } from '../../db/queries/loop/revisits.ts';
import { maskName } from '../auth/masking.ts';
import { contextOf, listReach } from '../auth/reach.ts';
import type { AppDeps } from '../deps.ts';
import { page } from '../http/page.ts';
import { endRevisit } from '../services/revisit/end.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

const list = createRoute({
  method: 'get',
  path: '/api/revisits',
  summary: 'Whom to come back to within reach, the first due one first; names masked',
  ...guarded('order.read'),
  request: { query: revisitQuerySchema },
  responses: { 200: jsonReply('Revisits', listOf(revisitItemSchema)), ...refusals },
});
const ending = <Path extends string>(path: Path, summary: string) =>
  createRoute({
    method: 'post',
    path,
    summary,
    ...guarded('meeting.hold'),
    request: { ...byId, body: { ...jsonBody(revisitEndBodySchema), required: false } },
    responses: {
      200: jsonReply('Recorded', z.object({ revisitId: z.string(), seq: z.number() })),
      ...refusals,
    },
  });
const done = ending('/api/revisits/{id}/done', 'Somebody came back to her');
const cancel = ending('/api/revisits/{id}/cancel', 'Nobody need come back');

export const revisitRoutes = (deps: AppDeps) =>
  resource()
    .openapi(list, async c => {
      const actor = c.get('actor');
      const { due, state, stationId, cursor, limit } = c.req.valid('query');
      const before = due === undefined ? undefined : new Date(dayStartMs(due) + dayMs);
      const reach = listReach(actor, 'order.read');
      const filter = { state, before, stationId, reach, cursor, limit: limit + 1 };
      const found = await deps.database.read(tx => listRevisits(tx, filter), contextOf(actor));
      const items = found.map(({ name, ...item }) => ({
        ...item,
        nameMasked: name === null ? null : maskName(name),
      }));
      return c.json(page(items, limit), 200);
    })
    .openapi(done, async c => {
      const call = await callOf(c, 200);
      const { note } = c.req.valid('json');
      const { reply, seq } = await endRevisit(deps, call, c.req.valid('param').id, 'done', note);
      return c.json({ ...reply, seq }, 200);
    })
    .openapi(cancel, async c => {
      const call = await callOf(c, 200);
      const { note } = c.req.valid('json');
      const { reply, seq } = await endRevisit(deps, call, c.req.valid('param').id, 'cancelled', note);
      return c.json({ ...reply, seq }, 200);
    });
