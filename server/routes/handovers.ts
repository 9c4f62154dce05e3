import { createRoute, z } from '@hono/zod-openapi';
import { handoverDetailSchema, handoverViewSchema } from '#contract/handover.ts';
import { openMatters } from '#domain/loop/handover.ts';
import { handoverDetail, lastHandovers } from '../../db/queries/handovers.ts';
import { contextOf } from '../auth/reach.ts';
import type { AppDeps } from '../deps.ts';
import { notFound } from '../services/guard.ts';
import { signHandover, type Shift } from '../services/handover/sign.ts';
import { takeHandover } from '../services/handover/take.ts';
import { callOf, guarded, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

const done = z.object({ handoverId: z.string(), seq: z.number() });
const mostListed = 20;

const sign = createRoute({
  method: 'post',
  path: '/api/handovers',
  summary: 'The leader who goes signs for what is open and promised now',
  ...guarded('handover.sign'),
  responses: { 201: jsonReply('Signed', done), ...refusals },
});
const take = createRoute({
  method: 'post',
  path: '/api/handovers/{id}/take',
  summary: 'The leader who comes signs for it',
  ...guarded('handover.sign'),
  request: byId,
  responses: { 200: jsonReply('Taken', done), ...refusals },
});
const list = createRoute({
  method: 'get',
  path: '/api/handovers',
  summary: 'The last hand-overs, newest first',
  ...guarded('handover.read'),
  responses: { 200: jsonReply('Hand-overs', z.object({ items: z.array(handoverViewSchema) })), ...refusals },
});
const one = createRoute({
  method: 'get',
  path: '/api/handovers/{id}',
  summary: 'A hand-over with what was signed',
  ...guarded('handover.read'),
  request: byId,
  responses: { 200: jsonReply('The hand-over', handoverDetailSchema), ...refusals },
});

/** What one shift hands to the next. */
export const handoverRoutes = (deps: AppDeps) =>
  resource()
    .openapi(sign, async c => {
      const call = await callOf(c, 201);
      const { reply, seq } = await signHandover(deps, call, shiftNow(deps));
      return c.json({ ...reply, seq }, 201);
    })
    .openapi(take, async c => {
      const call = await callOf(c, 200);
      const { reply, seq } = await takeHandover(deps, call, c.req.valid('param').id);
      return c.json({ ...reply, seq }, 200);
    })
    .openapi(list, async c => {
      const items = await deps.database.read(tx => lastHandovers(tx, mostListed), contextOf(c.get('actor')));
      return c.json({ items }, 200);
    })
    .openapi(one, async c => {
      const { id } = c.req.valid('param');
      const found = await deps.database.read(tx => handoverDetail(tx, id), contextOf(c.get('actor')));
      if (!found) throw notFound('hand-over');
      return c.json(found, 200);
    });

function shiftNow({ live, clock }: AppDeps): Shift {
  const world = live.world();
  const openIncidents = Object.values(world.incidents).filter(({ state }) => state === 'open').length;
  return { openIncidents, matters: openMatters(world, clock.now()) };
}
