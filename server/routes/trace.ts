import { createRoute, z } from '@hono/zod-openapi';
import { authorityBodySchema } from '#contract/incident.ts';
import { correctBodySchema, sightingBodySchema, withdrawBodySchema } from '#contract/sighting.ts';
import { sightingItemSchema, sightingViewSchema } from '#contract/sighting-view.ts';
import type { AppDeps } from '../deps.ts';
import { approveAuthority } from '../services/authority/approve.ts';
import { requestAuthority } from '../services/authority/request.ts';
import { revokeAuthority } from '../services/authority/revoke.ts';
import { openLook } from '../services/look/open.ts';
import { readTrace } from '../services/look/read.ts';
import { correctSighting } from '../services/sighting/correct.ts';
import { recordSighting } from '../services/sighting/record.ts';
import { withdrawSighting } from '../services/sighting/withdraw.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

const authorityReply = z.object({ authorityId: z.string() });
const sightingReply = z.object({ sightingId: z.string(), seq: z.number() });
/** Why: at least 8 characters, percent-encoded where they are not ASCII. A missing one is refused with the other reasons. */
export const reasonHeader = z.object({ 'x-access-reason': z.string().optional() });

const request = createRoute({
  method: 'post',
  path: '/api/incidents/{id}/authorities',
  summary: 'Ask for the authority to look at the trace',
  ...guarded('authority.request'),
  request: { ...byId, body: jsonBody(authorityBodySchema) },
  responses: {
    201: jsonReply('Asked for; it needs an approval by somebody else', authorityReply),
    ...refusals,
  },
});
const approve = createRoute({
  method: 'post',
  path: '/api/authorities/{id}/approve',
  summary: 'Approve an authority that somebody else asked for',
  ...guarded('authority.decide'),
  request: byId,
  responses: { 200: jsonReply('Approved', authorityReply), ...refusals },
});
const revoke = createRoute({
  method: 'post',
  path: '/api/authorities/{id}/revoke',
  summary: 'End an authority and every look that rests on it',
  ...guarded('authority.decide'),
  request: byId,
  responses: { 200: jsonReply('Revoked', authorityReply), ...refusals },
});
const record = createRoute({
  method: 'post',
  path: '/api/incidents/{id}/sightings',
  summary: 'Write down what is known of the subject',
  ...guarded('sighting.record'),
  request: { ...byId, body: jsonBody(sightingBodySchema) },
  responses: { 201: jsonReply('Stored', sightingReply), ...refusals },
});
const read = createRoute({
  method: 'get',
  path: '/api/incidents/{id}/sightings',
  summary:
    'Look at the trace: needs open incident, membership, valid authority and a reason; each look is audited',
  ...guarded('trace.look'),
  request: { ...byId, headers: reasonHeader },
  responses: {
    200: jsonReply(
      'The sightings, oldest first',
      z.object({ items: z.array(sightingItemSchema), nextCursor: z.null() }),
    ),
    ...refusals,
  },
});
const look = createRoute({
  method: 'post',
  path: '/api/incidents/{id}/looks',
  summary: "Open the trace for this session's stream, under the same conditions",
  ...guarded('trace.look'),
  request: { ...byId, headers: reasonHeader },
  responses: {
    200: jsonReply('Open', z.object({ lookId: z.string(), sightings: z.array(sightingViewSchema) })),
    ...refusals,
  },
});
const correct = createRoute({
  method: 'post',
  path: '/api/sightings/{id}/correct',
  summary: 'Replace a sighting by a corrected one',
  ...guarded('sighting.amend'),
  request: { ...byId, body: jsonBody(correctBodySchema) },
  responses: { 201: jsonReply('Corrected', sightingReply), ...refusals },
});
const withdraw = createRoute({
  method: 'post',
  path: '/api/sightings/{id}/withdraw',
  summary: 'Take a sighting back',
  ...guarded('sighting.amend'),
  request: { ...byId, body: jsonBody(withdrawBodySchema) },
  responses: { 200: jsonReply('Withdrawn', sightingReply), ...refusals },
});

/** Authorities, sightings and looks: everything around a trace. */
export const traceRoutes = (deps: AppDeps) =>
  resource()
    .openapi(request, async c => {
      const { reply } = await requestAuthority(
        deps,
        await callOf(c, 201),
        c.req.valid('param').id,
        c.req.valid('json'),
      );
      return c.json(reply, 201);
    })
    .openapi(approve, async c =>
      c.json((await approveAuthority(deps, await callOf(c, 200), c.req.valid('param').id)).reply, 200),
    )
    .openapi(revoke, async c =>
      c.json((await revokeAuthority(deps, await callOf(c, 200), c.req.valid('param').id)).reply, 200),
    )
    .openapi(record, async c => {
      const done = await recordSighting(
        deps,
        await callOf(c, 201),
        c.req.valid('param').id,
        c.req.valid('json'),
      );
      return c.json({ ...done.reply, seq: done.seq }, 201);
    })
    .openapi(read, async c => {
      const reason = c.req.header('X-Access-Reason');
      const items = await readTrace(deps, c.get('actor'), c.req.valid('param').id, reason);
      return c.json({ items, nextCursor: null }, 200);
    })
    .openapi(look, async c => {
      const reason = c.req.header('X-Access-Reason');
      return c.json(await openLook(deps, c.get('actor'), c.req.valid('param').id, reason), 200);
    })
    .openapi(correct, async c => {
      const done = await correctSighting(
        deps,
        await callOf(c, 201),
        c.req.valid('param').id,
        c.req.valid('json'),
      );
      return c.json({ ...done.reply, seq: done.seq }, 201);
    })
    .openapi(withdraw, async c => {
      const { reason } = c.req.valid('json');
      const done = await withdrawSighting(deps, await callOf(c, 200), c.req.valid('param').id, reason);
      return c.json({ ...done.reply, seq: done.seq }, 200);
    });
