import { createRoute, z } from '@hono/zod-openapi';
import { weekOf } from '#contract/audit.ts';
import { calibrationSchema } from '#contract/calibration.ts';
import { bulletinSchema, weeklyQuerySchema } from '#contract/bulletin.ts';
import type { AppDeps } from '../deps.ts';
import { readCalibration } from '../services/calibration/board.ts';
import { exportBulletin } from '../services/report/export.ts';
import { weeklyBulletin } from '../services/report/weekly.ts';
import { guarded, jsonReply, refusals, resource } from './define.ts';

const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
} as const;

const weekly = createRoute({
  method: 'get',
  path: '/api/reports/weekly',
  summary:
    'The weekly bulletin as it was known at an instant; as a workbook or on paper it is an export with a watermark, and audited',
  ...guarded('report.read'),
  request: { query: weeklyQuerySchema },
  responses: {
    200: {
      description: 'The bulletin; of a file X-Export-Id is the number under which the audit knows it',
      content: {
        'application/json': { schema: bulletinSchema },
        [types.xlsx]: { schema: z.any() },
        [types.pdf]: { schema: z.any() },
      },
    },
    ...refusals,
  },
});

const calibration = createRoute({
  method: 'get',
  path: '/api/reports/calibration',
  summary: 'How right the beliefs about closed cases were, and what each kind of sighting is worth',
  ...guarded('report.read'),
  responses: { 200: jsonReply('The board', calibrationSchema), ...refusals },
});

export const reportRoutes = (deps: AppDeps) =>
  resource()
    .openapi(calibration, async c => c.json(await readCalibration(deps), 200))
    .openapi(weekly, async c => {
      const { format, week = weekOf(deps.clock.now()), asOf } = c.req.valid('query');
      const asked = { week, asOf };
      const actor = c.get('actor');
      if (format === 'json') return c.json(await weeklyBulletin(deps, actor, asked), 200);
      const { exportId, bytes } = await exportBulletin(deps, actor, asked, format);
      return c.body(new Uint8Array(bytes).buffer, 200, {
        'Content-Type': types[format],
        'Content-Disposition': `attachment; filename="bulletin-${week}.${format}"`,
        'X-Export-Id': exportId,
      });
    });
