/** S14 in a real browser: no page of any role asks anything of another origin, breaks its content policy, or throws. */
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectDatabase, type Database } from '../../db/connect.ts';
import type { Role } from '../../server/contract/incident.ts';
import { type Listener, listen } from '../../server/http/listen.ts';
import { openTrace, type TestApp, testApp } from '../builders/app.ts';
import { copyOfTemplate } from '../builders/database.ts';
import { hasBrowser, launchBrowser, watchPage } from './browser.ts';

const clientDir = process.env['E2E_CLIENT'] ?? fileURLToPath(new URL('../../dist', import.meta.url));

/** Where each role can go; `:incident` is one that is open. */
const pagesOf: Partial<Record<Role, readonly string[]>> = {
  wall: ['/wall'],
  leader: [
    '/desk',
    '/desk/:incident',
    '/admin/roster',
    '/admin/roads',
    '/admin/priors',
    '/admin/glass',
    '/account',
  ],
  field: ['/field'],
  analyst: ['/replay', '/reports'],
  station: ['/station'],
  auditor: ['/audit', '/audit/lookers', '/audit/unusual', '/audit/days'],
  admin: ['/admin/layers', '/admin/users', '/admin/devices', '/admin/retention', '/admin/simulator'],
};

describe('S14 all pages', () => {
  let dataDir: string;
  let database: Database;
  let app: TestApp;
  let listener: Listener;
  let browser: Browser;
  let incidentId: string;

  beforeAll(async () => {
    if (!hasBrowser) return;
    dataDir = await copyOfTemplate();
    database = await connectDatabase({ dataDir });
    app = await testApp(database, { clientDir, dataDir });
    listener = await listen(app.app.fetch, { host: '127.0.0.1', port: 0, tls: undefined });
    ({ incidentId } = await openTrace(app));
    browser = await launchBrowser();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await listener?.close(() => app.deps.live.stream.close());
    await app?.close();
    await database?.close();
    if (dataDir) await rm(dataDir, { recursive: true });
  });

  it.runIf(hasBrowser).each(Object.entries(pagesOf))(
    'of %s stay on their origin, within their policy, and throw nothing',
    async (role, paths) => {
      const value = app.credentials(role as Role)['cookie']!.replace('__Host-jm=', '');
      const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
      await context.addCookies([{ name: 'jm', value, url: listener.url }]);
      for (const path of ['/', ...paths]) {
        const page = await context.newPage();
        const troubles = watchPage(page, listener.url);
        await page.goto(listener.url + path.replace(':incident', incidentId));
        await page.getByRole('main').first().waitFor();
        await page.waitForTimeout(700);
        // No region is installed here, so there are no roads to draw.
        const expected = path === '/admin/roads' ? [expect.stringContaining('404')] : [];
        expect(troubles, path).toEqual(expected);
        expect(new URL(page.url()).pathname, path).not.toBe('/login');
        await page.close();
      }
      await context.close();
    },
    120_000,
  );
});
