import { createRoute } from '@hono/zod-openapi';
import {
  meetingBodySchema,
  meetingPatchSchema,
  meetingReplySchema,
  meetingViewSchema,
  revisitBodySchema,
  revisitReplySchema,
  stepBodySchema,
  stepParamsSchema,
} from '#contract/meeting.ts';
import { listOf } from '#contract/reference.ts';
import type { AppDeps } from '../deps.ts';
import { changeMeeting } from '../services/meeting/change.ts';
import { holdMeeting } from '../services/meeting/hold.ts';
import { readMeetings } from '../services/meeting/read.ts';
import { recordStep } from '../services/meeting/step.ts';
import { planRevisit } from '../services/revisit/plan.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

const hold = createRoute({
  method: 'post',
  path: '/api/incidents/{id}/meetings',
  summary: 'Officers stood before her: when, where and who; a sworn one among them',
  ...guarded('meeting.hold'),
  request: { ...byId, body: jsonBody(meetingBodySchema) },
  responses: { 201: jsonReply('Recorded', meetingReplySchema), ...refusals },
});
const list = createRoute({
  method: 'get',
  path: '/api/incidents/{id}/meetings',
  summary: 'The meetings of an incident with their steps, documents and revisits, oldest first',
  ...guarded('order.read'),
  request: byId,
  responses: { 200: jsonReply('Meetings', listOf(meetingViewSchema)), ...refusals },
});
const step = createRoute({
  method: 'post',
  path: '/api/meetings/{id}/steps/{n}',
  summary: 'One of the five steps was done, or why not; said again it is corrected',
  ...guarded('meeting.hold'),
  request: { params: stepParamsSchema, body: jsonBody(stepBodySchema) },
  responses: { 200: jsonReply('Recorded', meetingReplySchema), ...refusals },
});
const change = createRoute({
  method: 'patch',
  path: '/api/meetings/{id}',
  summary: 'Consent to look at the phone, and what was installed on it',
  ...guarded('meeting.hold'),
  request: { ...byId, body: jsonBody(meetingPatchSchema) },
  responses: { 200: jsonReply('Recorded', meetingReplySchema), ...refusals },
});
const revisit = createRoute({
  method: 'post',
  path: '/api/meetings/{id}/revisit',
  summary: 'Plan to come back to her, also after the incident was closed',
  ...guarded('meeting.hold'),
  request: { ...byId, body: jsonBody(revisitBodySchema) },
  responses: { 201: jsonReply('Planned', revisitReplySchema), ...refusals },
});

export const meetingRoutes = (deps: AppDeps) =>
  resource()
    .openapi(hold, async c => {
      const call = await callOf(c, 201);
      const { reply, seq } = await holdMeeting(deps, call, c.req.valid('param').id, c.req.valid('json'));
      return c.json({ ...reply, seq }, 201);
    })
    .openapi(list, async c => {
      const items = await readMeetings(deps, c.get('actor'), c.req.valid('param').id);
      return c.json({ items, nextCursor: null }, 200);
    })
    .openapi(step, async c => {
      const call = await callOf(c, 200);
      const { id, n } = c.req.valid('param');
      const { reply, seq } = await recordStep(deps, call, id, n, c.req.valid('json'));
      return c.json({ ...reply, seq }, 200);
    })
    .openapi(change, async c => {
      const call = await callOf(c, 200);
      const { reply, seq } = await changeMeeting(deps, call, c.req.valid('param').id, c.req.valid('json'));
      return c.json({ ...reply, seq }, 200);
    })
    .openapi(revisit, async c => {
      const call = await callOf(c, 201);
      const { dueAt } = c.req.valid('json');
      const { reply, seq } = await planRevisit(deps, call, c.req.valid('param').id, dueAt);
      return c.json({ ...reply, seq }, 201);
    });
