import { createRoute, z } from '@hono/zod-openapi';
import { addressReplySchema } from '#contract/address.ts';
import type { AppDeps } from '../deps.ts';
import { guarded, jsonReply, refusals, resource } from './define.ts';

const nearSchema = z.string().transform((text, context): [number, number] => {
  const [lng, lat, ...more] = text.split(',').map(Number);
  const sound = more.length === 0 && Math.abs(lng ?? Number.NaN) <= 180 && Math.abs(lat ?? Number.NaN) <= 90;
  if (sound) return [lng!, lat!];
  context.addIssue({ code: 'custom', message: 'expected lng,lat in degrees' });
  return z.NEVER;
});

const addresses = createRoute({
  method: 'get',
  path: '/api/addresses',
  summary:
    'Where a written address may be: ranked places with how far off and how sure, or that it is elsewhere',
  ...guarded('reference.read'),
  request: {
    query: z.object({
      q: z.string().trim().min(1).max(300),
      limit: z.coerce.number().int().min(1).max(20).default(6),
      /** `lng,lat`: of equals the nearer comes first. */
      near: nearSchema.optional(),
    }),
  },
  responses: { 200: jsonReply('Candidates, the likeliest first', addressReplySchema), ...refusals },
});

export const addressRoutes = ({ addresses: book }: AppDeps) =>
  resource().openapi(addresses, async c => {
    const { q, limit, near } = c.req.valid('query');
    // Somebody's home may stand in the answer as well.
    c.header('Cache-Control', 'no-store');
    return c.json(await book.resolve(q, { limit, ...(near && { near }) }), 200);
  });
