import { Hono } from 'hono';
import type { AppDeps } from '../deps.ts';
import type { AppEnv } from '../http/types.ts';

/** For supervisors: is the process alive, is it of use, and how is it doing. Tells nothing about people. */
export const healthRoutes = (deps: AppDeps) =>
  new Hono<AppEnv>()
    .get('/healthz', c => c.json({ status: 'alive' as const }))
    .get('/readyz', async c => {
      try {
        await deps.database.probe();
        return c.json({ status: 'ready' as const, database: 'up' as const }, 200);
      } catch {
        return c.json({ status: 'notReady' as const, database: 'down' as const }, 503);
      }
    })
    .get('/metrics', c => c.text(deps.metrics.render(), 200, { 'Content-Type': 'text/plain; version=0.0.4' }));
