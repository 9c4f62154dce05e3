/**
 * A crew and its phone: the real server and a real browser of a phone's size. Orders come, answers go, the network
 * fails in between, the centre changes its mind, and the phone tells where it is.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fieldTexts } from '../../client/i18n/sections/field.ts';
import { meetingTexts } from '../../client/i18n/sections/meeting.ts';
import { priorTexts } from '../../client/i18n/sections/priors.ts';
import type { MeetingView } from '../../server/contract/meeting.ts';
import type { PriorsReply } from '../../server/contract/prior.ts';
import type { TaskView } from '../../server/contract/task.ts';
import { axeViolations, hasBrowser, launchBrowser, watchPage, signInOn } from './browser.ts';
import { type Centre, openCentre, openIncident, password, type Place, region } from './centre.ts';
import { type Caller, newUser, signIn } from './people.ts';
import { type ServerUnderTest, startServer } from './server.ts';

const shots = process.env['E2E_SHOTS'];
const t = fieldTexts.zh;
const m = meetingTexts.zh;
const why = '外勤-2 四分钟可到，她在此处的可能性为 31 %；次优为外勤-1，九分钟';

describe('the field page and the priors page', () => {
  let dataDir: string;
  let server: ServerUnderTest;
  let centre: Centre;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let troubles: string[];
  let phone: Caller;
  let units: { id: string; callsign: string }[];
  let places: Place[];
  let incidentId: string;

  beforeAll(async () => {
    if (!hasBrowser) return;
    dataDir = await mkdtemp(join(tmpdir(), 'jianmian-field-'));
    await region(dataDir, 'synth', '--seed', '3', '--population', '20000');
    server = await startServer({ dataDir });
    centre = await openCentre(server);
    const admin = await signIn(server.baseUrl, 'admin', password);
    const { items: stations } = await centre.leader.call<{ items: { id: string }[] }>('GET', '/api/stations');
    const stationId = stations[0]!.id;
    const officer = { username: 'chen', displayName: '陈立', role: 'field', stationId };
    phone = await newUser(server.baseUrl, admin, officer, password);
    units = [];
    for (const callsign of ['外勤-1', '外勤-2']) {
      const body = { callsign, stationId, kind: 'car', crew: { sworn: 1, auxiliary: 2 } };
      units.push(await centre.leader.call('POST', '/api/units', body));
    }
    await rosterSays(stationId);
    ({ items: places } = await centre.leader.call<{ items: Place[] }>(
      'GET',
      '/api/places?kind=bank,hotel,park&limit=20',
    ));
    incidentId = await openIncident(centre, places[0]!);
    await centre.gateway.call('POST', '/feeds/positions', [
      { unitId: units[1]!.id, observedAt: new Date().toISOString(), ...places[9]!.position, speedMps: 0 },
    ]);
    browser = await launchBrowser();
    context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      permissions: ['geolocation'],
      geolocation: { longitude: places[9]!.position.lng, latitude: places[9]!.position.lat, accuracy: 9 },
    });
    page = await context.newPage();
    page.setDefaultTimeout(30_000);
    troubles = watchPage(page, server.baseUrl);
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    if (dataDir) await rm(dataDir, { recursive: true, force: true });
  }, 60_000);

  /** 陈立 is on a shift of the second unit. */
  async function rosterSays(stationId: string): Promise<void> {
    const { officerId } = await centre.leader.call<{ officerId: string }>('POST', '/api/officers', {
      name: '陈立',
      badgeNumber: '0531',
      sworn: true,
      stationId,
    });
    const at = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
    await centre.leader.call('POST', '/api/shifts', {
      unitId: units[1]!.id,
      startsAt: at(-1),
      endsAt: at(8),
      officerIds: [officerId],
      vehicleId: null,
    });
  }

  const order = async (place: Place, more: Record<string, unknown> = {}) =>
    (
      await centre.operator.call<{ taskId: string }>('POST', `/api/incidents/${incidentId}/tasks`, {
        unitId: units[1]!.id,
        placeId: place.id,
        method: 'clerkAsked',
        ...more,
      })
    ).taskId;
  const taskOf = async (taskId: string) =>
    (
      await phone.call<{ items: TaskView[] }>('GET', `/api/tasks?unitId=${units[1]!.id}&limit=100`)
    ).items.find(({ id }) => id === taskId)!;
  const reaches = (taskId: string, state: TaskView['state']) =>
    expect.poll(async () => (await taskOf(taskId)).state, { timeout: 15_000 }).toBe(state);
  const tap = (name: string) => page.getByRole('button', { name, exact: true }).first().tap();
  const heading = (place: Place) => page.getByRole('heading', { level: 1, name: place.name });
  const read = (news: string) =>
    page.getByRole('group').filter({ hasText: news }).getByRole('button', { name: t.acknowledge }).tap();
  const shoot = async (name: string) => {
    if (shots) await page.screenshot({ path: join(shots, `field-${name}.png`) });
  };

  it.runIf(hasBrowser)(
    'leads the officer to his page, and knows his unit from the roster',
    async () => {
      await signInOn(page, `${server.baseUrl}/?motion=0`, 'chen', password);
      await page.getByRole('heading', { name: t.chooseUnit }).waitFor();
      expect(page.url()).toContain('/field');
      const first = page.getByRole('listitem').first();
      await first.getByText(t.byRoster).waitFor();
      await first.getByText('外勤-2').waitFor();
      await shoot('choose');
      expect(await axeViolations(page)).toEqual([]);
      await first.getByRole('button').tap();
      await page.getByText(t.noTask, { exact: true }).waitFor();
      await shoot('no-task');
    },
    120_000,
  );

  it.runIf(hasBrowser)(
    'shows an order with its reason at once, and takes it to the result',
    async () => {
      const bank = places[0]!;
      const taskId = await order(bank, { why });
      await page.getByText(t.news.ordered(bank.name)).waitFor();
      await heading(bank).waitFor();
      await page.getByText(why).waitFor();
      await page.getByText(/路程 .+ 分钟/).waitFor();
      await shoot('ordered');
      expect(await axeViolations(page)).toEqual([]);
      await read(t.news.ordered(bank.name));
      await tap(t.accept);
      await reaches(taskId, 'accepted');
      await page.getByRole('button', { name: t.showMap }).tap();
      await page.locator('.maplibregl-canvas').waitFor();
      await page.waitForTimeout(2500);
      await shoot('map');
      await tap(t.arrive);
      await reaches(taskId, 'arrived');
      await tap(t.notHere);
      await page.getByText('查登记记录').tap();
      await page.getByLabel(t.note).fill('前台说没有见过');
      await shoot('not-here');
      expect(await axeViolations(page)).toEqual([]);
      await tap(t.confirmNotHere);
      await reaches(taskId, 'done');
      expect(await taskOf(taskId)).toMatchObject({
        outcome: 'notHere',
        resultMethod: 'registerChecked',
        note: '前台说没有见过',
      });
      await page.getByText(t.noTask, { exact: true }).waitFor();
    },
    120_000,
  );

  it.runIf(hasBrowser)(
    'undoes the last answer',
    async () => {
      const [done] = (await phone.call<{ items: TaskView[] }>('GET', `/api/tasks?unitId=${units[1]!.id}`))
        .items;
      await page.getByRole('button', { name: `${t.undo}: ${places[0]!.name}` }).tap();
      await page.getByText(t.undoReasons.wrongTap).tap();
      await tap(t.undoConfirm);
      await reaches(done!.id, 'arrived');
      await heading(places[0]!).waitFor();
      await tap(t.found);
      await tap(t.confirmFound);
      await reaches(done!.id, 'done');
      expect((await taskOf(done!.id)).outcome).toBe('found');
      // What the crew said itself is no news to it.
      expect(await page.getByRole('button', { name: t.acknowledge }).count()).toBe(0);
    },
    60_000,
  );

  it.runIf(hasBrowser)(
    'once she is found, leads through the five steps, with what she refuses and what she signs',
    async () => {
      const part = page.getByRole('region', { name: m.title });
      await part.getByRole('button', { name: m.start }).tap();
      const step = (n: number) => part.getByRole('listitem').filter({ hasText: m.steps[n - 1]! });
      for (const n of [1, 2, 4, 5]) await step(n).getByRole('button', { name: m.done }).tap();
      await step(3).getByRole('button', { name: m.notDone }).tap();
      await page.getByRole('dialog').getByRole('button', { name: m.refusals.denied }).tap();
      await part.getByText(m.progress(4)).waitFor();
      await shoot('meeting');
      expect(await axeViolations(page)).toEqual([]);
      await part.getByRole('button', { name: m.signPledge }).tap();
      const field = (await page.getByRole('img', { name: m.signHere }).boundingBox())!;
      await page.mouse.move(field.x + 30, field.y + 30);
      await page.mouse.down();
      await page.mouse.move(field.x + 90, field.y + 50, { steps: 8 });
      await page.mouse.up();
      await shoot('pledge');
      await page.getByRole('alertdialog').getByRole('button', { name: m.sign }).tap();
      const met = async () =>
        (
          await centre.leader.call<{ items: MeetingView[] }>('GET', `/api/incidents/${incidentId}/meetings`)
        ).items.map(({ officers, steps, documents }) => ({
          officers: officers.map(({ name }) => name),
          steps: steps.map(({ step: n, refusal }) => refusal ?? n),
          documents: documents.map(({ kind, mime }) => `${kind} ${mime}`),
        }));
      await expect
        .poll(met, { timeout: 30_000 })
        .toEqual([{ officers: ['陈立'], steps: [1, 2, 'denied', 4, 5], documents: ['pledge image/png'] }]);
    },
    90_000,
  );

  it.runIf(hasBrowser)(
    'keeps answers without network through a reload, and each counts once and at its own time',
    async () => {
      const hotel = places[3]!;
      const taskId = await order(hotel);
      await heading(hotel).waitFor();
      await read(t.news.ordered(hotel.name));
      const posts: string[] = [];
      const dead = async (route: Route) => {
        if (route.request().method() !== 'POST') return route.continue();
        posts.push(route.request().url());
        return route.abort('internetdisconnected');
      };
      await page.route('**/api/tasks/**', dead);
      await tap(t.accept);
      await tap(t.arrive);
      await page.getByText(t.unsent(2)).first().waitFor();
      await shoot('unsent');
      expect(await axeViolations(page)).toEqual([]);
      const saidBy = Date.now();
      expect((await taskOf(taskId)).state).toBe('ordered');
      await page.waitForTimeout(2500);
      await page.reload();
      await page.getByText(t.unsent(2)).first().waitFor();
      // Order is kept: nothing but the first answer was ever tried.
      expect(new Set(posts.map(url => url.split('/').at(-1)))).toEqual(new Set(['accept']));
      await page.unroute('**/api/tasks/**', dead);

      // The server hears the first one, but its answer is lost on the way back.
      let lost = 0;
      await page.route('**/api/tasks/**', async route => {
        if (route.request().method() === 'POST' && lost++ < 2) {
          await route.fetch();
          return route.abort('connectionreset');
        }
        return route.continue();
      });
      // It tries again by itself, too: whichever comes first.
      await page
        .getByRole('button', { name: t.sendNow })
        .tap({ timeout: 2000 })
        .catch(() => {});
      await reaches(taskId, 'arrived');
      await page.getByText(t.unsent(2)).first().waitFor({ state: 'detached' });
      expect(lost).toBeGreaterThan(1);
      const { acceptedAt, arrivedAt } = await taskOf(taskId);
      expect(Date.parse(acceptedAt!)).toBeLessThanOrEqual(Date.parse(arrivedAt!));
      expect(Date.parse(arrivedAt!)).toBeLessThanOrEqual(saidBy + 1000);
      await page.unroute('**/api/tasks/**');
      expect(await page.getByRole('button', { name: t.acknowledge }).count()).toBe(0);
    },
    120_000,
  );

  it.runIf(hasBrowser)(
    'takes nothing away silently: a cancelled task stays in sight until that was read',
    async () => {
      const open = (
        await phone.call<{ items: TaskView[] }>('GET', `/api/tasks?unitId=${units[1]!.id}&state=open`)
      ).items[0]!;
      await centre.operator.call('POST', `/api/tasks/${open.id}/cancel`, { reason: '已在别处找到' });
      const gone = t.news.cancelled(places[3]!.name);
      await page.getByText(gone).waitFor();
      await page.getByText('已在别处找到').first().waitFor();
      await shoot('cancelled');
      await page.reload();
      await page.getByText(gone).waitFor();
      await read(gone);
      await page.getByText(gone).waitFor({ state: 'detached' });
      await page.reload();
      await page.getByText(t.noTask, { exact: true }).waitFor();
      expect(await page.getByText(gone).count()).toBe(0);
    },
    60_000,
  );

  it.runIf(hasBrowser)(
    'an answer that comes too late is given back, never dropped',
    async () => {
      const park = places[5]!;
      const taskId = await order(park, { method: 'walkThrough' });
      await heading(park).waitFor();
      await page.route('**/api/tasks/*/accept', route => route.abort('internetdisconnected'));
      await tap(t.accept);
      await page.getByText(t.unsent(1)).first().waitFor();
      await centre.operator.call('POST', `/api/tasks/${taskId}/cancel`, {});
      await page.unroute('**/api/tasks/*/accept');
      await page.getByText(t.refused(t.said.accept, park.name)).waitFor();
      await page.getByText(t.news.cancelled(park.name)).waitFor();
      await shoot('refused');
      await read(t.refused(t.said.accept, park.name));
      await read(t.news.cancelled(park.name));
    },
    60_000,
  );

  it.runIf(hasBrowser)(
    'shares where the phone is only while it is switched on, and says so',
    async () => {
      const { lng, lat } = places[12]!.position;
      await page.getByText(t.shareOff).waitFor();
      await context.setGeolocation({ longitude: lng, latitude: lat, accuracy: 12 });
      const toggle = page.getByRole('switch', { name: t.share });
      await toggle.tap();
      await page.getByText(t.shareOn('外勤-2')).waitFor();
      await page.getByText(/前上报，误差约/).waitFor();
      await shoot('sharing');
      const seen = async () =>
        (
          await centre.leader.call<{ items: { unitId: string; position: { lng: number; lat: number } }[] }>(
            'GET',
            `/api/units/nearest?lng=${lng}&lat=${lat}&by=line&limit=9`,
          )
        ).items.find(({ unitId }) => unitId === units[1]!.id)?.position;
      await expect.poll(seen, { timeout: 15_000 }).toEqual({ lng, lat });
      expect(await axeViolations(page)).toEqual([]);
      await page.reload();
      await page.getByText(t.shareOn('外勤-2')).waitFor();
      await page.getByRole('switch', { name: t.share }).tap();
      await page.getByText(t.shareOff).waitFor();
      await expect
        .poll(async () => (await phone.call<{ unitId: string | null }>('GET', '/api/field/sharing')).unitId)
        .toBeNull();
    },
    90_000,
  );

  it.runIf(hasBrowser)(
    'hands over nothing but the destination, and only by a tap',
    async () => {
      const place = places[7]!;
      await order(place);
      await heading(place).waitFor();
      await tap(t.navigate);
      const links = await page
        .getByRole('dialog')
        .getByRole('link')
        .evaluateAll(all =>
          all.map(link => ({ href: link.getAttribute('href')!, rel: link.getAttribute('rel') })),
        );
      expect(links.map(({ href }) => href.split(':')[0])).toEqual(['https', 'baidumap', 'https', 'geo']);
      for (const { href, rel } of links) {
        expect(rel).toContain('noreferrer');
        expect(decodeURIComponent(href)).not.toContain(place.name);
      }
      await shoot('navigate');
      await page.keyboard.press('Escape');
    },
    60_000,
  );

  it.runIf(hasBrowser)(
    'opens without network, with the task as it was last told, and keeps no answer of the server among its files',
    async () => {
      const place = places[7]!;
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
      const keptFiles = () =>
        page.evaluate(async () => {
          const names = await caches.keys();
          const lists = await Promise.all(
            names.map(async name => (await caches.open(name)).keys().then(all => all.map(({ url }) => url))),
          );
          return lists.flat().map(url => new URL(url).pathname);
        });
      await expect.poll(async () => (await keptFiles()).length, { timeout: 15_000 }).toBeGreaterThan(5);
      for (const path of await keptFiles()) expect(path).toMatch(/^\/field$|^\/assets\//);
      await context.setOffline(true);
      await page.reload();
      await heading(place).waitFor();
      await shoot('offline');
      await context.setOffline(false);
      await page.reload();
      await heading(place).waitFor();
    },
    120_000,
  );

  it.runIf(hasBrowser)(
    'reads in the sun, in English, and at twice the size, and nothing went elsewhere',
    async () => {
      await page.goto(`${server.baseUrl}/field?motion=0&theme=light&lang=en`);
      await page.getByText(fieldTexts.en.accept).first().waitFor();
      await shoot('light-english');
      expect(await axeViolations(page)).toEqual([]);
      await page.setViewportSize({ width: 195, height: 422 });
      await page.waitForTimeout(500);
      await shoot('twice');
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBeLessThanOrEqual(0);
      const unnamed = troubles.filter(
        trouble => !/401|409|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_RESET/.test(trouble),
      );
      expect(unnamed).toEqual([]);
    },
    60_000,
  );

  it.runIf(hasBrowser)(
    'the leader sets where people go, with a reason that everybody sees, and takes it back',
    async () => {
      const words = priorTexts.zh;
      const desk = await browser.newPage({ viewport: { width: 1366, height: 768 } });
      desk.setDefaultTimeout(30_000);
      const seen = watchPage(desk, server.baseUrl);
      await signInOn(desk, `${server.baseUrl}/?motion=0`, 'leader', password);
      await desk.locator('input[type=password]').waitFor({ state: 'detached' });
      await desk.goto(`${server.baseUrl}/admin/priors?motion=0`);
      await desk.getByText(words.noHistory).waitFor();
      await desk.getByText(words.mostlyAssumed).waitFor();
      if (shots) await desk.screenshot({ path: join(shots, 'priors.png') });
      expect(await axeViolations(desk)).toEqual([]);
      await desk.getByRole('button', { name: words.edit }).click();
      const hotel = desk.getByRole('textbox', { name: words.typed('酒店'), exact: true });
      await hotel.fill('x');
      await desk.getByText(words.invalid).waitFor();
      await hotel.fill('60');
      await desk.getByRole('textbox', { name: words.reason }).fill('本地案例多在酒店');
      expect(await axeViolations(desk)).toEqual([]);
      await desk.getByRole('button', { name: words.save }).click();
      await desk.getByText('本地案例多在酒店').waitFor();
      await desk.locator('tbody tr').first().getByText('酒店').waitFor();
      if (shots) await desk.screenshot({ path: join(shots, 'priors-set.png') });
      const read = async () => centre.leader.call<PriorsReply>('GET', '/api/priors');
      const weight = async () => (await read()).items[0]!.rows.find(({ kind }) => kind === 'hotel')!.weight;
      expect(await weight()).toBeGreaterThan(0.3);
      await desk.getByRole('button', { name: words.reset }).click();
      await desk.getByRole('textbox', { name: words.reason }).fill('按公开案例');
      await desk.getByRole('alertdialog').getByRole('button', { name: words.reset }).click();
      await desk.getByText(words.toDefault).waitFor();
      await expect.poll(weight, { timeout: 15_000 }).toBeLessThan(0.2);
      expect((await read()).changes.map(({ by, reason }) => [by, reason])).toEqual([
        ['leader', '按公开案例'],
        ['leader', '本地案例多在酒店'],
      ]);
      expect(seen.filter(trouble => !trouble.includes('401'))).toEqual([]);
      await desk.close();
    },
    120_000,
  );
});
