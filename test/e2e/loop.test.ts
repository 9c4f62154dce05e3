/** One incident from alert to closed in real browsers, on the real server: an operator and a leader at the desk, its station at its own page. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clockTexts } from '../../client/i18n/sections/clocks.ts';
import { lineTexts } from '../../client/i18n/sections/lines.ts';
import { meetingTexts } from '../../client/i18n/sections/meeting.ts';
import { orderTexts } from '../../client/i18n/sections/orders.ts';
import { stationTexts } from '../../client/i18n/sections/station.ts';
import { stopTexts } from '../../client/i18n/sections/stops.ts';
import { todayTexts } from '../../client/i18n/sections/today.ts';
import { zh } from '../../client/i18n/zh.ts';
import { axeViolations, hasBrowser, launchBrowser, watchPage, signInOn } from './browser.ts';
import { type Centre, openCentre, password, region } from './centre.ts';
import { newUser, signIn } from './people.ts';
import { type ServerUnderTest, startServer } from './server.ts';

const slow = 90_000;
const lines = lineTexts.zh;
const orders = orderTexts.zh;
const meeting = meetingTexts.zh;

interface Station {
  id: string;
  position: { lng: number; lat: number };
}

describe('the loop at the desk', () => {
  let dataDir: string;
  let server: ServerUnderTest;
  let centre: Centre;
  let browser: Browser;
  let incidentId: string;
  let [operator, leader]: Page[] = [];
  const troubles: string[][] = [];

  beforeAll(async () => {
    if (!hasBrowser) return;
    dataDir = await mkdtemp(join(tmpdir(), 'jianmian-loop-'));
    await region(dataDir, 'synth', '--seed', '3', '--population', '20000');
    server = await startServer({ dataDir });
    centre = await openCentre(server);
    const { items } = await centre.leader.call<{ items: Station[] }>('GET', '/api/stations');
    ({ incidentId } = await centre.gateway.call<{ incidentId: string }>('POST', '/api/alerts', {
      externalId: 'loop-1',
      source: '省级反诈平台',
      risk: 'extraHigh',
      scamType: 'fakePolice',
      subject: { name: '赵秀兰', phone: '19900000001', address: '文化路 5号', home: items[0]!.position },
      amount: 180_000,
      accounts: [{ bank: '农业银行', number: '6217000011112222333', amount: 180_000 }],
    }));
    await staffStation();
    browser = await launchBrowser();
    [operator, leader] = await Promise.all([openDesk('operator'), openDesk('leader')]);
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    if (dataDir) await rm(dataDir, { recursive: true, force: true });
  }, 60_000);

  /** Signed in, the incident open, its panel there: keys before that would be nobody's. */
  async function openDesk(user: string): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
    const page = await context.newPage();
    await signInOn(page, `${server.baseUrl}/?motion=0`, user, password);
    await page.getByText('赵**').first().waitFor({ timeout: slow });
    troubles.push(watchPage(page, server.baseUrl));
    await page.keyboard.press('j');
    await page.waitForURL(url => url.pathname === `/desk/${incidentId}`, { timeout: slow });
    await page.getByRole('tablist').waitFor({ timeout: slow });
    await page.keyboard.press('3');
    await page.getByRole('region', { name: lines.title }).waitFor({ timeout: slow });
    return page;
  }
  /** An account and two officers for the station that the alert's order went to. */
  async function staffStation(): Promise<void> {
    const path = `/api/incidents/${incidentId}/orders`;
    const { items } = await centre.leader.call<{ items: { stationId: string }[] }>('GET', path);
    const { stationId } = items[0]!;
    const admin = await signIn(server.baseUrl, 'admin', password);
    const account = { username: 'duty', displayName: '值班', role: 'station', stationId };
    await newUser(server.baseUrl, admin, account, password);
    const people = [
      { name: '民警甲', badgeNumber: '053101', sworn: true, stationId },
      { name: '辅警乙', badgeNumber: 'FJ1001', sworn: false, stationId },
    ];
    for (const officer of people) await centre.leader.call('POST', '/api/officers', officer);
  }
  async function openStation(): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
    const page = await context.newPage();
    await signInOn(page, `${server.baseUrl}/?motion=0`, 'duty', password);
    await page.getByText('赵**').first().waitFor({ timeout: slow });
    troubles.push(watchPage(page, server.baseUrl));
    return page;
  }
  const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

  it.skipIf(!hasBrowser)(
    'P asks for the trace, another person’s P approves and sends it',
    async () => {
      const ofTrace = (page: Page) => section(page, lines.title);
      await ofTrace(operator!).getByText(lines.requestState.prepared).first().waitFor({ timeout: slow });
      await ofTrace(operator!).locator('[data-key="p"] button:enabled').waitFor({ timeout: slow });
      await operator!.keyboard.press('p');
      await ofTrace(operator!).getByText(lines.requestState.asked).first().waitFor({ timeout: slow });
      await ofTrace(leader!).locator('[data-key="p"] button:enabled').waitFor({ timeout: slow });
      await leader!.keyboard.press('p');
      await ofTrace(operator!).getByText(lines.requestState.sent).first().waitFor({ timeout: slow });
    },
    slow * 2,
  );

  it.skipIf(!hasBrowser)(
    'T and a digit note a call; Y says that the leader knows',
    async () => {
      await operator!.keyboard.press('t');
      await operator!.keyboard.press('3');
      const contacts = async () =>
        (
          await centre.operator.call<{ items: { outcome: string }[] }>(
            'GET',
            `/api/incidents/${incidentId}/contacts`,
          )
        ).items;
      await expect.poll(async () => (await contacts()).length, { timeout: slow }).toBe(1);
      const strip = leader!.getByRole('alert', { name: lines.leader.title });
      await strip.waitFor({ timeout: slow });
      await leader!.keyboard.press('y');
      await strip.waitFor({ state: 'detached', timeout: slow });
    },
    slow * 2,
  );

  it.skipIf(!hasBrowser)(
    'the clocks run in sight, the money is asked about, and the desk is accessible',
    async () => {
      const clocks = section(operator!, clockTexts.zh.title);
      await clocks.getByText(clockTexts.zh.kind.meeting).waitFor({ timeout: slow });
      await operator!.keyboard.press('4');
      const stops = section(operator!, stopTexts.zh.title);
      await stops.getByRole('button', { name: /全部申请止付/ }).click();
      await stops.getByText(stopTexts.zh.state.requested).first().waitFor({ timeout: slow });
      expect(await operator!.content()).not.toContain('6217000011112222333');
      expect(await operator!.content()).not.toContain('赵秀兰');
      expect(await axeViolations(operator!)).toEqual([]);
    },
    slow * 2,
  );

  it.skipIf(!hasBrowser)(
    'its station acknowledges, sends two of whom one is sworn, meets her, goes through the five steps and feeds back',
    async () => {
      const page = await openStation();
      const card = page.getByRole('region', { name: stationTexts.zh.queue }).locator('ul > li[data-risk]');
      const stateIs = (state: keyof typeof orders.state) =>
        card.locator(`xpath=self::*[@data-state="${state}"]`).waitFor({ timeout: slow });
      await stateIs('issued');
      await page.keyboard.press('a');
      await stateIs('acknowledged');
      await page.keyboard.press('n');
      const assign = page.getByRole('dialog', { name: orders.assignTitle });
      await assign.getByLabel('民警甲').check();
      await assign.getByLabel('辅警乙').check();
      await assign.getByRole('button', { name: orders.assign }).click();
      await page.getByText(orders.swornOfficer('民警甲')).waitFor({ timeout: slow });
      await page.keyboard.press('u');
      await stateIs('underWay');
      await page.keyboard.press('m');
      const hold = page.getByRole('dialog', { name: meeting.hold });
      await hold.getByLabel(meeting.place, { exact: false }).first().fill('园区南路车内');
      await hold.getByLabel(/民警甲/).check();
      await hold.getByRole('button', { name: meeting.submit }).click();
      await stateIs('met');
      await page.keyboard.press('f');
      const feedback = page.getByRole('dialog', { name: orders.feedbackTitle });
      await feedback.getByRole('textbox').fill('已见面，停止转账');
      await feedback.getByRole('button', { name: orders.feedback }).click();
      await page.getByText(stationTexts.zh.empty).waitFor({ timeout: slow });
    },
    slow * 3,
  );

  it.skipIf(!hasBrowser)(
    'the operator writes down the five steps, and the leader closes it with a key',
    async () => {
      await operator!.keyboard.press('5');
      const steps = operator!.getByRole('button', { name: new RegExp(`^(${meeting.steps.join('|')})`) });
      for (const step of [0, 1, 2, 3, 4]) {
        const dialog = operator!.getByRole('dialog');
        const save = dialog.getByRole('button', { name: meeting.save });
        // While the dialog before still fades, a press goes to what lies over the page.
        const opened = async () => {
          if (!(await save.isVisible())) await steps.nth(step).click();
          return save.isVisible();
        };
        await expect.poll(opened, { timeout: slow, interval: 500 }).toBe(true);
        await save.click();
        await dialog.waitFor({ state: 'detached', timeout: slow });
      }
      const { items } = await centre.leader.call<{ items: { steps: { done: boolean }[] }[] }>(
        'GET',
        `/api/incidents/${incidentId}/meetings`,
      );
      expect(items.map(held => held.steps.map(({ done }) => done))).toEqual([[true, true, true, true, true]]);
      await leader!.keyboard.press('x');
      const dialog = leader!.getByRole('alertdialog', { name: zh.closing.title });
      await dialog.getByRole('button', { name: new RegExp(zh.closing.outcome) }).click();
      await leader!.getByRole('option', { name: zh.incident.outcomes.met, exact: true }).click();
      await dialog.getByRole('button', { name: zh.closing.confirm }).click();
      await dialog.waitFor({ state: 'detached', timeout: slow });
      const { state, outcome } = await centre.leader.call<{ state: string; outcome: string }>(
        'GET',
        `/api/incidents/${incidentId}`,
      );
      expect({ state, outcome }).toEqual({ state: 'closed', outcome: 'met' });
    },
    slow * 3,
  );

  it.skipIf(!hasBrowser)(
    'the day’s board shows it as cleared',
    async () => {
      await leader!.goto(`${server.baseUrl}/today?motion=0`);
      await leader!.getByText(todayTexts.zh.title).first().waitFor({ timeout: slow });
      const board = () =>
        centre.leader.call<{ counts: { open: number; cleared: number } }>('GET', '/api/clear');
      expect((await board()).counts).toMatchObject({ open: 0, cleared: 1 });
      expect(await axeViolations(leader!)).toEqual([]);
      expect(troubles.flat()).toEqual([]);
    },
    slow * 2,
  );
});
