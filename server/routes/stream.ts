import { createRoute, z } from '@hono/zod-openapi';
import { CodedError } from '#contract/errors.ts';
import type { StreamHub } from '../stream/hub.ts';
import { guarded, refusals, resource } from './define.ts';

export interface StreamDeps {
  stream: StreamHub;
}

const seq = z.string().regex(/^\d{1,15}$/, 'expected the seq of a fact');

const get = createRoute({
  method: 'get',
  path: '/api/stream',
  summary: 'Follow the world live (server-sent events); resumes after Last-Event-ID or since',
  ...guarded('stream.open'),
  request: {
    query: z.object({ since: seq.optional() }),
    headers: z.object({ 'last-event-id': z.string().optional() }),
  },
  responses: {
    200: {
      description: 'Messages as in contract/stream.ts',
      content: { 'text/event-stream': { schema: z.string() } },
    },
    ...refusals,
  },
});

/** The screens' stream. It stays open until either side ends it. */
export const streamRoutes = ({ stream }: StreamDeps) =>
  resource().openapi(get, async c => {
    const actor = c.get('actor');
    if (actor.kind !== 'user') throw new CodedError('forbidden', 'only signed-in users have a stream');
    // The browser's own header is the newer one: the address still says where its first connection began.
    const last = seq.safeParse(c.req.header('Last-Event-ID')).data ?? c.req.valid('query').since;
    const body = await stream.open(actor, last === undefined ? undefined : Number(last));
    return c.body(body, 200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      // A reverse proxy must not collect the frames.
      'X-Accel-Buffering': 'no',
    });
  });
