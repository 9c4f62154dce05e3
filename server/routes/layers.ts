import { createRoute, z } from '@hono/zod-openapi';
import { pageQuerySchema } from '#contract/common.ts';
import {
  applyBodySchema,
  layerNameSchema,
  previewQuerySchema,
  previewReplySchema,
  rowProblemSchema,
  takenUpReplySchema,
  useBodySchema,
  versionsReplySchema,
} from '#contract/layer.ts';
import { listOf } from '#contract/reference.ts';
import type { AppDeps } from '../deps.ts';
import { layerTemplate } from '../region/layer/template.ts';
import { KEPT_VERSIONS } from '../region/store.ts';
import { LayerDesk } from '../services/region/layers.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';

const params = z.object({ layer: layerNameSchema });
const file = { content: { 'application/octet-stream': { schema: z.any() } }, required: true } as const;
const problemsShown = 200;

const preview = createRoute({
  method: 'post',
  path: '/api/layers/{layer}/preview',
  summary:
    'Reads a table (CSV, GeoJSON or .xlsx of at most 20 MB as the body) and says what applying it would do',
  ...guarded('layer.load'),
  request: { params, query: previewQuerySchema, body: file },
  responses: {
    200: jsonReply('What is wrong with it, and what it would change', previewReplySchema),
    ...refusals,
  },
});
const problems = createRoute({
  method: 'get',
  path: '/api/layers/previews/{token}/problems',
  summary: 'All problems of a preview, page by page',
  ...guarded('layer.load'),
  request: { params: z.object({ token: z.string() }), query: pageQuerySchema },
  responses: { 200: jsonReply('Problems', listOf(rowProblemSchema)), ...refusals },
});
const apply = createRoute({
  method: 'post',
  path: '/api/layers/{layer}/apply',
  summary: 'Applies a preview exactly as it was shown, or tells that another version came into use since',
  ...guarded('layer.load'),
  request: { params, body: jsonBody(applyBodySchema) },
  responses: { 200: jsonReply('The new version', takenUpReplySchema), ...refusals },
});
const template = createRoute({
  method: 'get',
  path: '/api/layers/{layer}/template',
  summary: 'An empty table of a layer',
  ...guarded('layer.load'),
  request: { params, query: z.object({ format: z.enum(['csv', 'xlsx']).default('xlsx') }) },
  responses: { 200: { description: 'A file to fill in', ...file }, ...refusals },
});
const versions = createRoute({
  method: 'get',
  path: '/api/layers/versions',
  summary: 'Versions of the region, newest first',
  ...guarded('layer.load'),
  responses: { 200: jsonReply('Versions', versionsReplySchema), ...refusals },
});
const undo = createRoute({
  method: 'post',
  path: '/api/layers/undo',
  summary: 'Goes back to the version before, as a new one',
  ...guarded('layer.load'),
  responses: { 200: jsonReply('The new version', takenUpReplySchema), ...refusals },
});
const use = createRoute({
  method: 'post',
  path: '/api/layers/use',
  summary: 'Brings a kept version back, as a new one',
  ...guarded('layer.load'),
  request: { body: jsonBody(useBodySchema) },
  responses: { 200: jsonReply('The new version', takenUpReplySchema), ...refusals },
});

const templateTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export const layerRoutes = (deps: AppDeps) => {
  const desk = new LayerDesk(deps);
  return resource()
    .openapi(versions, async c => {
      const items = await desk.versions();
      const { restartNeeded } = deps.region;
      return c.json({ items, nextCursor: null, kept: KEPT_VERSIONS, restartNeeded }, 200);
    })
    .openapi(problems, c => {
      const { limit, cursor = '0' } = c.req.valid('query');
      const from = Number(cursor);
      const all = desk.problems(c.get('actor'), c.req.valid('param').token);
      const nextCursor = from + limit < all.length ? String(from + limit) : null;
      return c.json({ items: all.slice(from, from + limit), nextCursor }, 200);
    })
    .openapi(undo, async c => c.json(await desk.undo(await callOf(c, 200)), 200))
    .openapi(use, async c => c.json(await desk.use(await callOf(c, 200), c.req.valid('json').id), 200))
    .openapi(preview, async c => {
      const table = { ...c.req.valid('param'), ...c.req.valid('query') };
      const bytes = new Uint8Array(await c.req.arrayBuffer());
      const { token, prepared } = await desk.preview(c.get('actor'), { ...table, bytes });
      const { reference: _, problems: all, ...shown } = prepared;
      const applicable = all.length === 0;
      const first = all.slice(0, problemsShown);
      return c.json({ token, applicable, problemCount: all.length, problems: first, ...shown }, 200);
    })
    .openapi(apply, async c => {
      const { layer } = c.req.valid('param');
      return c.json(await desk.apply(await callOf(c, 200), layer, c.req.valid('json').token), 200);
    })
    .openapi(template, c => {
      const { layer } = c.req.valid('param');
      const { format } = c.req.valid('query');
      c.header('Content-Type', templateTypes[format]);
      c.header('Content-Disposition', `attachment; filename="${layer}.${format}"`);
      return c.body(layerTemplate(layer, format) as Uint8Array<ArrayBuffer>, 200);
    });
};
