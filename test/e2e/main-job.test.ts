/**
 * The main job as its users see it: the real server, the real database and a real browser, on the synthetic county and
 * on an imported one. Accounts, crews, alert and sightings are made through the public interface.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zh } from '../../client/i18n/zh.ts';
import { themeColors } from '../../client/ui/tokens.ts';
import { dropServerDatabase, hasServer, newServerDatabase } from '../builders/database.ts';
import {
  axeViolations,
  hasBrowser,
  launchBrowser,
  pixelsOf,
  shareChanged,
  watchPage,
  signInOn,
} from './browser.ts';
import {
  type Centre,
  openCentre,
  openIncident,
  password,
  type Place,
  recordSightings,
  region,
} from './centre.ts';
import { type ServerUnderTest, startServer } from './server.ts';

const andorra = fileURLToPath(new URL('../../../shared/data/osm/andorra-2021.osm.pbf', import.meta.url));

interface Unit {
  id: string;
  callsign: string;
}
interface Nearest {
  items: { unitId: string; callsign: string; travelTimeS: number | null; distanceM: number }[];
}

interface Setting {
  name: string;
  runs: boolean;
  database: 'embedded' | 'server';
  region: string[];
  homeKinds: string;
}
const settings: Setting[] = [
  {
    name: 'synthetic county, embedded database',
    runs: true,
    database: 'embedded',
    region: ['synth', '--seed', '3', '--population', '20000'],
    homeKinds: 'residence',
  },
  {
    name: 'Andorra extract, PostgreSQL (both must be there)',
    runs: existsSync(andorra) && hasServer,
    database: 'server',
    region: ['import', andorra],
    homeKinds: 'bank',
  },
];

describe.each(settings)('main job: $name', setting => {
  const runs = setting.runs && hasBrowser;
  let dataDir: string;
  let databaseUrl: string | undefined;
  let server: ServerUnderTest;
  let centre: Centre;
  let browser: Browser;
  let page: Page;
  let troubles: string[];
  let homes: Place[];
  let home: Place;
  let units: Unit[];
  let incidentId: string;

  beforeAll(async () => {
    if (!runs) return;
    dataDir = await mkdtemp(join(tmpdir(), 'jianmian-e2e-'));
    await region(dataDir, ...setting.region);
    if (setting.database === 'server') databaseUrl = await newServerDatabase(false);
    server = await startServer({ dataDir, ...(databaseUrl && { databaseUrl }) });
    centre = await openCentre(server);
    ({ items: homes } = await centre.leader.call<{ items: Place[] }>(
      'GET',
      `/api/places?kind=${setting.homeKinds}&limit=40`,
    ));
    home = homes[0]!;
    units = await raiseUnits(6);
    browser = await launchBrowser();
    page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
    troubles = watchPage(page, server.baseUrl);
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    if (databaseUrl) await dropServerDatabase(databaseUrl);
    if (dataDir) await rm(dataDir, { recursive: true, force: true });
  }, 60_000);

  async function raiseUnits(count: number): Promise<Unit[]> {
    const made: Unit[] = [];
    for (let i = 1; i <= count; i++) {
      const body = { callsign: `巡-${i}`, kind: 'car', crew: { sworn: 1, auxiliary: 2 } };
      made.push(await centre.leader.call<Unit>('POST', '/api/units', body));
    }
    return made;
  }

  /** Each unit stands at another place, none at the home, where the incident's mark would hide it; all are shifted by `east` degrees. */
  const report = (east: number) =>
    centre.gateway.call<{ accepted: number; duplicates: number; rejected: unknown[] }>(
      'POST',
      '/feeds/positions',
      units.map((unit, i) => ({
        unitId: unit.id,
        observedAt: new Date().toISOString(),
        lng: homes[1 + ((i * 3) % (homes.length - 1))]!.position.lng + east,
        lat: homes[1 + ((i * 3) % (homes.length - 1))]!.position.lat,
        speedMps: 0,
      })),
    );

  const nearestTo = ({ lng, lat }: { lng: number; lat: number }, by: 'road' | 'line') =>
    centre.leader.call<Nearest>('GET', `/api/units/nearest?lng=${lng}&lat=${lat}&limit=5&by=${by}`);

  const mapBox = async () => (await page.locator('.maplibregl-map').first().boundingBox())!;
  /** The list of the trace itself: the story tells that a carrier was asked whoever looks. */
  const sightingsOf = (of: Page) =>
    of
      .getByRole('region', { name: zh.trace.title, includeHidden: true })
      .locator('ol')
      .filter({ hasText: '运营商' });
  const settle = () => page.waitForTimeout(2500);

  it.runIf(runs)('takes positions once: a batch that is sent again changes nothing', async () => {
    expect(await report(0)).toEqual({ accepted: units.length, duplicates: 0, rejected: [] });
    const batch = [
      {
        unitId: units[0]!.id,
        observedAt: '2026-01-01T08:00:00+08:00',
        lng: home.position.lng,
        lat: home.position.lat,
      },
    ];
    const first = await centre.gateway.call('POST', '/feeds/positions', batch);
    const again = await centre.gateway.call('POST', '/feeds/positions', batch);
    expect(first).toEqual({ accepted: 1, duplicates: 0, rejected: [] });
    expect(again).toEqual({ accepted: 0, duplicates: 1, rejected: [] });
  });

  it.runIf(runs)(
    'shows the incident to who signs in, without a script error',
    async () => {
      incidentId = await openIncident(centre, home);
      await signInOn(page, `${server.baseUrl}/desk/${incidentId}?motion=0`, 'leader', password);
      await page.getByText('赵**').first().waitFor({ timeout: 30_000 });
      await page.getByText('冒充公检法').first().waitFor();
      await page.locator('.maplibregl-canvas').waitFor();
      await settle();
    },
    90_000,
  );

  it.runIf(runs)(
    'draws a unit where it reports, and moves it when it moves (canvas read-back)',
    async () => {
      const { bbox } = await centre.leader.call<{ bbox: [number, number, number, number] }>(
        'GET',
        '/api/region',
      );
      const [west, south, east, north] = bbox;
      const walker = units[0]!;
      // The only unit in this state, so its colour is nobody else's; away from the town, so nothing lies over it.
      await centre.leader.call('PATCH', `/api/units/${walker.id}`, { state: 'onScene' });
      const stand = (share: number) =>
        centre.gateway.call('POST', '/feeds/positions', [
          {
            unitId: walker.id,
            observedAt: new Date().toISOString(),
            lng: west + (east - west) * share,
            lat: south + (north - south) * 0.3,
          },
        ]);
      const pink = themeColors.dark['state-onScene'];
      await page.keyboard.press('f');
      await stand(0.3);
      await settle();
      const before = await pixelsOf(page, await mapBox(), pink);
      await stand(0.5);
      await settle();
      const after = await pixelsOf(page, await mapBox(), pink);
      await centre.leader.call('PATCH', `/api/units/${walker.id}`, { state: 'available' });
      expect(before.count).toBeGreaterThan(10);
      expect(after.count).toBeGreaterThan(10);
      expect(after.x - before.x).toBeGreaterThan(20);
      expect(Math.abs(after.y - before.y)).toBeLessThan(4);
    },
    60_000,
  );

  it.runIf(runs)('has nothing for axe to object to, with an incident open', async () => {
    expect(await axeViolations(page)).toEqual([]);
  });

  it.runIf(runs)(
    'keeps the trace closed without a reason, and draws the fans with one',
    async () => {
      await recordSightings(centre, incidentId, home);
      const closed = await centre.leader.request('GET', `/api/incidents/${incidentId}/sightings`);
      expect(closed.status).toBe(403);
      await settle();
      const timeline = sightingsOf(page);
      expect(await timeline.count()).toBe(0);
      const before = await page.screenshot({ clip: await mapBox() });
      await page.getByRole('button', { name: zh.trace.open }).first().click();
      await page.getByRole('dialog').locator('textarea').fill('特高危预警，当事人失联，紧急查找');
      await page.getByRole('dialog').getByRole('button', { name: zh.trace.open }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('2');
      await timeline.first().waitFor({ timeout: 20_000 });
      expect(await timeline.first().getByText('运营商').count()).toBe(3);
      await page.keyboard.press('f');
      await settle();
      const after = await page.screenshot({ clip: await mapBox() });
      expect(await shareChanged(page, before, after)).toBeGreaterThan(0.004);
    },
    60_000,
  );

  it.runIf(runs)(
    'ranks the same units on the page as the API, by road',
    async () => {
      await report(0);
      await page.keyboard.press('n');
      const rows = page.locator('ol li button').filter({ hasText: '巡-' });
      await rows.first().waitFor({ timeout: 20_000 });
      await settle();
      const shown = (await rows.allInnerTexts()).map(text => /巡-\d/.exec(text)?.[0]);
      const { items } = await nearestTo(home.position, 'road');
      expect(items.length).toBeGreaterThan(2);
      expect(shown.slice(0, items.length)).toEqual(items.map(item => item.callsign));
    },
    60_000,
  );

  it.runIf(runs)(
    'answers nearest by road in the order of the road matrix, not of the straight line',
    async () => {
      let differs = 0;
      for (const target of homes.slice(0, 20)) {
        const [road, line] = await Promise.all([
          nearestTo(target.position, 'road'),
          nearestTo(target.position, 'line'),
        ]);
        const times = road.items.map(item => item.travelTimeS!);
        expect(times).toEqual([...times].sort((a, b) => a - b));
        if (road.items[0]?.unitId !== line.items[0]?.unitId) differs++;
      }
      expect(differs).toBeGreaterThan(0);
    },
    60_000,
  );

  it.runIf(runs)(
    'comes back by itself after kill -9, with everything that was acknowledged',
    async () => {
      const { port } = new URL(server.baseUrl);
      const sent: { observedAt: string; acknowledged: boolean }[] = [];
      let ending = false;
      const sender = (async () => {
        for (let i = 0; !ending; i++) {
          const entry = { observedAt: new Date(Date.now() - 60_000 + i).toISOString(), acknowledged: false };
          sent.push(entry);
          const body = [
            {
              unitId: units[0]!.id,
              observedAt: entry.observedAt,
              lng: home.position.lng,
              lat: home.position.lat,
            },
          ];
          const reply = await centre.gateway.request('POST', '/feeds/positions', body).catch(() => null);
          entry.acknowledged = reply?.status === 200;
        }
      })();
      await page.waitForTimeout(700);
      await server.kill();
      ending = true;
      await sender;
      expect(sent.some(entry => entry.acknowledged)).toBe(true);
      server = await startServer({ dataDir, port: Number(port), ...(databaseUrl && { databaseUrl }) });
      const resent = await centre.gateway.call<{ accepted: number; duplicates: number }>(
        'POST',
        '/feeds/positions',
        sent.map(({ observedAt }) => ({
          unitId: units[0]!.id,
          observedAt,
          lng: home.position.lng,
          lat: home.position.lat,
        })),
      );
      const acknowledged = sent.filter(entry => entry.acknowledged).length;
      expect(resent.duplicates).toBeGreaterThanOrEqual(acknowledged);
      expect(resent.accepted + resent.duplicates).toBe(sent.length);
      await page
        .getByText(zh.link.live, { exact: true })
        .first()
        .waitFor({ state: 'attached', timeout: 30_000 });
      await page.getByText('赵**').first().waitFor();
    },
    120_000,
  );

  if (setting.database === 'embedded') {
    it.runIf(runs)(
      'refuses a second server on the same folder',
      async () => {
        await expect(startServer({ dataDir })).rejects.toThrow(/in use by process \d+/);
      },
      60_000,
    );
  }

  it.runIf(runs)(
    'drops the trace from the page when the incident closes, and stays on the origin throughout',
    async () => {
      await centre.leader.call('POST', `/api/incidents/${incidentId}/close`, {
        outcome: 'met',
        foundAt: home.position,
      });
      await sightingsOf(page).first().waitFor({ state: 'detached', timeout: 20_000 });
      const refused = await centre.leader.request(
        'GET',
        `/api/incidents/${incidentId}/sightings`,
        undefined,
        {
          'X-Access-Reason': encodeURIComponent('复盘查看轨迹，核对时间线'),
        },
      );
      expect(refused.status).toBe(403);
      const unexpected = troubles.filter(
        text =>
          !/ERR_CONNECTION_REFUSED|Failed to load resource|ERR_INCOMPLETE|ERR_CONNECTION_RESET/.test(text),
      );
      expect(unexpected).toEqual([]);
    },
    60_000,
  );
});
