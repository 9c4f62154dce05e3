import { createRoute, z } from '@hono/zod-openapi';
import {
  contactBodySchema,
  contactReplySchema,
  contactViewSchema,
  smsBodySchema,
  smsReplySchema,
  smsStatusSchema,
} from '#contract/lines.ts';
import { contactViews } from '../../db/queries/loop/contacts.ts';
import { contextOf } from '../auth/reach.ts';
import type { AppDeps } from '../deps.ts';
import { recordContact } from '../services/contact/record.ts';
import { loadIncident } from '../services/incident/load.ts';
import { sendSms } from '../services/sms/send.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

const seq = { seq: z.number() };

const record = createRoute({
  method: 'post',
  path: '/api/incidents/{id}/contacts',
  summary: 'Record an attempt to reach her or her family, with what came of it',
  ...guarded('contact.record'),
  request: { ...byId, body: jsonBody(contactBodySchema) },
  responses: { 201: jsonReply('Recorded', contactReplySchema.extend(seq)), ...refusals },
});
const list = createRoute({
  method: 'get',
  path: '/api/incidents/{id}/contacts',
  summary: 'The attempts to reach her, newest first',
  ...guarded('contact.record'),
  request: byId,
  responses: { 200: jsonReply('Attempts', z.object({ items: z.array(contactViewSchema) })), ...refusals },
});
const sms = createRoute({
  method: 'post',
  path: '/api/incidents/{id}/sms',
  summary: 'Send a warning by message; it is delivered when its receipt says so',
  ...guarded('sms.send'),
  request: { ...byId, body: jsonBody(smsBodySchema) },
  responses: { 202: jsonReply('Queued', smsReplySchema.extend(seq)), ...refusals },
});
const status = createRoute({
  method: 'get',
  path: '/api/sms',
  summary: 'Whether messages can be sent',
  ...guarded('sms.send'),
  responses: { 200: jsonReply('The gateway', smsStatusSchema), ...refusals },
});

/** The line of contact: calls, messages, her family. */
export const contactRoutes = (deps: AppDeps) =>
  resource()
    .openapi(record, async c => {
      const call = await callOf(c, 201);
      const done = await recordContact(deps, call, c.req.valid('param').id, c.req.valid('json'));
      return c.json({ ...done.reply, seq: done.seq }, 201);
    })
    .openapi(list, async c => {
      const actor = c.get('actor');
      const { id } = c.req.valid('param');
      const items = await deps.database.read(async tx => {
        await loadIncident(tx, actor, 'contact.record', id);
        return contactViews(tx, id);
      }, contextOf(actor));
      return c.json({ items }, 200);
    })
    .openapi(sms, async c => {
      const call = await callOf(c, 202);
      const done = await sendSms(deps, call, c.req.valid('param').id, c.req.valid('json'));
      return c.json({ ...done.reply, seq: done.seq }, 202);
    })
    .openapi(status, c => c.json({ gateway: deps.sms !== undefined }, 200));
