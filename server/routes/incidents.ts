import { createRoute, z } from '@hono/zod-openapi';
import { idSchema } from '#contract/common.ts';
import { closeBodySchema, memberBodySchema } from '#contract/incident.ts';
import {
  fullSubjectSchema,
  incidentDetailSchema,
  incidentQuerySchema,
  incidentViewSchema,
} from '#contract/incident-view.ts';
import { listOf } from '#contract/reference.ts';
import { incidentDetail } from '../../db/queries/incident-detail.ts';
import { listIncidents } from '../../db/queries/list-incidents.ts';
import type { Actor } from '../auth/actor.ts';
import { type SubjectRow, subjectView } from '../auth/masking.ts';
import { can } from '../auth/policy.ts';
import { contextOf, listReach } from '../auth/reach.ts';
import type { AppDeps } from '../deps.ts';
import { page } from '../http/page.ts';
import { notFound } from '../services/guard.ts';
import { addMember } from '../services/incident/add-member.ts';
import { closeIncident } from '../services/incident/close.ts';
import { loadIncident } from '../services/incident/load.ts';
import { readSubject } from '../services/incident/read-subject.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';

export const byId = { params: z.object({ id: idSchema }) };

const list = createRoute({
  method: 'get',
  path: '/api/incidents',
  summary: 'Incidents within reach, newest first; names and numbers masked',
  ...guarded('incident.read'),
  request: { query: incidentQuerySchema },
  responses: { 200: jsonReply('Incidents', listOf(incidentViewSchema)), ...refusals },
});
const detail = createRoute({
  method: 'get',
  path: '/api/incidents/{id}',
  summary: 'One incident with its alerts, members, authorities and that sightings came in',
  ...guarded('incident.read'),
  request: byId,
  responses: { 200: jsonReply('The incident', incidentDetailSchema), ...refusals },
});
const subject = createRoute({
  method: 'get',
  path: '/api/incidents/{id}/subject',
  summary: 'Name, number and address in full; each call is audited',
  ...guarded('incident.readSubject'),
  request: byId,
  responses: { 200: jsonReply('The subject', fullSubjectSchema), ...refusals },
});
const members = createRoute({
  method: 'post',
  path: '/api/incidents/{id}/members',
  summary: 'Put a user on the incident, by id or user name',
  ...guarded('incident.addMember'),
  request: { ...byId, body: jsonBody(memberBodySchema) },
  responses: { 201: jsonReply('On the incident', z.object({ userId: z.string() })), ...refusals },
});
const close = createRoute({
  method: 'post',
  path: '/api/incidents/{id}/close',
  summary: 'Close the incident with its outcome',
  ...guarded('incident.close'),
  request: { ...byId, body: jsonBody(closeBodySchema) },
  responses: {
    200: jsonReply('Closed', z.object({ incidentId: z.string(), closedAt: z.string() })),
    ...refusals,
  },
});
export const incidentRoutes = (deps: AppDeps) =>
  resource()
    .openapi(list, async c => {
      const actor = c.get('actor');
      const query = c.req.valid('query');
      const reach = listReach(actor, 'incident.read');
      const found = await deps.database.read(
        tx => listIncidents(tx, reach, { ...query, limit: query.limit + 1 }),
        contextOf(actor),
      );
      const { items, nextCursor } = page(found, query.limit);
      return c.json({ items: items.map(row => masked(actor, row)), nextCursor }, 200);
    })
    .openapi(detail, async c => {
      const actor = c.get('actor');
      const { id } = c.req.valid('param');
      const row = await deps.database.read(async tx => {
        await loadIncident(tx, actor, 'incident.read', id);
        return incidentDetail(tx, id);
      }, contextOf(actor));
      if (!row) throw notFound('incident');
      // The words of an authority may name her.
      const authorities = can(actor, 'incident.readSubject') === 'allow' ? row.authorities : [];
      return c.json({ ...masked(actor, row), authorities }, 200);
    })
    .openapi(subject, async c =>
      c.json(await readSubject(deps, c.get('actor'), c.req.valid('param').id), 200),
    )
    .openapi(members, async c => {
      const { userId } = c.req.valid('json');
      const { reply } = await addMember(deps, await callOf(c, 201), c.req.valid('param').id, userId);
      return c.json(reply, 201);
    })
    .openapi(close, async c => {
      const { reply } = await closeIncident(
        deps,
        await callOf(c, 200),
        c.req.valid('param').id,
        c.req.valid('json'),
      );
      return c.json(reply, 200);
    });

/** The subject masked, or left out for roles that see nobody. */
function masked<Row extends { subject: SubjectRow | null }>(actor: Actor, { subject: row, ...rest }: Row) {
  const shown = row !== null && can(actor, 'incident.readSubject') === 'allow';
  return { ...rest, ...(shown && { subject: subjectView(row) }) };
}
