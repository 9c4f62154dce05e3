import { createRoute, z } from '@hono/zod-openapi';
import { auditExportBodySchema } from '#contract/audit.ts';
import { incidentExportBodySchema } from '#contract/export.ts';
import type { AppDeps } from '../deps.ts';
import { exportAudit } from '../services/export/audit.ts';
import { exportIncident } from '../services/export/incident.ts';
import { guarded, jsonBody, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';
import { reasonHeader } from './trace.ts';

const types = { csv: 'text/csv; charset=utf-8', geojson: 'application/geo+json' };
const file = (...names: string[]) => ({
  description: 'A file with its watermark; X-Export-Id is the number under which the audit knows it',
  content: Object.fromEntries(names.map(name => [name, { schema: z.any() }])),
});

const audit = createRoute({
  method: 'post',
  path: '/api/exports/audit',
  summary: 'The audit as a table (CSV), newest first; the export is audited before its first byte',
  ...guarded('audit.read'),
  request: { body: jsonBody(auditExportBodySchema) },
  responses: { 200: file('text/csv'), ...refusals },
});
const incident = createRoute({
  method: 'post',
  path: '/api/exports/incidents/{id}',
  summary:
    "An incident's sightings as GeoJSON or CSV, numbers masked: under the conditions of a look at the trace",
  ...guarded('trace.export'),
  request: { ...byId, headers: reasonHeader, body: jsonBody(incidentExportBodySchema) },
  responses: { 200: file('application/geo+json', 'text/csv'), ...refusals },
});

/** Everything that leaves as a file. */
export const exportRoutes = (deps: AppDeps) => {
  const headers = (exportId: string, format: keyof typeof types) => ({
    'Content-Type': types[format],
    'Content-Disposition': `attachment; filename="${exportId}.${format}"`,
    'X-Export-Id': exportId,
  });
  return resource()
    .openapi(audit, async c => {
      const { exportId, body } = await exportAudit(deps, c.get('actor'), c.req.valid('json'));
      return c.body(body, 200, headers(exportId, 'csv'));
    })
    .openapi(incident, async c => {
      const { format } = c.req.valid('json');
      const reason = c.req.header('X-Access-Reason');
      const asked = { reason, format };
      const { exportId, body } = await exportIncident(deps, c.get('actor'), c.req.valid('param').id, asked);
      return c.body(body, 200, headers(exportId, format));
    });
};
