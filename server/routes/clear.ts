import { createRoute, z } from '@hono/zod-openapi';
import { carryBodySchema, carryReplySchema, clearBoardSchema, clearQuerySchema } from '#contract/clear.ts';
import { idSchema } from '#contract/common.ts';
import type { AppDeps } from '../deps.ts';
import { clearBoard } from '../services/clear/board.ts';
import { carryOver } from '../services/clear/carry.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';

const board = createRoute({
  method: 'get',
  path: '/api/clear',
  summary:
    'Same-day clear: what was opened, cleared and is open of a day, whose it is, and what will not clear in time',
  ...guarded('clear.read'),
  request: { query: clearQuerySchema },
  responses: { 200: jsonReply('The board of the day', clearBoardSchema), ...refusals },
});
const carry = createRoute({
  method: 'post',
  path: '/api/clear/{incidentId}',
  summary: 'Not cleared on its day: who answers for it, and why',
  ...guarded('clear.answer'),
  request: { params: z.object({ incidentId: idSchema }), body: jsonBody(carryBodySchema) },
  responses: { 200: jsonReply('Answered for', carryReplySchema), ...refusals },
});

export const clearRoutes = (deps: AppDeps) =>
  resource()
    .openapi(board, async c => c.json(await clearBoard(deps, c.get('actor'), c.req.valid('query').day), 200))
    .openapi(carry, async c => {
      const call = await callOf(c, 200);
      const { reply } = await carryOver(deps, call, c.req.valid('param').incidentId, c.req.valid('json'));
      return c.json(reply, 200);
    });
