import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { intakePreviewSchema, intakeReplySchema } from '#contract/intake.ts';
import { historySchema, knownBodySchema, knownReplySchema } from '#contract/lines.ts';
import { otherIncidentsOf } from '../../db/queries/loop/history.ts';
import { can } from '../auth/policy.ts';
import { contextOf, listReach } from '../auth/reach.ts';
import type { AppDeps } from '../deps.ts';
import type { AppEnv } from '../http/types.ts';
import { loadIncident } from '../services/incident/load.ts';
import { knownByPhone } from '../services/intake/known.ts';
import { previewAlerts } from '../services/intake/preview.ts';
import type { AlertFile } from '../services/intake/read.ts';
import { takeAlerts } from '../services/intake/take.ts';
import { guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

const query = z.object({
  sheet: z.string().max(100).optional(),
  /** Who sent the table, where its rows do not say so. */
  source: z.string().trim().min(1).max(64).optional(),
});
const file = { content: { 'application/octet-stream': { schema: z.any() } }, required: true } as const;
const replies = { 200: jsonReply('What was taken in, and what was wrong', intakeReplySchema), ...refusals };

const preview = createRoute({
  method: 'post',
  path: '/api/alerts/preview',
  summary: 'Read a table of alerts (CSV in UTF-8 or GBK, or XLSX) and say what taking it in would do',
  ...guarded('alert.receive'),
  request: { query, body: file },
  responses: { 200: jsonReply('The rows as understood', intakePreviewSchema), ...refusals },
});
const taking = <Path extends string>(path: Path) =>
  createRoute({
    method: 'post',
    path,
    summary: 'Take in a table of alerts: each sound row by itself; the same file again changes nothing',
    ...guarded('alert.receive'),
    request: { query, body: file },
    responses: replies,
  });
const desk = taking('/api/alerts/import');
const csv = taking('/feeds/alerts.csv');
const xlsx = taking('/feeds/alerts.xlsx');

const history = createRoute({
  method: 'get',
  path: '/api/incidents/{id}/history',
  summary: 'Other incidents of the same person within reach, newest first',
  ...guarded('incident.read'),
  request: byId,
  responses: { 200: jsonReply('Incidents', historySchema), ...refusals },
});
const known = createRoute({
  method: 'post',
  path: '/api/subjects/known',
  summary: 'Whether somebody with this number was warned before; the number travels in the body alone',
  ...guarded('alert.receive'),
  request: { body: jsonBody(knownBodySchema) },
  responses: { 200: jsonReply('Masked, with the incidents within reach', knownReplySchema), ...refusals },
});

async function fileOf(c: Context<AppEnv>, { sheet, source }: z.infer<typeof query>): Promise<AlertFile> {
  return { bytes: new Uint8Array(await c.req.arrayBuffer()), sheet, source };
}

export const intakeRoutes = (deps: AppDeps) =>
  resource()
    .openapi(preview, async c => {
      const table = await fileOf(c, c.req.valid('query'));
      return c.json(await previewAlerts(deps, c.get('actor'), table), 200);
    })
    .openapi(desk, async c =>
      c.json(await takeAlerts(deps, c.get('actor'), await fileOf(c, c.req.valid('query'))), 200),
    )
    .openapi(csv, async c =>
      c.json(await takeAlerts(deps, c.get('actor'), await fileOf(c, c.req.valid('query'))), 200),
    )
    .openapi(xlsx, async c =>
      c.json(await takeAlerts(deps, c.get('actor'), await fileOf(c, c.req.valid('query'))), 200),
    )
    .openapi(history, async c => {
      const actor = c.get('actor');
      const { id } = c.req.valid('param');
      // Who sees no person, such as the wall, is not told what else happened to her.
      const shown = can(actor, 'incident.readSubject') === 'allow';
      const items = await deps.database.read(async tx => {
        await loadIncident(tx, actor, 'incident.read', id);
        return shown ? otherIncidentsOf(tx, id, listReach(actor, 'incident.read')) : [];
      }, contextOf(actor));
      return c.json({ items }, 200);
    })
    .openapi(known, async c =>
      c.json(await knownByPhone(deps, c.get('actor'), c.req.valid('json').phone), 200),
    );
