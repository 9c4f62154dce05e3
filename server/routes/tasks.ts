import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { listOf } from '#contract/reference.ts';
import {
  type AnswerBody,
  answerBodySchema,
  orderBodySchema,
  orderReplySchema,
  resultBodySchema,
  taskQuerySchema,
  taskReplySchema,
  taskViewSchema,
  undoBodySchema,
} from '#contract/task.ts';
import type { TaskAnswer } from '#domain/task.ts';
import { listTasks, type TaskFilter } from '../../db/queries/task.ts';
import type { Actor } from '../auth/actor.ts';
import type { Action } from '../auth/policy.ts';
import { contextOf, listReach } from '../auth/reach.ts';
import type { AppDeps } from '../deps.ts';
import { page } from '../http/page.ts';
import type { AppEnv } from '../http/types.ts';
import { loadIncident } from '../services/incident/load.ts';
import { answerTask } from '../services/task/answer.ts';
import { orderTask } from '../services/task/order.ts';
import { reportResult } from '../services/task/report-result.ts';
import { undoResult } from '../services/task/undo.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

const order = createRoute({
  method: 'post',
  path: '/api/incidents/{id}/tasks',
  summary: 'Send a unit to look at a place or a segment',
  ...guarded('task.order'),
  request: { ...byId, body: jsonBody(orderBodySchema) },
  responses: { 201: jsonReply('Ordered', orderReplySchema), ...refusals },
});
const ofIncident = createRoute({
  method: 'get',
  path: '/api/incidents/{id}/tasks',
  summary: 'All tasks of an incident, newest first; a device gets those of its own unit',
  ...guarded('task.read'),
  request: byId,
  responses: { 200: jsonReply('Tasks', listOf(taskViewSchema)), ...refusals },
});
const list = createRoute({
  method: 'get',
  path: '/api/tasks',
  summary: 'Tasks within reach, newest first; a device gets those of its own unit',
  ...guarded('task.read'),
  request: { query: taskQuerySchema },
  responses: { 200: jsonReply('Tasks', listOf(taskViewSchema)), ...refusals },
});

/** One route for each simple answer. The centre takes an order back; everything else is the crew's to say. */
const answering = <Path extends string>(path: Path, summary: string, action: Action) =>
  createRoute({
    method: 'post',
    path,
    summary,
    ...guarded(action),
    request: { ...byId, body: { ...jsonBody(answerBodySchema), required: false } },
    responses: { 200: jsonReply('Recorded', taskReplySchema), ...refusals },
  });
const accept = answering('/api/tasks/{id}/accept', 'The crew takes the order', 'task.answer');
const refuse = answering('/api/tasks/{id}/refuse', 'The crew cannot go', 'task.answer');
const arrive = answering('/api/tasks/{id}/arrive', 'The crew is there', 'task.answer');
const help = answering('/api/tasks/{id}/help', 'The crew calls for help', 'task.answer');
const cancel = answering('/api/tasks/{id}/cancel', 'The centre takes the order back', 'task.order');

const result = createRoute({
  method: 'post',
  path: '/api/tasks/{id}/result',
  summary: "What was seen; 'not here' and 'blocked' write the search into the trace",
  ...guarded('task.answer'),
  request: { ...byId, body: jsonBody(resultBodySchema) },
  responses: { 200: jsonReply('Recorded', taskReplySchema), ...refusals },
});
const undo = createRoute({
  method: 'post',
  path: '/api/tasks/{id}/undo',
  summary: 'Take a result back: the task goes on, its search no longer counts',
  ...guarded('task.answer'),
  request: { ...byId, body: jsonBody(undoBodySchema) },
  responses: { 200: jsonReply('Open again', taskReplySchema), ...refusals },
});

/** An incident's tasks are shown all at once: there are some dozens. */
const mostOfIncident = 1000;

export const taskRoutes = (deps: AppDeps) => {
  const read = (actor: Actor, filter: TaskFilter) =>
    deps.database.read(tx => listTasks(tx, filter), contextOf(actor));
  const answer = async (c: Context<AppEnv>, { id }: { id: string }, body: AnswerBody, said: TaskAnswer) => {
    const { reply, seq } = await answerTask(deps, await callOf(c, 200), id, said, body);
    return { ...reply, seq };
  };
  return resource()
    .openapi(order, async c => {
      const call = await callOf(c, 201);
      const body = c.req.valid('json');
      const street = await deps.locating?.street(body.segmentId);
      const { reply, seq } = await orderTask(deps, call, c.req.valid('param').id, body, street);
      return c.json({ ...reply, seq }, 201);
    })
    .openapi(ofIncident, async c => {
      const actor = c.get('actor');
      const { id: incidentId } = c.req.valid('param');
      if (actor.kind !== 'device')
        await deps.database.read(tx => loadIncident(tx, actor, 'task.read', incidentId), contextOf(actor));
      const items = await read(actor, { incidentId, ...ownUnit(actor), limit: mostOfIncident });
      return c.json({ items, nextCursor: null }, 200);
    })
    .openapi(list, async c => {
      const actor = c.get('actor');
      const { cursor: before, limit, unitId, state } = c.req.valid('query');
      const reach = listReach(actor, 'task.read');
      const within = reach === 'all' ? undefined : reach;
      const filter = { unitId, state, within, before, limit: limit + 1 };
      const device = ownUnit(actor);
      // Another unit's tasks do not exist for a device, so there are none of them.
      const elsewhere = device && unitId !== undefined && unitId !== device.unitId;
      const found = elsewhere ? [] : await read(actor, { ...filter, ...device });
      return c.json(page(found, limit), 200);
    })
    .openapi(accept, async c =>
      c.json(await answer(c, c.req.valid('param'), c.req.valid('json'), 'accepted'), 200),
    )
    .openapi(refuse, async c =>
      c.json(await answer(c, c.req.valid('param'), c.req.valid('json'), 'refused'), 200),
    )
    .openapi(arrive, async c =>
      c.json(await answer(c, c.req.valid('param'), c.req.valid('json'), 'arrived'), 200),
    )
    .openapi(help, async c => c.json(await answer(c, c.req.valid('param'), c.req.valid('json'), 'help'), 200))
    .openapi(cancel, async c =>
      c.json(await answer(c, c.req.valid('param'), c.req.valid('json'), 'cancelled'), 200),
    )
    .openapi(result, async c => {
      const call = await callOf(c, 200);
      const { reply, seq } = await reportResult(deps, call, c.req.valid('param').id, c.req.valid('json'));
      return c.json({ ...reply, seq }, 200);
    })
    .openapi(undo, async c => {
      const call = await callOf(c, 200);
      const { reason } = c.req.valid('json');
      const { reply, seq } = await undoResult(deps, call, c.req.valid('param').id, reason);
      return c.json({ ...reply, seq }, 200);
    });
};

/** What a device may see: its unit's own. The policy has refused devices without a unit. */
const ownUnit = (actor: Actor): { unitId: string } | undefined =>
  actor.kind === 'device' ? { unitId: actor.unitId ?? '' } : undefined;
