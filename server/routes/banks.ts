import { createRoute, z } from '@hono/zod-openapi';
import { bankBodySchema, bankImportSchema, bankReplySchema, bankViewSchema } from '#contract/bank.ts';
import { listOf } from '#contract/reference.ts';
import { listBanks } from '../../db/queries/loop/banks.ts';
import { contextOf } from '../auth/reach.ts';
import type { AppDeps } from '../deps.ts';
import { importBanks } from '../services/bank/import.ts';
import { addBank, changeBank, removeBank } from '../services/bank/save.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

const list = createRoute({
  method: 'get',
  path: '/api/banks',
  summary: 'The directory of banks: whom to telephone for a stop-payment',
  ...guarded('bank.read'),
  responses: { 200: jsonReply('Banks', listOf(bankViewSchema)), ...refusals },
});
const add = createRoute({
  method: 'post',
  path: '/api/banks',
  summary: 'Add a bank or branch',
  ...guarded('bank.set'),
  request: { body: jsonBody(bankBodySchema) },
  responses: { 201: jsonReply('Added', bankReplySchema), ...refusals },
});
const replace = createRoute({
  method: 'put',
  path: '/api/banks/{id}',
  summary: 'Replace an entry',
  ...guarded('bank.set'),
  request: { ...byId, body: jsonBody(bankBodySchema) },
  responses: { 200: jsonReply('Replaced', bankReplySchema), ...refusals },
});
const remove = createRoute({
  method: 'delete',
  path: '/api/banks/{id}',
  summary: 'Take an entry out',
  ...guarded('bank.set'),
  request: byId,
  responses: { 200: jsonReply('Removed', bankReplySchema), ...refusals },
});
const table = createRoute({
  method: 'post',
  path: '/api/banks/import',
  summary: 'Take over a CSV or XLSX table, all or none; preview=true only says what would happen',
  ...guarded('bank.set'),
  request: {
    query: z.object({
      preview: z.enum(['true', 'false']).default('false'),
      sheet: z.string().max(100).optional(),
    }),
    body: { content: { 'application/octet-stream': { schema: z.any() } }, required: true },
  },
  responses: {
    200: jsonReply('What was found, and whether it was taken over', bankImportSchema),
    ...refusals,
  },
});

export const bankRoutes = (deps: AppDeps) =>
  resource()
    .openapi(list, async c => {
      const items = await deps.database.read(listBanks, contextOf(c.get('actor')));
      return c.json({ items, nextCursor: null }, 200);
    })
    .openapi(add, async c =>
      c.json((await addBank(deps, await callOf(c, 201), c.req.valid('json'))).reply, 201),
    )
    .openapi(replace, async c => {
      const call = await callOf(c, 200);
      return c.json((await changeBank(deps, call, c.req.valid('param').id, c.req.valid('json'))).reply, 200);
    })
    .openapi(remove, async c =>
      c.json((await removeBank(deps, await callOf(c, 200), c.req.valid('param').id)).reply, 200),
    )
    .openapi(table, async c => {
      const { preview, sheet } = c.req.valid('query');
      // Before anything reads the body as text, which a workbook is not.
      const bytes = new Uint8Array(await c.req.arrayBuffer());
      const call = await callOf(c, 200);
      return c.json(await importBanks(deps, call, { bytes, sheet }, { preview: preview === 'true' }), 200);
    });
