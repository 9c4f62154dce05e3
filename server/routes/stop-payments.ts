import { createRoute } from '@hono/zod-openapi';
import {
  stopAllReplySchema,
  stopAnswerSchema,
  stopBodySchema,
  stopCorrectSchema,
  stopLetterSchema,
  stopListSchema,
  stopReplySchema,
  stopWithdrawSchema,
} from '#contract/stop-payment.ts';
import type { AppDeps } from '../deps.ts';
import { answerStop, withdrawStop } from '../services/stop-payment/answer.ts';
import { correctHeld } from '../services/stop-payment/correct.ts';
import { readLetter } from '../services/stop-payment/letter.ts';
import { requestAllStops } from '../services/stop-payment/request-all.ts';
import { requestStop } from '../services/stop-payment/request.ts';
import { stopList } from '../services/stop-payment/view.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

const request = createRoute({
  method: 'post',
  path: '/api/incidents/{id}/stop-payments',
  summary: 'Ask a bank to hold the money of one account: one of the incident, or a number that joins them',
  ...guarded('stop.request'),
  request: { ...byId, body: jsonBody(stopBodySchema) },
  responses: { 201: jsonReply('Asked', stopReplySchema), ...refusals },
});
const all = createRoute({
  method: 'post',
  path: '/api/incidents/{id}/stop-payments/all',
  summary: 'Ask for every known account that no bank was asked for, in one transaction',
  ...guarded('stop.request'),
  request: byId,
  responses: { 201: jsonReply('Asked', stopAllReplySchema), ...refusals },
});
const list = createRoute({
  method: 'get',
  path: '/api/incidents/{id}/stop-payments',
  summary: 'Accounts, masked, what banks were asked and answered, whom to telephone, and what it came to',
  ...guarded('stop.request'),
  request: byId,
  responses: { 200: jsonReply('The money', stopListSchema), ...refusals },
});
const answering = <Path extends string>(path: Path, summary: string) =>
  createRoute({
    method: 'post',
    path,
    summary,
    ...guarded('stop.answer'),
    request: { ...byId, body: jsonBody(stopAnswerSchema) },
    responses: { 200: jsonReply('Recorded', stopReplySchema), ...refusals },
  });
const confirm = answering('/api/stop-payments/{id}/confirm', 'The bank holds an amount');
const refuse = answering('/api/stop-payments/{id}/refuse', 'The bank does not hold the money');
const correct = createRoute({
  method: 'post',
  path: '/api/stop-payments/{id}/correct',
  summary: 'Put right what a bank was noted to hold; what was said before stays in the log',
  ...guarded('stop.answer'),
  request: { ...byId, body: jsonBody(stopCorrectSchema) },
  responses: { 200: jsonReply('Put right', stopReplySchema), ...refusals },
});
const withdraw = createRoute({
  method: 'post',
  path: '/api/stop-payments/{id}/withdraw',
  summary: 'Take a request back that no bank has answered',
  ...guarded('stop.request'),
  request: { ...byId, body: jsonBody(stopWithdrawSchema) },
  responses: { 200: jsonReply('Taken back', stopReplySchema), ...refusals },
});
const letter = createRoute({
  method: 'get',
  path: '/api/stop-payments/{id}/letter',
  summary: 'What the written request says, the account in full; each call is audited',
  ...guarded('stop.request'),
  request: byId,
  responses: { 200: jsonReply('The letter', stopLetterSchema), ...refusals },
});

export const stopPaymentRoutes = (deps: AppDeps) =>
  resource()
    .openapi(request, async c => {
      const call = await callOf(c, 201);
      const { reply, seq } = await requestStop(deps, call, c.req.valid('param').id, c.req.valid('json'));
      return c.json({ ...reply, seq }, 201);
    })
    .openapi(all, async c => {
      const { reply, seq } = await requestAllStops(deps, await callOf(c, 201), c.req.valid('param').id);
      return c.json({ ...reply, seq }, 201);
    })
    .openapi(list, async c => c.json(await stopList(deps, c.get('actor'), c.req.valid('param').id), 200))
    .openapi(confirm, async c => {
      const [call, { id }] = [await callOf(c, 200), c.req.valid('param')];
      const { reply, seq } = await answerStop(deps, call, id, 'confirmed', c.req.valid('json'));
      return c.json({ ...reply, seq }, 200);
    })
    .openapi(refuse, async c => {
      const [call, { id }] = [await callOf(c, 200), c.req.valid('param')];
      const { reply, seq } = await answerStop(deps, call, id, 'refused', c.req.valid('json'));
      return c.json({ ...reply, seq }, 200);
    })
    .openapi(correct, async c => {
      const [call, { id }] = [await callOf(c, 200), c.req.valid('param')];
      const { reply, seq } = await correctHeld(deps, call, id, c.req.valid('json'));
      return c.json({ ...reply, seq }, 200);
    })
    .openapi(withdraw, async c => {
      const [call, { id }] = [await callOf(c, 200), c.req.valid('param')];
      const { reply, seq } = await withdrawStop(deps, call, id, c.req.valid('json').reason);
      return c.json({ ...reply, seq }, 200);
    })
    .openapi(letter, async c => c.json(await readLetter(deps, c.get('actor'), c.req.valid('param').id), 200));
