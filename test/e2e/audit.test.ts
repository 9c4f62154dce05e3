/**
 * An auditor's and an administrator's pages in a real browser, over the whole application: who looked at whom, what of it
 * is unusual, how long what is kept, and what was purged.
 */
import { createHash, randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditTexts } from '../../client/i18n/sections/audit.ts';
import { retentionTexts } from '../../client/i18n/sections/retention.ts';
import type { Role } from '../../server/contract/incident.ts';
import { connectDatabase, type Database } from '../../db/connect.ts';
import { type Listener, listen } from '../../server/http/listen.ts';
import { purge } from '../../server/services/purge/run.ts';
import { reportDays } from '../../server/services/review/report-days.ts';
import { alertBody, openTrace, reasonHeader, type TestApp, testApp } from '../builders/app.ts';
import { copyOfTemplate } from '../builders/database.ts';
import { axeViolations, hasBrowser, launchBrowser, watchPage } from './browser.ts';

const shots = process.env['E2E_SHOTS'];
const clientDir = process.env['E2E_CLIENT'] ?? fileURLToPath(new URL('../../dist', import.meta.url));
const t = auditTexts.zh;
const r = retentionTexts.zh;
const day = '2026-11-22';
const hourMs = 3_600_000;
const never = new AbortController().signal;

describe('the audit page and the retention page', () => {
  let dataDir: string;
  let database: Database;
  let app: TestApp;
  let listener: Listener;
  let browser: Browser;

  beforeAll(async () => {
    if (!hasBrowser) return;
    dataDir = await copyOfTemplate();
    database = await connectDatabase({ dataDir });
    app = await testApp(database, { clientDir, dataDir });
    listener = await listen(app.app.fetch, { host: '127.0.0.1', port: 0, tls: undefined });
    await someWork();
    browser = await launchBrowser();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await listener?.close(() => app.deps.live.stream.close());
    await app?.close();
    await database?.close();
    if (dataDir) await rm(dataDir, { recursive: true });
  });

  /** Two people looked, one was refused, and a day went by. */
  async function someWork(): Promise<void> {
    const { incidentId } = await openTrace(app, ['trace', 'analyst']);
    await openTrace(app);
    const path = `/api/incidents/${incidentId}/sightings`;
    await app.as('trace')('POST', `/api/incidents/${incidentId}/looks`, undefined, reasonHeader);
    for (const role of ['trace', 'analyst', 'operator'] as const)
      await app.as(role)('GET', path, undefined, reasonHeader);
    await app.as('leader')('POST', '/api/alerts', alertBody());
    await purge(app.deps, never);
    app.clock.advance(25 * hourMs);
    await reportDays({ ...app.deps, dataDir }, never);
  }

  async function openAs(
    userId: string,
    role: Role,
    path: string,
  ): Promise<{ page: Page; troubles: string[] }> {
    await app.asUser(userId, role);
    const token = randomBytes(32).toString('base64url');
    await database.pool.query('update user_session set token_hash = $1 where id = $2', [
      createHash('sha256').update(token).digest(),
      `ses-${userId}`,
    ]);
    const viewport = { width: 1366, height: 768 };
    const context = await browser.newContext({ viewport, acceptDownloads: true });
    await context.addCookies([{ name: 'jm', value: token, url: listener.url }]);
    const page = await context.newPage();
    const troubles = watchPage(page, listener.url);
    await page.goto(`${listener.url}${path}`);
    return { page, troubles };
  }

  /** For looking at, where somebody wants to: in the dark and in the light. */
  async function shoot(page: Page, name: string): Promise<void> {
    if (!shots) return;
    for (const theme of ['dark', 'light'] as const) {
      await page.evaluate(chosen => void (document.documentElement.dataset['theme'] = chosen), theme);
      await page.setViewportSize(
        theme === 'dark' ? { width: 1366, height: 768 } : { width: 1920, height: 1080 },
      );
      await page.screenshot({ path: join(shots, `${name}-${theme}.png`) });
    }
  }

  it.runIf(hasBrowser)(
    'an auditor sees who looked, everybody who looked at one person, and reviews what is unusual',
    async () => {
      const { page, troubles } = await openAs('second', 'auditor', '/');
      await page.waitForURL('**/audit');
      const table = page.getByRole('table');
      await table.waitFor();
      await expect.poll(() => table.getByRole('row').count()).toBe(5);
      expect(await table.innerText()).toContain('刑查〔2026〕1号');
      expect(await page.content()).not.toContain('赵');
      await page.getByRole('textbox', { name: t.incident }).fill(`${day}/2`);
      await page.getByRole('button', { name: t.search }).click();
      await page.getByText(t.empty).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await shoot(page, 'records');

      const saved = page.waitForEvent('download');
      await page.getByRole('textbox', { name: t.incident }).fill('');
      await page.getByRole('button', { name: t.search }).click();
      await table.waitFor();
      await page.getByRole('button', { name: t.export }).click();
      const download = await saved;
      expect(download.suggestedFilename()).toMatch(/^exp_\w+\.csv$/);
      const text = await readFile(await download.path(), 'utf8');
      expect(text).toContain('second (user:second)');
      await shoot(page, 'records-all');

      await page.getByRole('link', { name: t.sections.lookers }).click();
      await page.getByRole('textbox', { name: t.incident }).fill(`${day}/1`);
      await page.getByRole('button', { name: t.search }).click();
      await expect.poll(() => table.getByRole('row').count()).toBe(4);
      expect(await axeViolations(page)).toEqual([]);
      await shoot(page, 'lookers');

      await page.getByRole('link', { name: t.sections.unusual }).click();
      // The day after that Sunday: a new week, in which nobody has looked at anybody.
      await page.getByText(t.noFindings).waitFor();
      await shoot(page, 'unusual-empty');
      await page.getByRole('button', { name: t.earlier }).click();
      const finding = page.getByRole('row').filter({ hasText: t.kinds.refused });
      await finding.waitFor();
      await shoot(page, 'unusual');
      await finding.getByRole('button', { name: t.review }).click();
      await page.getByRole('dialog').getByRole('textbox', { name: t.note }).fill('误点，已谈话');
      await shoot(page, 'review');
      await page.getByRole('dialog').getByRole('button', { name: t.save }).click();
      await page.getByRole('row').filter({ hasText: t.states.explained }).waitFor();
      expect(await axeViolations(page)).toEqual([]);

      await page.getByRole('link', { name: t.sections.days }).click();
      await page.getByRole('row').filter({ hasText: day }).waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await shoot(page, 'days');
      expect(troubles).toEqual([]);
      const refused = await page.request.get(`${listener.url}/api/incidents`);
      expect(refused.status()).toBe(403);
    },
    120_000,
  );

  it.runIf(hasBrowser)(
    'an administrator sets a period, holds an incident and lets it go',
    async () => {
      const { page, troubles } = await openAs('boss', 'admin', '/admin/retention');
      const trace = page.getByRole('row').filter({ hasText: r.classes.trace[0]! });
      await trace.getByRole('button', { name: r.change }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(r.newDays).fill('60');
      await dialog.getByLabel(r.reason).fill('县局决定缩短期限');
      await shoot(page, 'period');
      await dialog.getByRole('button', { name: r.save }).click();
      await trace.getByText('60').waitFor();
      await page.getByRole('button', { name: r.place }).click();
      await dialog.getByLabel(r.day).fill(day);
      await dialog.getByLabel(r.number).fill('1');
      await dialog.getByLabel(r.reason).fill('检察院调取证据');
      await dialog.getByRole('button', { name: r.place }).click();
      const held = page.getByRole('row').filter({ hasText: r.incidentName(day, 1) });
      await held.waitFor();
      await shoot(page, 'retention');
      expect(await axeViolations(page)).toEqual([]);
      await held.getByRole('button', { name: r.lift }).click();
      await page.getByRole('alertdialog').getByLabel(r.reason).fill('案件已经判决生效');
      await page.getByRole('alertdialog').getByRole('button', { name: r.lift }).click();
      await held.filter({ hasText: /名 boss [\d/: ]+解除/ }).waitFor();
      await page.getByRole('cell', { name: r.valid, exact: true }).waitFor();
      expect(troubles).toEqual([]);
    },
    120_000,
  );
});
