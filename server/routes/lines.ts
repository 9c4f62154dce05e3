import { createRoute, z } from '@hono/zod-openapi';
import { leaderCallReplySchema, lineBodySchema, noteBodySchema } from '#contract/lines.ts';
import type { AppDeps } from '../deps.ts';
import { answerLeaderCall } from '../services/leader-call/answer.ts';
import { takeLine } from '../services/line/take.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

const take = createRoute({
  method: 'post',
  path: '/api/incidents/{id}/lines',
  summary: 'Answer for one of the three lines, or no longer',
  ...guarded('line.take'),
  request: { ...byId, body: jsonBody(lineBodySchema) },
  responses: {
    200: jsonReply('Who answers for it', z.object({ ownerId: z.string().nullable(), seq: z.number() })),
    ...refusals,
  },
});
const answer = createRoute({
  method: 'post',
  path: '/api/leader-calls/{id}/answer',
  summary: 'The leader on duty knows of the case',
  ...guarded('leader.answer'),
  request: { ...byId, body: { ...jsonBody(noteBodySchema), required: false } },
  responses: {
    200: jsonReply('Answered', leaderCallReplySchema.extend({ seq: z.number() })),
    ...refusals,
  },
});

/** Who answers for what: lines, and the calls to the leader. */
export const lineRoutes = (deps: AppDeps) =>
  resource()
    .openapi(take, async c => {
      const call = await callOf(c, 200);
      const { reply, seq } = await takeLine(deps, call, c.req.valid('param').id, c.req.valid('json'));
      return c.json({ ...reply, seq }, 200);
    })
    .openapi(answer, async c => {
      const call = await callOf(c, 200);
      const { reply, seq } = await answerLeaderCall(deps, call, c.req.valid('param').id, c.req.valid('json'));
      return c.json({ ...reply, seq }, 200);
    });
