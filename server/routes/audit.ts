import { createRoute, z } from '@hono/zod-openapi';
import {
  auditDaySchema,
  auditDaysSchema,
  auditListSchema,
  auditQuerySchema,
  findingStates,
  lookersQuerySchema,
  lookersSchema,
  peopleSchema,
  reviewBodySchema,
  unusualQuerySchema,
  unusualSchema,
} from '#contract/audit.ts';
import { auditDays, auditPeople } from '../../db/queries/audit-view.ts';
import type { AppDeps } from '../deps.ts';
import { findUnusual } from '../services/review/find.ts';
import { readAudit, readLookers } from '../services/review/read.ts';
import { setFindingState } from '../services/review/set-state.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

const list = createRoute({
  method: 'get',
  path: '/api/audit',
  summary: 'Who did what, when, on what authority and why, newest first; asking is audited',
  ...guarded('audit.read'),
  request: { query: auditQuerySchema },
  responses: { 200: jsonReply('Rows of the audit', auditListSchema), ...refusals },
});
const lookers = createRoute({
  method: 'get',
  path: '/api/audit/lookers',
  summary: 'Everybody who looked at the subject of an incident, over all of her incidents; asking is audited',
  ...guarded('audit.read'),
  request: { query: lookersQuerySchema },
  responses: { 200: jsonReply('People', lookersSchema), ...refusals },
});
const people = createRoute({
  method: 'get',
  path: '/api/audit/people',
  summary: 'Accounts, for choosing whose acts are shown',
  ...guarded('audit.read'),
  responses: { 200: jsonReply('Accounts', peopleSchema), ...refusals },
});
const days = createRoute({
  method: 'get',
  path: '/api/audit/days',
  summary: 'The daily reports: where the chain of the audit stood at the end of each day, newest first',
  ...guarded('audit.read'),
  responses: { 200: jsonReply('Days', auditDaysSchema), ...refusals },
});
const unusual = createRoute({
  method: 'get',
  path: '/api/audit/unusual',
  summary: 'Looks of a week that somebody should ask about; asking is audited',
  ...guarded('audit.review'),
  request: { query: unusualQuerySchema },
  responses: { 200: jsonReply('Findings', unusualSchema), ...refusals },
});
const review = createRoute({
  method: 'post',
  path: '/api/audit/unusual/{id}/review',
  summary: 'Note what became of an unusual look; audited',
  ...guarded('audit.review'),
  request: { ...byId, body: jsonBody(reviewBodySchema) },
  responses: {
    200: jsonReply('Noted', z.object({ findingId: z.string(), state: z.enum(findingStates) })),
    ...refusals,
  },
});

const daysShown = 60;

/** What an auditor asks. */
export const auditRoutes = (deps: AppDeps) =>
  resource()
    .openapi(list, async c => c.json(await readAudit(deps, c.get('actor'), c.req.valid('query')), 200))
    .openapi(lookers, async c =>
      c.json(await readLookers(deps, c.get('actor'), c.req.valid('query').incident), 200),
    )
    .openapi(people, async c =>
      c.json({ items: await deps.database.read(auditPeople), nextCursor: null }, 200),
    )
    .openapi(days, async c => {
      const found = await deps.database.read(tx => auditDays(tx, daysShown));
      const items = found.map(({ body }) => auditDaySchema.parse(JSON.parse(body))).toReversed();
      return c.json({ items, nextCursor: null }, 200);
    })
    .openapi(unusual, async c =>
      c.json(await findUnusual(deps, c.req.valid('query').week, c.get('actor')), 200),
    )
    .openapi(review, async c => {
      const call = await callOf(c, 200);
      const { reply } = await setFindingState(deps, call, c.req.valid('param').id, c.req.valid('json'));
      return c.json(reply, 200);
    });
