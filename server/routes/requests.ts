import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  askReplySchema,
  type NoteBody,
  noteBodySchema,
  requestReplySchema,
  traceRequestBodySchema,
  traceRequestViewSchema,
} from '#contract/lines.ts';
import { requestViews } from '../../db/queries/loop/requests.ts';
import { contextOf } from '../auth/reach.ts';
import type { AppDeps } from '../deps.ts';
import type { AppEnv } from '../http/types.ts';
import { loadIncident } from '../services/incident/load.ts';
import { askForRequests } from '../services/request/ask.ts';
import { endRequest, type RequestEnd } from '../services/request/end.ts';
import { makeRequest } from '../services/request/make.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

const seq = { seq: z.number() };

const make = createRoute({
  method: 'post',
  path: '/api/incidents/{id}/trace-requests',
  summary: 'Ask somebody for her trace; without an authority the standard one is asked for with it',
  ...guarded('request.make'),
  request: { ...byId, body: jsonBody(traceRequestBodySchema) },
  responses: { 201: jsonReply('Asked', requestReplySchema.extend(seq)), ...refusals },
});
const list = createRoute({
  method: 'get',
  path: '/api/incidents/{id}/trace-requests',
  summary: 'Who was asked for what, oldest first; what was answered belongs into the trace',
  ...guarded('request.make'),
  request: byId,
  responses: {
    200: jsonReply('Requests', z.object({ items: z.array(traceRequestViewSchema) })),
    ...refusals,
  },
});
const ask = createRoute({
  method: 'post',
  path: '/api/incidents/{id}/trace-requests/ask',
  summary: 'Ask for the standard authority that prepared requests wait for',
  ...guarded('request.make'),
  request: byId,
  responses: { 200: jsonReply('Asked', askReplySchema.extend(seq)), ...refusals },
});
const ending = <Path extends string>(path: Path, summary: string) =>
  createRoute({
    method: 'post',
    path,
    summary,
    ...guarded('request.end'),
    request: { ...byId, body: { ...jsonBody(noteBodySchema), required: false } },
    responses: { 200: jsonReply('Ended', requestReplySchema.extend(seq)), ...refusals },
  });
const answer = ending('/api/trace-requests/{id}/answer', 'The request was answered');
const fail = ending('/api/trace-requests/{id}/fail', 'The request cannot be answered');
const withdraw = ending('/api/trace-requests/{id}/withdraw', 'The request is not needed any more');

export const requestRoutes = (deps: AppDeps) => {
  const end = async (c: Context<AppEnv>, { id }: { id: string }, body: NoteBody, how: RequestEnd) => {
    const done = await endRequest(deps, await callOf(c, 200), id, how, body);
    return { ...done.reply, seq: done.seq };
  };
  return resource()
    .openapi(make, async c => {
      const call = await callOf(c, 201);
      const done = await makeRequest(deps, call, c.req.valid('param').id, c.req.valid('json'));
      return c.json({ ...done.reply, seq: done.seq }, 201);
    })
    .openapi(list, async c => {
      const actor = c.get('actor');
      const { id } = c.req.valid('param');
      const items = await deps.database.read(async tx => {
        await loadIncident(tx, actor, 'request.make', id);
        return requestViews(tx, id);
      }, contextOf(actor));
      return c.json({ items }, 200);
    })
    .openapi(ask, async c => {
      const done = await askForRequests(deps, await callOf(c, 200), c.req.valid('param').id);
      return c.json({ ...done.reply, seq: done.seq }, 200);
    })
    .openapi(answer, async c =>
      c.json(await end(c, c.req.valid('param'), c.req.valid('json'), 'answered'), 200),
    )
    .openapi(fail, async c => c.json(await end(c, c.req.valid('param'), c.req.valid('json'), 'failed'), 200))
    .openapi(withdraw, async c =>
      c.json(await end(c, c.req.valid('param'), c.req.valid('json'), 'withdrawn'), 200),
    );
};
