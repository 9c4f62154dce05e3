/**
 * The closed loop as its people see it, over hours and a night: real server, real browsers, a clock that jumps. A case that nobody works
 * breaches each of its clocks; a repeat joins; she is somewhere else, so another station is sent; a loss turns up the next morning.
 */
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ClockKind } from '#contract/kinds.ts';
import { clockTexts } from '../../client/i18n/sections/clocks.ts';
import { deskTexts } from '../../client/i18n/sections/desk.ts';
import { lineTexts } from '../../client/i18n/sections/lines.ts';
import { orderTexts } from '../../client/i18n/sections/orders.ts';
import { outcomeTexts } from '../../client/i18n/sections/outcomes.ts';
import { reportTexts } from '../../client/i18n/sections/reports.ts';
import { stationTexts } from '../../client/i18n/sections/station.ts';
import { todayTexts } from '../../client/i18n/sections/today.ts';
import { zh } from '../../client/i18n/zh.ts';
import { hasBrowser, launchBrowser, signInOn, watchPage } from './browser.ts';
import { type Centre, openCentre, password } from './centre.ts';
import { type ClockedServer, startClockedServer } from './clocked-server.ts';
import { newUser, signIn } from './people.ts';

const shots = process.env['E2E_SHOTS'];
const slow = Number(process.env['E2E_SLOW'] ?? 60_000);
const second = 1000;
const minute = 60 * second;
const clocks = clockTexts.zh;
const orders = orderTexts.zh;
const stationWords = stationTexts.zh;

interface Station {
  id: string;
  name: string;
  position: { lng: number; lat: number };
}
const farFrom = ({ position: a }: Station, { position: b }: Station) =>
  Math.hypot(a.lng - b.lng, a.lat - b.lat);

describe('the closed loop in the browser', () => {
  let server: ClockedServer;
  let centre: Centre;
  let browser: Browser;
  let stations: Station[];
  let [operator, leader, here, there]: Page[] = [];
  let incidentId: string;
  let officerId: string;
  let openedMs: number;
  const troubles: string[][] = [];

  beforeAll(async () => {
    if (!hasBrowser) return;
    // Sunday 10:00 in Shanghai: its week is published on the next morning.
    server = await startClockedServer('2026-11-22T02:00:00.000Z');
    centre = await openCentre(server);
    const admin = await signIn(server.baseUrl, 'admin', password);
    const { items } = await centre.leader.call<{ items: Station[] }>('GET', '/api/stations');
    stations = items.toSorted((a, b) => farFrom(items[0]!, a) - farFrom(items[0]!, b));
    stations = [stations[0]!, stations.at(-1)!];
    for (const [index, { id: stationId }] of stations.entries()) {
      const account = { username: `duty${index}`, displayName: `值班${index}`, role: 'station', stationId };
      await newUser(server.baseUrl, admin, account, password);
    }
    const officer = { name: '民警乙', badgeNumber: '053101', sworn: true, stationId: stations[1]!.id };
    ({ officerId } = await centre.leader.call<{ officerId: string }>('POST', '/api/officers', officer));
    browser = await launchBrowser();
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  }, 60_000);

  /** What stood there when something failed. */
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    for (const [name, page] of Object.entries({ operator, leader, here, there }))
      if (page) await shot(page, `failed-${name}`);
  });

  async function open(user: string, path: string, sign: (page: Page) => Locator): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
    const page = await context.newPage();
    await signInOn(page, `${server.baseUrl}${path}?motion=0`, user, password);
    await sign(page).first().waitFor({ timeout: slow });
    troubles.push(watchPage(page, server.baseUrl));
    return page;
  }
  const shot = async (page: Page, name: string) => {
    if (shots) await page.screenshot({ path: join(shots, `${name}.png`) });
  };
  const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
  const orderOf = async () =>
    (
      await centre.leader.call<{ items: { id: string; stationId: string; state: string }[] }>(
        'GET',
        `/api/incidents/${incidentId}/orders`,
      )
    ).items[0]!;

  it.skipIf(!hasBrowser)(
    'a leader sets a shorter limit, and the clock of the next alert keeps it',
    async () => {
      leader = await open('leader', '/admin/clocks', page => page.getByText(clocks.targetsHint));
      const row = leader.getByRole('row').filter({ hasText: clocks.kind.underWay });
      await row.getByRole('button', { name: clocks.change }).click();
      const dialog = leader.getByRole('dialog');
      await dialog.getByLabel(clocks.targetField).fill('8');
      await dialog.getByLabel(clocks.warnField).fill('1');
      await dialog.getByLabel(clocks.reason).fill('周末警力靠前值守');
      await dialog.getByRole('button', { name: clocks.save }).click();
      await row.getByText(clocks.minutes('8')).waitFor({ timeout: slow });
    },
    slow,
  );

  it.skipIf(!hasBrowser)(
    'a second alert about the same person joins, and the desk says so before and after',
    async () => {
      const alert = {
        externalId: 'cl-1',
        source: '省级反诈平台',
        risk: 'extraHigh',
        scamType: 'fakePolice',
        subject: { name: '赵秀兰', phone: '19900000001', home: stations[0]!.position },
        amount: 180_000,
        accounts: [{ bank: '农业银行', number: '6217000011112222333', amount: 180_000 }],
      };
      openedMs = server.clock.now();
      ({ incidentId } = await centre.gateway.call<{ incidentId: string }>('POST', '/api/alerts', alert));
      operator = await open('operator', `/desk/${incidentId}`, page => page.getByText('赵**'));
      await operator.getByRole('button', { name: zh.header.newAlert }).click();
      const dialog = operator.getByRole('dialog');
      await dialog.getByLabel(zh.alert.name).fill('赵秀兰');
      await dialog.getByLabel(zh.alert.phone).fill('199 0000 0001');
      await dialog.getByText(lineTexts.zh.knownPerson('赵**', 1)).waitFor({ timeout: slow });
      await shot(operator, 'joined-before');
      await dialog.getByRole('button', { name: zh.alert.submit, exact: true }).click();
      await operator.getByText(zh.alert.joined).first().waitFor({ timeout: slow });
      await shot(operator, 'joined-after');
      const { items } = await centre.leader.call<{ items: unknown[] }>('GET', '/api/incidents');
      expect(items).toHaveLength(1);
    },
    slow,
  );

  /** At `atMs` the strip across the operator's desk says that this clock is overdue, and U takes it. */
  async function seesOverdue(kind: ClockKind, atMs: number): Promise<void> {
    server.clock.jumpTo(atMs);
    const strip = operator!.getByRole('status', { name: clocks.strip });
    const says = strip.getByText(clocks.breached(1, clocks.kind[kind]), { exact: true });
    await says.waitFor({ timeout: slow });
    await shot(operator!, `overdue-${kind}`);
    await operator!.keyboard.press('u');
    await says.waitFor({ state: 'detached', timeout: slow });
  }

  it.skipIf(!hasBrowser)(
    'nobody works the case: each clock is overdue across the desk in its turn, and U takes it',
    async () => {
      here = await open('duty0', '/', page => page.getByText('赵**'));
      await seesOverdue('traceSent', openedMs + minute + second);
      await seesOverdue('acknowledge', openedMs + 5 * minute + second);
      // As the leader has set it; by default it would be ten.
      await seesOverdue('underWay', openedMs + 8 * minute + second);
      await seesOverdue('stopPayment', openedMs + 10 * minute + second);
      await seesOverdue('meeting', openedMs + 30 * minute + second);
      await shot(here, 'station-overdue');
    },
    slow * 3,
  );

  it.skipIf(!hasBrowser)(
    'she has been elsewhere for five minutes: the desk offers the other station, and O sends it',
    async () => {
      there = await open('duty1', '/', page => page.getByText(stationWords.empty));
      for (const userId of ['leader', 'trace'])
        await centre.leader.call('POST', `/api/incidents/${incidentId}/members`, { userId });
      const asked = await centre.operator.call<{ authorityId: string }>(
        'POST',
        `/api/incidents/${incidentId}/trace-requests/ask`,
      );
      await centre.leader.call('POST', `/api/authorities/${asked.authorityId}/approve`, {});
      await seen();
      await leader!.goto(`${server.baseUrl}/desk/${incidentId}?motion=0`);
      await leader!.getByRole('button', { name: zh.trace.open }).first().press('Enter', { timeout: slow });
      const dialog = leader!.getByRole('dialog');
      await dialog.locator('textarea').fill('特高危预警，当事人失联，紧急查找');
      await dialog.getByRole('button', { name: zh.trace.open }).click();
      const { name } = stations[1]!;
      const offer = leader!.getByRole('button', { name: new RegExp(orders.movedAct(name)) });
      for (let passed = 0; passed < 8 && !(await offer.isVisible()); passed++) {
        server.advance(minute);
        await seen();
        await leader!.waitForTimeout(4 * second);
      }
      await offer.waitFor({ timeout: slow });
      await shot(leader!, 'moved-offer');
      await leader!.keyboard.press('o');
      await leader!.getByText(orders.rerouted(name)).first().waitFor({ timeout: slow });
      await there.getByText('赵**').first().waitFor({ timeout: slow });
      await here!.getByText(stationWords.empty).waitFor({ timeout: slow });
      expect(await here!.content()).not.toContain('赵**');
      await Promise.all([shot(here!, 'moved-here'), shot(there, 'moved-there')]);
    },
    slow * 3,
  );
  /** A fix at the other station's door. */
  const seen = () =>
    centre.trace.call('POST', `/api/incidents/${incidentId}/sightings`, {
      kind: 'fix',
      observedAt: new Date(server.clock.now()).toISOString(),
      source: '运营商',
      position: stations[1]!.position,
      accuracyM: 40,
    });

  it.skipIf(!hasBrowser)(
    'met and not told, not cleared by the hour: the strip, and the board of the day',
    async () => {
      const { id } = await orderOf();
      await centre.operator.call('POST', `/api/orders/${id}/acknowledge`, {});
      await centre.operator.call('POST', `/api/orders/${id}/underWay`, {});
      const metMs = server.clock.now();
      await centre.operator.call('POST', `/api/incidents/${incidentId}/meetings`, {
        at: new Date(metMs).toISOString(),
        place: '派出所门前',
        officers: [officerId],
      });
      await seesOverdue('feedback', server.clock.now() + 30 * minute + second);
      await shot(there!, 'station-feedback-overdue');
      await seesOverdue('sameDay', Date.parse('2026-11-22T14:00:01.000Z'));
      await leader!.goto(`${server.baseUrl}/today?motion=0`);
      const late = leader!.getByRole('region', { name: todayTexts.zh.groups.late });
      await late.getByText(todayTexts.zh.states.met).waitFor({ timeout: slow });
      await shot(leader!, 'today-overdue');
    },
    slow * 3,
  );

  it.skipIf(!hasBrowser)(
    'a loss that turns up the next morning restates the week that was published',
    async () => {
      const { id } = await orderOf();
      await centre.operator.call('POST', `/api/orders/${id}/feedback`, { text: '已见面劝阻', met: true });
      await centre.leader.call('POST', `/api/incidents/${incidentId}/close`, {
        outcome: 'met',
        foundAt: stations[1]!.position,
      });
      // Monday 09:00; the bulletin was published at 08:00.
      server.clock.jumpTo(Date.parse('2026-11-23T01:00:00.000Z'));
      await leader!.goto(`${server.baseUrl}/desk/${incidentId}?motion=0`);
      await leader!.getByRole('tab', { name: deskTexts.zh.tabs.money }).click({ timeout: slow });
      const outcomes = section(leader!, outcomeTexts.zh.title);
      await outcomes.getByRole('button', { name: outcomeTexts.zh.report }).click({ timeout: slow });
      const dialog = leader!.getByRole('dialog');
      await dialog.getByRole('button', { name: new RegExp(outcomeTexts.zh.money) }).click();
      await leader!.getByRole('option', { name: outcomeTexts.zh.transferred }).click();
      await dialog.getByLabel(outcomeTexts.zh.lossAmount).fill('4000');
      await shot(leader!, 'outcome-dialog');
      await dialog.getByRole('button', { name: outcomeTexts.zh.submit, exact: true }).click();
      await outcomes.getByText(outcomeTexts.zh.counts).waitFor({ timeout: slow });
      await leader!.goto(`${server.baseUrl}/reports?motion=0`);
      await leader!.getByRole('button', { name: reportTexts.zh.earlier }).click({ timeout: slow });
      await leader!.getByText('2026-W47', { exact: true }).first().waitFor({ timeout: slow });
      const restated = leader!.getByRole('listitem').filter({ hasText: reportTexts.zh.figures.lossAmount });
      await restated.filter({ hasText: '0 → 4,000' }).first().waitFor({ timeout: slow });
      await shot(leader!, 'bulletin-restated');
      await restated.first().scrollIntoViewIfNeeded();
      await shot(leader!, 'bulletin-revisions');
      expect(troubles.flat()).toEqual([]);
    },
    slow * 2,
  );
});
