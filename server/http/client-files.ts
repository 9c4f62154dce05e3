/** The built client: files under their hashed names, and one page for every address of the application. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { compressFiles } from './compress.ts';
import type { AppEnv } from './types.ts';

/** Addresses that the client's own router knows. Anything else is a 404, not a page that looks alive. */
const pages = [
  '/',
  '/login',
  '/wall',
  '/desk',
  '/desk/:incidentId',
  '/field',
  '/account',
  '/replay',
  '/replay/:incidentId',
  '/replay/:incidentId/report',
  '/reports',
  '/today',
  '/handover',
  '/calibration',
  '/station',
  '/station/:stationId',
  '/letter/:stopId',
  '/admin',
  '/admin/:section',
  '/audit',
  '/audit/:section',
] as const;

const cacheByName = createMiddleware(async (c, next) => {
  await next();
  if (c.res.status !== 200) return;
  // Files below /assets carry a hash of their content in their names and never change.
  const lasting = c.req.path.startsWith('/assets/');
  c.header('Cache-Control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
});

export function clientFiles(dir: string): Hono<AppEnv> {
  const client = new Hono<AppEnv>();
  for (const page of pages) {
    client.get(page, compressFiles, async c => {
      c.header('Cache-Control', 'no-cache');
      return c.html(await readFile(join(dir, 'index.html'), 'utf8'));
    });
  }
  client.get('/*', cacheByName, compressFiles, serveStatic({ root: dir }));
  return client;
}
