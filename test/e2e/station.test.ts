/**
 * Two stations at their pages: the real server and real browsers. An order comes, is acknowledged, assigned and handed over by keys; the
 * other station takes it to its end, and the first sees nothing of it any more.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderTexts } from '../../client/i18n/sections/orders.ts';
import { stationTexts } from '../../client/i18n/sections/station.ts';
import { axeViolations, hasBrowser, launchBrowser, watchPage, signInOn } from './browser.ts';
import { type Centre, openCentre, password, region } from './centre.ts';
import { newUser, signIn } from './people.ts';
import { type ServerUnderTest, startServer } from './server.ts';

const shots = process.env['E2E_SHOTS'];
const orders = orderTexts.zh;
const texts = stationTexts.zh;
const slow = 60_000;

interface Station {
  id: string;
  name: string;
  position: { lng: number; lat: number };
}

describe('the station page', () => {
  let dataDir: string;
  let server: ServerUnderTest;
  let centre: Centre;
  let browser: Browser;
  let stations: Station[];
  let [here, there]: Page[] = [];
  const troubles: string[][] = [];

  beforeAll(async () => {
    if (!hasBrowser) return;
    dataDir = await mkdtemp(join(tmpdir(), 'jianmian-station-'));
    await region(dataDir, 'synth', '--seed', '3', '--population', '20000');
    server = await startServer({ dataDir });
    centre = await openCentre(server);
    const admin = await signIn(server.baseUrl, 'admin', password);
    ({ items: stations } = await centre.leader.call<{ items: Station[] }>('GET', '/api/stations'));
    for (const [index, { id: stationId }] of stations.slice(0, 2).entries()) {
      const account = { username: `duty${index}`, displayName: `值班${index}`, role: 'station', stationId };
      await newUser(server.baseUrl, admin, account, password);
      const people = [
        { name: `警员${index}`, badgeNumber: `05310${index}`, sworn: true, stationId },
        { name: `辅警${index}`, badgeNumber: `FJ100${index}`, sworn: false, stationId },
      ];
      for (const officer of people) await centre.leader.call('POST', '/api/officers', officer);
    }
    browser = await launchBrowser();
    [here, there] = await Promise.all([openPage('duty0'), openPage('duty1')]);
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    if (dataDir) await rm(dataDir, { recursive: true, force: true });
  }, 60_000);

  async function openPage(user: string): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
    const page = await context.newPage();
    await signInOn(page, `${server.baseUrl}/?motion=0`, user, password);
    await page.getByText(texts.empty).waitFor({ timeout: slow });
    expect(new URL(page.url()).pathname).toBe('/station');
    // Not before: that nobody is signed in yet is answered with a 401.
    troubles.push(watchPage(page, server.baseUrl));
    return page;
  }
  const shot = async (page: Page, name: string) => {
    if (shots) await page.screenshot({ path: join(shots, `${name}.png`) });
  };
  const cards = (page: Page) => page.getByRole('region', { name: texts.queue }).locator('ul > li[data-risk]');
  const stateIs = (page: Page, state: keyof typeof orders.state) =>
    cards(page).locator(`xpath=self::*[@data-state="${state}"]`).waitFor({ timeout: slow });

  it.skipIf(!hasBrowser)(
    'a new order stands there with its person masked, and keys take it on its way',
    async () => {
      await centre.gateway.call('POST', '/api/alerts', {
        externalId: 'st-1',
        source: '省级反诈平台',
        risk: 'high',
        scamType: 'rebate',
        subject: {
          name: '王小梅',
          phone: '19900000002',
          address: '文化路 5号',
          home: stations[0]!.position,
        },
        amount: 8800,
      });
      await stateIs(here!, 'issued');
      await here!.getByText('王**').waitFor();
      expect(await here!.content()).not.toContain('王小梅');
      expect(await cards(there!).count()).toBe(0);
      await shot(here!, 'station-new');
      expect(await axeViolations(here!)).toEqual([]);
      await here!.keyboard.press('a');
      await stateIs(here!, 'acknowledged');
    },
    slow,
  );

  it.skipIf(!hasBrowser)(
    'nobody goes without a sworn officer',
    async () => {
      await here!.keyboard.press('n');
      const dialog = here!.getByRole('dialog', { name: orders.assignTitle });
      const submit = dialog.getByRole('button', { name: orders.assign });
      await dialog.getByLabel('辅警0').check();
      await dialog.getByText(orders.needSworn).waitFor();
      expect(await submit.isDisabled()).toBe(true);
      await dialog.getByLabel('警员0').check();
      expect(await axeViolations(here!)).toEqual([]);
      await submit.click();
      await here!.getByText(orders.swornOfficer('警员0')).waitFor({ timeout: slow });
      await here!.keyboard.press('u');
      await stateIs(here!, 'underWay');
    },
    slow,
  );

  it.skipIf(!hasBrowser)(
    'handed over, it is on the other page and no more on the first, which ends in neither its queue nor its day',
    async () => {
      await here!.keyboard.press('h');
      const dialog = here!.getByRole('alertdialog', { name: orders.handOverTitle });
      await dialog.getByRole('button', { name: new RegExp(orders.station) }).click();
      await here!.getByRole('option', { name: stations[1]!.name }).click();
      await dialog.getByRole('textbox').fill('当事人现住对方辖区');
      await dialog.getByRole('button', { name: orders.handOver }).click();
      await stateIs(there!, 'issued');
      await here!.getByText(texts.empty).waitFor({ timeout: slow });
      await here!.getByText(texts.todayEmpty).waitFor({ timeout: slow });
      expect(await here!.content()).not.toContain('王**');
      await there!.getByText('当事人现住对方辖区').waitFor({ timeout: slow });
      await shot(there!, 'station-handed-over');
    },
    slow,
  );

  it.skipIf(!hasBrowser)(
    'fed back, it is among what was done today',
    async () => {
      await there!.keyboard.press('a');
      await stateIs(there!, 'acknowledged');
      await there!.keyboard.press('f');
      const dialog = there!.getByRole('dialog', { name: orders.feedbackTitle });
      await dialog.getByLabel(orders.metYes).check();
      await dialog.getByRole('textbox').fill('已见面，停止转账');
      await dialog.getByRole('button', { name: orders.feedback }).click();
      const ended = there!.getByRole('region', { name: texts.today });
      await ended.getByText('已见面，停止转账').waitFor({ timeout: slow });
      await ended.getByText(orders.metYes, { exact: true }).waitFor();
      await there!.getByText(texts.empty).waitFor({ timeout: slow });
      expect(await axeViolations(there!)).toEqual([]);
      expect(troubles.flat()).toEqual([]);
    },
    slow,
  );
});
