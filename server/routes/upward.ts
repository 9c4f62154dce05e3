import { createRoute, z } from '@hono/zod-openapi';
import { CodedError } from '#contract/errors.ts';
import {
  upwardAcksReplySchema,
  upwardAcksSchema,
  upwardFileQuerySchema,
  upwardListSchema,
  upwardMovedSchema,
  upwardQuerySchema,
} from '#contract/upward.ts';
import { listMessages } from '../../db/queries/loop/upward.ts';
import { contextOf } from '../auth/reach.ts';
import { machineClock } from '../clock.ts';
import type { AppDeps } from '../deps.ts';
import { isSigned } from '../http/signature.ts';
import { page } from '../http/page.ts';
import { upwardFile } from '../services/upward/file.ts';
import { acknowledge, moveByHand } from '../services/upward/move.ts';
import { callOf, guarded, jsonBody, jsonReply, open, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

const list = createRoute({
  method: 'get',
  path: '/api/upward',
  summary: 'Results for the platforms that sent the alerts, newest first',
  ...guarded('upward.send'),
  request: { query: upwardQuerySchema },
  responses: { 200: jsonReply('Messages', upwardListSchema), ...refusals },
});
const file = createRoute({
  method: 'get',
  path: '/api/upward/file',
  summary: 'The results that were queued on a day as a file, for a platform without a line; audited',
  ...guarded('upward.send'),
  request: { query: upwardFileQuerySchema },
  responses: {
    200: {
      description: 'A file with its watermark; X-Export-Id is the number under which the audit knows it',
      content: { 'application/json': { schema: z.any() }, 'text/csv': { schema: z.any() } },
    },
    ...refusals,
  },
});
const moving = <Path extends string>(path: Path, summary: string) =>
  createRoute({
    method: 'post',
    path,
    summary,
    ...guarded('upward.send'),
    request: byId,
    responses: { 200: jsonReply('Recorded', upwardMovedSchema), ...refusals },
  });
const delivered = moving('/api/upward/{id}/delivered', 'The result went up as a file');
const retry = moving('/api/upward/{id}/retry', 'Send the result again now');
const acks = createRoute({
  method: 'post',
  path: '/feeds/upward-acks',
  summary: "The platform's word on results that it was sent; signed (HMAC-SHA-256) instead of signed in",
  ...open,
  request: { body: jsonBody(upwardAcksSchema) },
  responses: { 200: jsonReply('Taken', upwardAcksReplySchema), ...refusals },
});

const types = { json: 'application/json', csv: 'text/csv; charset=utf-8' };

export const upwardRoutes = (deps: AppDeps) =>
  resource()
    .openapi(list, async c => {
      const { limit, ...filter } = c.req.valid('query');
      const found = await deps.database.read(
        tx => listMessages(tx, { ...filter, limit: limit + 1 }),
        contextOf(c.get('actor')),
      );
      return c.json({ ...page(found, limit), hasPlatform: deps.upward?.url !== undefined }, 200);
    })
    .openapi(file, async c => {
      const asked = c.req.valid('query');
      const { exportId, body } = await upwardFile(deps, c.get('actor'), asked);
      return c.body(body, 200, {
        'Content-Type': types[asked.format],
        'Content-Disposition': `attachment; filename="upward-${asked.day}-${exportId}.${asked.format}"`,
        'X-Export-Id': exportId,
      });
    })
    .openapi(delivered, async c => {
      const call = await callOf(c, 200);
      const { reply, seq } = await moveByHand(deps, call, c.req.valid('param').id, 'delivered');
      return c.json({ ...reply, seq }, 200);
    })
    .openapi(retry, async c => {
      const call = await callOf(c, 200);
      const { reply, seq } = await moveByHand(deps, call, c.req.valid('param').id, 'queued');
      return c.json({ ...reply, seq }, 200);
    })
    .openapi(acks, async c => {
      const header = (name: string) => c.req.header(name);
      const body = await c.req.text();
      const nowMs = machineClock(deps.clock).now();
      if (!deps.upward || !isSigned(deps.upward.key, body, header, nowMs))
        throw new CodedError(
          'unauthenticated',
          'expected a body signed with the key of the platform, not older than 5 minutes',
        );
      return c.json(await acknowledge(deps, c.req.valid('json').acks), 200);
    });
