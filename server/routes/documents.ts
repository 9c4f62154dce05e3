import { createRoute, z } from '@hono/zod-openapi';
import { documentQuerySchema, documentReplySchema } from '#contract/meeting.ts';
import type { AppDeps } from '../deps.ts';
import { keepDocument } from '../services/document/keep.ts';
import { readDocument } from '../services/document/read.ts';
import { extensionOf } from '../services/document/sniff.ts';
import { callOf, guarded, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

const file = { content: { 'application/octet-stream': { schema: z.any() } }, required: true } as const;

const keep = createRoute({
  method: 'post',
  path: '/api/meetings/{id}/documents',
  summary:
    'Keep a pledge or photograph (JPEG, PNG, WebP or PDF of at most 5 MB as the body), or where a recording is kept (text)',
  ...guarded('meeting.hold'),
  request: { ...byId, query: documentQuerySchema, body: file },
  responses: { 201: jsonReply('Kept', documentReplySchema), ...refusals },
});
const read = createRoute({
  method: 'get',
  path: '/api/documents/{id}',
  summary: 'A document of the vault; each reading is audited before the first byte',
  ...guarded('document.read'),
  request: byId,
  responses: {
    200: {
      description: 'The document, as a file',
      content: { 'application/octet-stream': { schema: z.any() } },
    },
    ...refusals,
  },
});

/** A document is shown by no page of ours and may do nothing in any. */
const harmless = "default-src 'none'; sandbox";

export const documentRoutes = (deps: AppDeps) =>
  resource()
    .openapi(keep, async c => {
      // Before anything reads the body as text: bytes that went through text are no longer the same.
      const bytes = new Uint8Array(await c.req.arrayBuffer());
      const call = await callOf(c, 201);
      const document = { ...c.req.valid('query'), type: c.req.header('Content-Type') ?? null, bytes };
      const { reply, seq } = await keepDocument(deps, call, c.req.valid('param').id, document);
      return c.json({ ...reply, seq }, 201);
    })
    .openapi(read, async c => {
      const { id, mime, bytes, reference } = await readDocument(
        deps,
        c.get('actor'),
        c.req.valid('param').id,
      );
      const body = reference === null ? bytes : new TextEncoder().encode(`${reference}\n`);
      return c.body(body, 200, {
        'Content-Type': reference === null ? mime : 'text/plain; charset=utf-8',
        'Content-Disposition': `attachment; filename="${id}.${extensionOf(mime)}"`,
        'Content-Security-Policy': harmless,
      });
    });
