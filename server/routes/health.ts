import { createRoute, z } from '@hono/zod-openapi';
import type { AppDeps } from '../deps.ts';
import { jsonReply, open, resource } from './define.ts';

const health = createRoute({
  method: 'get',
  path: '/healthz',
  summary: 'Is the process alive',
  ...open,
  responses: { 200: jsonReply('It is', z.object({ status: z.literal('alive') })) },
});
const readyReply = z.object({ status: z.enum(['ready', 'notReady']), database: z.enum(['up', 'down']) });
const ready = createRoute({
  method: 'get',
  path: '/readyz',
  summary: 'Can it work',
  ...open,
  responses: {
    200: jsonReply('It can', readyReply),
    503: jsonReply('The database does not answer', readyReply),
  },
});
const metrics = createRoute({
  method: 'get',
  path: '/metrics',
  summary: 'Counters in the text format of Prometheus',
  ...open,
  responses: { 200: { description: 'Counters', content: { 'text/plain': { schema: z.string() } } } },
});

/** For supervisors: is the process alive, is it of use, and how is it doing. Tells nothing about people. */
export const healthRoutes = (deps: AppDeps) =>
  resource()
    .openapi(health, c => c.json({ status: 'alive' as const }, 200))
    .openapi(ready, async c => {
      try {
        await deps.database.probe();
        return c.json({ status: 'ready' as const, database: 'up' as const }, 200);
      } catch {
        return c.json({ status: 'notReady' as const, database: 'down' as const }, 503);
      }
    })
    .openapi(metrics, c =>
      c.text(deps.metrics.render(), 200, { 'Content-Type': 'text/plain; version=0.0.4' }),
    );
