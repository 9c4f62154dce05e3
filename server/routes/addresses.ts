import { createRoute } from '@hono/zod-openapi';
import { addressQuerySchema, addressReplySchema } from '#contract/address.ts';
import type { AppDeps } from '../deps.ts';
import { guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';

/** A question, and yet a POST: what is asked may be somebody's home, and addresses of requests end up in logs. */
const addresses = createRoute({
  method: 'post',
  path: '/api/addresses',
  summary:
    'Where a written address may be: ranked places with how far off and how sure, or that it is elsewhere',
  ...guarded('reference.read'),
  request: { body: jsonBody(addressQuerySchema) },
  responses: { 200: jsonReply('Candidates, the likeliest first', addressReplySchema), ...refusals },
});

export const addressRoutes = ({ addresses: book }: AppDeps) =>
  resource().openapi(addresses, async c => {
    const { q, limit, near } = c.req.valid('json');
    // Somebody's home may stand in the answer as well.
    c.header('Cache-Control', 'no-store');
    return c.json(await book.resolve(q, { limit, ...(near && { near: [near.lng, near.lat] }) }), 200);
  });
