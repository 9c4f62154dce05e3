/** The desk by keys: parts of an incident, the palette, notes, the second window, the hand-over of a shift. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deskTexts } from '../../client/i18n/sections/desk.ts';
import { handoverTexts } from '../../client/i18n/sections/handover.ts';
import { zh } from '../../client/i18n/zh.ts';
import { axeViolations, hasBrowser, launchBrowser, signInOn, watchPage } from './browser.ts';
import { type Centre, openCentre, openIncident, password, type Place, region } from './centre.ts';
import { newUser, signIn } from './people.ts';
import { type ServerUnderTest, startServer } from './server.ts';

const slow = 60_000;
const shots = process.env['E2E_SHOTS'];
const texts = deskTexts.zh;
const handover = handoverTexts.zh;

describe('the desk by keys', () => {
  let dataDir: string;
  let server: ServerUnderTest;
  let centre: Centre;
  let browser: Browser;
  let context: BrowserContext;
  let desk: Page;
  let troubles: string[];
  let incidentId: string;
  let otherId: string;

  beforeAll(async () => {
    if (!hasBrowser) return;
    dataDir = await mkdtemp(join(tmpdir(), 'jianmian-desk-'));
    await region(dataDir, 'synth', '--seed', '3', '--population', '20000');
    server = await startServer({ dataDir });
    centre = await openCentre(server);
    const admin = await signIn(server.baseUrl, 'admin', password);
    await newUser(
      server.baseUrl,
      admin,
      { username: 'next', displayName: '接班长', role: 'leader' },
      password,
    );
    const { items } = await centre.leader.call<{ items: Place[] }>(
      'GET',
      '/api/places?kind=residence&limit=9',
    );
    incidentId = await openIncident(centre, items[0]!);
    ({ incidentId: otherId } = await centre.gateway.call<{ incidentId: string }>('POST', '/api/alerts', {
      externalId: 'desk-2',
      source: '省级反诈平台',
      risk: 'low',
      scamType: 'loan',
      subject: { name: '钱多多', phone: '199 0000 0002', home: items[3]!.position },
    }));
    browser = await launchBrowser();
    context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
    desk = await context.newPage();
    desk.setDefaultTimeout(slow);
    await signInOn(desk, `${server.baseUrl}/?motion=0`, 'leader', password);
    await desk.getByText('赵**').first().waitFor();
    troubles = watchPage(desk, server.baseUrl);
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    if (dataDir) await rm(dataDir, { recursive: true, force: true });
  }, 60_000);

  const shoot = async (page: Page, name: string) => {
    if (shots) await page.screenshot({ path: join(shots, `desk-${name}.png`) });
  };
  const option = (name: string | RegExp) => desk.getByRole('dialog').getByRole('option', { name });
  const isOpen = (id: string) => desk.waitForURL(url => url.pathname === `/desk/${id}`);

  it.runIf(hasBrowser)(
    'G opens what rings; digits show its parts, none of which is taller than it need be, and the choice is remembered',
    async () => {
      await desk.keyboard.press('g');
      await isOpen(incidentId);
      const tabs = desk.getByRole('tablist', { name: texts.tabs.label });
      await tabs.waitFor();
      for (const [index, name] of (
        ['trace', 'lines', 'money', 'order', 'story', 'file'] as const
      ).entries()) {
        await desk.keyboard.press(String(index + 2));
        await desk.getByRole('tab', { name: texts.tabs[name], selected: true }).waitFor();
        expect(await axeViolations(desk), name).toEqual([]);
      }
      await shoot(desk, 'file');
      await desk.reload();
      await desk.getByRole('tab', { name: texts.tabs.file, selected: true }).waitFor();
      // What decides stays in sight whatever part is shown.
      await desk.getByRole('group', { name: texts.glance.label }).waitFor();
    },
    slow * 2,
  );

  it.runIf(hasBrowser)(
    'the palette finds a person by pinyin and does what a key would do; the last choice is first',
    async () => {
      await desk.keyboard.press('Control+k');
      const field = desk.getByRole('combobox', { name: texts.palette.title });
      await field.fill('qian');
      await option(/钱\*\*/).waitFor();
      expect(await axeViolations(desk)).toEqual([]);
      await shoot(desk, 'palette');
      await desk.keyboard.press('Enter');
      await isOpen(otherId);
      await desk.getByRole('dialog').waitFor({ state: 'detached' });
      await desk.keyboard.press('/');
      await desk
        .getByRole('dialog')
        .getByRole('option')
        .first()
        .getByText(/钱\*\*/)
        .waitFor();
      await field.fill(texts.verbs.measure);
      await option(texts.verbs.measure).waitFor();
      await desk.keyboard.press('Enter');
      await desk.getByText(zh.tools.measuring).waitFor();
      await desk.keyboard.press('Escape');
      await desk.keyboard.press('?');
      await desk.getByRole('dialog').getByText(texts.verbs.mapWindow).waitFor();
      await shoot(desk, 'help');
      await desk.keyboard.press('Escape');
    },
    slow * 2,
  );

  it.runIf(hasBrowser)(
    'a note is written by keys, and read by somebody else',
    async () => {
      await desk.keyboard.press('e');
      await desk.keyboard.type('家属一小时后回电');
      await desk.keyboard.press('Control+Enter');
      await desk.getByRole('article').getByText('家属一小时后回电').waitFor();
      await shoot(desk, 'story');
      const path = `/api/incidents/${otherId}/notes`;
      const { items } = await centre.operator.call<{ items: { text: string }[] }>('GET', path);
      expect(items.map(({ text }) => text)).toEqual(['家属一小时后回电']);
      expect(await axeViolations(desk)).toEqual([]);
    },
    slow * 2,
  );

  it.runIf(hasBrowser)(
    'W opens a map that follows the desk and leads it, over the one connection',
    async () => {
      const opening = context.waitForEvent('page');
      await desk.keyboard.press('w');
      const map = await opening;
      map.setDefaultTimeout(slow);
      const followed = (who: string) => map.getByRole('status').filter({ hasText: who }).first().waitFor();
      await followed('钱**');
      await shoot(map, 'map-window');
      expect(await axeViolations(map)).toEqual([]);
      await desk.keyboard.press('g');
      await isOpen(incidentId);
      await followed('赵**');
      expect(new URL(map.url()).pathname).toBe(`/desk/${incidentId}`);
      expect(new URL(map.url()).searchParams.get('window')).toBe('map');
      const metrics = await (await fetch(`${server.baseUrl}/metrics`)).text();
      expect(metrics).toMatch(/^jianmian_streams_open 1$/m);
      // The look opened at the desk is in sight on the other screen, and gone from both together.
      await desk.keyboard.press('o');
      await desk.getByRole('dialog').waitFor();
      await desk.keyboard.press('1');
      await desk.getByRole('dialog').waitFor({ state: 'detached' });
      await desk.close();
      await map.getByText(texts.window.alone).waitFor();
      desk = await context.newPage();
      desk.setDefaultTimeout(slow);
      await desk.goto(`${server.baseUrl}/desk/${otherId}?motion=0`);
      await followed('钱**');
      await map.close();
      await desk.bringToFront();
    },
    slow * 3,
  );

  it.runIf(hasBrowser)(
    'H shows what the shift leaves; one leader signs it over, another takes it',
    async () => {
      await desk.getByText('钱**').first().waitFor();
      await desk.keyboard.press('h');
      await desk.waitForURL(url => url.pathname === '/handover');
      await desk.getByText('家属一小时后回电').waitFor();
      await desk.getByRole('link', { name: /赵\*\*/ }).waitFor();
      await desk.getByRole('button', { name: handover.sign }).click();
      await desk.getByText(handover.ownWaits).waitFor();
      await shoot(desk, 'handover');
      expect(await axeViolations(desk)).toEqual([]);
      const other = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
      const next = await other.newPage();
      next.setDefaultTimeout(slow);
      await signInOn(next, `${server.baseUrl}/handover?motion=0&theme=light`, 'next', password);
      await next.getByRole('button', { name: handover.take }).click();
      await next.getByText(/→ 接班长/).waitFor();
      await shoot(next, 'handover-light');
      expect(await axeViolations(next)).toEqual([]);
      await desk.getByText(/→ 接班长/).waitFor();
      await desk.keyboard.press('h');
      await desk.waitForURL(url => url.pathname === '/desk');
      expect(troubles).toEqual([]);
    },
    slow * 2,
  );
});
