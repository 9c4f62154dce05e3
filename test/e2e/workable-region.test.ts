/**
 * A map extract becomes a county that one can work with: the bureau's own tables by command line and by the
 * administrator's page, then an alert, its station by driving time, the nearest unit by road and a camera hit.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { utils, write } from '@e965/xlsx';
import gcoord from 'gcoord';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zh } from '../../client/i18n/zh.ts';
import { layersTexts } from '../../client/i18n/sections/layers.ts';
import type { RoadRouter } from '../../server/road/router.ts';
import type { LngLat } from '../../server/region/source.ts';
import { requireCurrent, readReference } from '../../server/region/versions.ts';
import { openRouter } from '../../server/setup/region.ts';
import { dropServerDatabase, hasServer, newServerDatabase } from '../builders/database.ts';
import { axeViolations, hasBrowser, launchBrowser, watchPage, signInOn } from './browser.ts';
import { type Centre, openCentre, openIncident, password, type Place, region } from './centre.ts';
import { type ServerUnderTest, startServer } from './server.ts';

const osm = fileURLToPath(new URL('../../../shared/data/osm/', import.meta.url));
const shots = process.env['E2E_SHOTS'];

type Rows = (string | number)[][];
type Variant = 'utf8' | 'gbk' | 'xlsx';

interface Setting {
  name: string;
  extract: string;
  crs: 'wgs84' | 'gcj02';
  /** How each table is handed over. */
  tables: Record<'stations' | 'cells' | 'cameras' | 'units', Variant>;
}
const settings: Setting[] = [
  {
    name: 'Andorra',
    extract: 'andorra-2021.osm.pbf',
    crs: 'wgs84',
    tables: { stations: 'utf8', cells: 'utf8', cameras: 'xlsx', units: 'utf8' },
  },
  {
    name: 'Shenzhen, GCJ-02, GBK and workbooks',
    extract: 'shenzhen-longgang-2019.osm.pbf',
    crs: 'gcj02',
    tables: { stations: 'gbk', cells: 'xlsx', cameras: 'gbk', units: 'xlsx' },
  },
];

/** Every two-byte character of GBK: the platform reads it, but does not write it. */
const gbkCodes = new Map<string, [number, number]>();
for (let high = 0x81; high <= 0xfe; high++)
  for (let low = 0x40; low <= 0xfe; low++)
    gbkCodes.set(new TextDecoder('gb18030').decode(Uint8Array.of(high, low)), [high, low]);
const toGbk = (text: string) =>
  Uint8Array.from(
    Array.from(text).flatMap(letter => (letter < '\x80' ? [letter.charCodeAt(0)] : gbkCodes.get(letter)!)),
  );

function tableOf(rows: Rows, variant: Variant): Uint8Array {
  if (variant === 'xlsx') {
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows), '数据');
    return new Uint8Array(write(book, { type: 'array' }) as ArrayBuffer);
  }
  const csv = rows.map(row => row.join(',')).join('\r\n');
  return variant === 'gbk' ? toGbk(csv) : new TextEncoder().encode(csv);
}

interface Plan {
  stations: { id: string; name: string; at: LngLat }[];
  home: LngLat;
  /** The station that is there first, by a good margin. */
  quickest: string;
  nearestByLine: string;
}

/** Three stations and a home whose quickest station is not the nearest one, where the roads have such a home. */
function plan(router: RoadRouter, spots: readonly LngLat[]): Plan {
  let best: { plan: Plan; gainS: number } | undefined;
  for (let round = 0; round < 60; round++) {
    const pick = (i: number) => spots[(round * 7 + i * 13 + round * i) % spots.length]!;
    const at = [pick(0), pick(1), pick(2)];
    const stations = at.map((position, i) => ({
      id: `S${i + 1}`,
      name: `第${'一二三'[i]}派出所`,
      at: position,
    }));
    const reaches = at.map(position => router.reachFrom(position));
    for (const home of spots) {
      const times = reaches.map(reach => reach?.secondsAt(home) ?? Infinity);
      const order = [0, 1, 2].sort((a, b) => times[a]! - times[b]!);
      const line = [0, 1, 2].sort((a, b) => off(at[a]!, home) - off(at[b]!, home));
      const gainS = times[order[1]!]! - times[order[0]!]!;
      if (order[0] === line[0] || !Number.isFinite(gainS) || (best && best.gainS >= gainS)) continue;
      const found = {
        stations,
        home,
        quickest: stations[order[0]!]!.id,
        nearestByLine: stations[line[0]!]!.id,
      };
      best = { plan: found, gainS };
    }
  }
  if (!best) throw new Error('expected a home whose quickest station is not the nearest one');
  return best.plan;
}
const off = (a: LngLat, b: LngLat) =>
  Math.hypot((a[0] - b[0]) * Math.cos((a[1] * Math.PI) / 180), a[1] - b[1]);

describe.each(settings)('a workable region: $name (PostgreSQL and the extract must be there)', setting => {
  const file = join(osm, setting.extract);
  const runs = existsSync(file) && hasServer && hasBrowser;
  let dataDir: string;
  let databaseUrl: string;
  let server: ServerUnderTest;
  let centre: Centre;
  let browser: Browser;
  let router: RoadRouter;
  let spots: LngLat[];
  let planned: Plan;
  let incidentId: string;
  let desk: Page;

  const written = ([lng, lat]: LngLat): [number, number] =>
    setting.crs === 'gcj02'
      ? (gcoord.transform([lng, lat], gcoord.WGS84, gcoord.GCJ02) as LngLat)
      : [lng, lat];
  async function load(layer: keyof Setting['tables'], rows: Rows): Promise<void> {
    const variant = setting.tables[layer];
    const path = join(dataDir, `${layer}.${variant === 'xlsx' ? 'xlsx' : 'csv'}`);
    await writeFile(path, tableOf(rows, variant));
    await region(dataDir, 'layer', layer, path, '--crs', setting.crs);
  }
  const cameraRows = (): Rows => [
    ['编号', '名称', '经度', '纬度', '朝向', '状态'],
    ...spots
      .slice(0, 12)
      .map((at, i) => [
        `K${i + 1}`,
        `卡口${i + 1}`,
        ...written(at),
        i % 2 ? 90 : '',
        i === 3 ? '故障' : '正常',
      ]),
  ];

  beforeAll(async () => {
    if (!runs) return;
    dataDir = await mkdtemp(join(tmpdir(), 'jianmian-workable-'));
    await region(dataDir, 'import', file);
    const current = await requireCurrent(dataDir);
    router = await openRouter(current);
    const { places, segments } = await readReference(current);
    // In Longgang few places are mapped: the middles of its roads are as good to live at.
    const on = [
      ...places.map(({ position }) => position),
      ...segments.map(({ line }) => line[line.length >> 1]!),
    ];
    spots = on.filter(at => (router.snap(at)?.distanceM ?? 99) < 25).slice(0, 160);
    planned = plan(router, spots);
    const stations = planned.stations.map(({ id, name, at }) => [id, name, ...written(at)]);
    await load('stations', [['编号', '名称', '经度', '纬度'], ...stations]);
    await load('cells', [
      ['基站编号', '小区编号', '经度', '纬度', '方位角', '波束宽度', '覆盖半径'],
      ...spots
        .slice(0, 9)
        .flatMap((at, i) =>
          [0, 120, 240].map((azimuth, k) => [
            `B${i + 1}`,
            `B${i + 1}-${k + 1}`,
            ...written(at),
            azimuth,
            65,
            900,
          ]),
        ),
    ]);
    await load('cameras', cameraRows());
    await load('units', [
      ['呼号', '派出所', '类型', '民警', '辅警'],
      ...planned.stations.map(({ name }, i) => [`巡-${i + 1}`, name, '警车', 1, 2]),
    ]);
    databaseUrl = await newServerDatabase(false);
    server = await startServer({ dataDir, databaseUrl });
    centre = await openCentre(server);
    browser = await launchBrowser();
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    if (databaseUrl) await dropServerDatabase(databaseUrl);
    if (dataDir) await rm(dataDir, { recursive: true, force: true });
  }, 60_000);

  const ask = <T>(path: string) => centre.leader.call<T>('GET', path);
  const shoot = async (page: Page, name: string) => {
    if (shots) await page.screenshot({ path: join(shots, `${setting.extract.slice(0, 8)}-${name}.png`) });
  };

  it.runIf(runs)('has what the tables say, in WGS-84, with areas estimated by driving time', async () => {
    const { items: stations } = await ask<{ items: any[] }>('/api/stations'); // oxlint-disable-line typescript/no-explicit-any
    expect(stations.map(({ id }) => id)).toEqual(['S1', 'S2', 'S3']);
    for (const [i, { position, jurisdiction }] of stations.entries()) {
      expect(position.lng).toBeCloseTo(planned.stations[i]!.at[0], 4);
      expect(position.lat).toBeCloseTo(planned.stations[i]!.at[1], 4);
      expect(jurisdiction.estimated).toBe(true);
    }
    expect((await ask<{ items: unknown[] }>('/api/cell-sites')).items).toHaveLength(9);
    const { items: cameras } = await ask<{ items: { id: string; working: boolean }[] }>('/api/cameras');
    expect(cameras).toHaveLength(12);
    expect(cameras.filter(({ working }) => !working).map(({ id }) => id)).toEqual(['K4']);
  });

  it.runIf(runs)('an alert goes to the station that is there first, not to the nearest one', async () => {
    const [lng, lat] = planned.home;
    const home: Place = { id: 'home', name: '家', kind: 'residence', position: { lng, lat } };
    incidentId = await openIncident(centre, home);
    const incident = await ask<{ stationId: string; stationBasis: string }>(`/api/incidents/${incidentId}`);
    expect(incident).toMatchObject({ stationId: planned.quickest, stationBasis: 'jurisdiction' });
    expect(incident.stationId).not.toBe(planned.nearestByLine);
  });

  it.runIf(runs)('the units of the table are there, and the nearest one is so by road', async () => {
    const { items: units } = await ask<{ items: { id: string; callsign: string; stationId: string }[] }>(
      '/api/units',
    );
    expect(units.map(({ callsign }) => callsign).sort()).toEqual(['巡-1', '巡-2', '巡-3']);
    const at = new Map(planned.stations.map(station => [station.id, station.at]));
    const fixes = units.map(({ id, stationId }) => {
      const [lng, lat] = at.get(stationId)!;
      return { unitId: id, observedAt: new Date().toISOString(), lng, lat, speedMps: 0 };
    });
    await centre.gateway.call('POST', '/feeds/positions', fixes);
    const [lng, lat] = planned.home;
    const { items } = await ask<{ items: { unitId: string; travelTimeS: number }[] }>(
      `/api/units/nearest?lng=${lng}&lat=${lat}&limit=3&by=road`,
    );
    const first = units.find(({ id }) => id === items[0]!.unitId)!;
    expect(first.stationId).toBe(planned.quickest);
    const seconds = router.matrix([at.get(first.stationId)!], [planned.home])[0]!;
    expect(Math.abs(items[0]!.travelTimeS - seconds)).toBeLessThan(5);
  });

  it.runIf(runs)(
    'a hit on a camera of the table is shown at it; the others say that they saw nothing, or that they are down',
    async () => {
      const [lng, lat] = spots[1]!;
      await centre.trace.call('POST', `/api/incidents/${incidentId}/sightings`, {
        kind: 'camera',
        observedAt: new Date(Date.now() - 60_000).toISOString(),
        source: '卡口2',
        position: { lng, lat },
        plate: '粤B·D0001',
      });
      desk = await browser.newPage({ viewport: { width: 1600, height: 900 } });
      const page = desk;
      const troubles = watchPage(page, server.baseUrl);
      await signInAs(page, 'leader', 'a long enough passphrase', `/desk/${incidentId}?motion=0`);
      await page.locator('.maplibregl-canvas').waitFor();
      await page.keyboard.press('l');
      for (const name of ['卡口', '覆盖范围']) await page.getByText(name, { exact: true }).first().click();
      await page.keyboard.press('l');
      await page.getByRole('button', { name: zh.trace.open }).first().click();
      await page.getByRole('dialog').locator('textarea').fill('当事人失联，查找位置');
      await page.getByRole('dialog').getByRole('button', { name: zh.trace.open }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('2');
      await page.getByText('粤B·D0001').first().waitFor();
      await page.waitForTimeout(2500);
      await shoot(page, 'desk');
      // It stays open beside the administrator's page, but small: a software renderer pays by the pixel.
      await page.setViewportSize({ width: 900, height: 500 });
      expect(troubles.filter(trouble => !trouble.includes('401'))).toEqual([]);
    },
    240_000,
  );

  it.runIf(runs)(
    'the administrator looks at a table with a broken row, applies the mended one and undoes it',
    async () => {
      const t = layersTexts.zh;
      const count = async () => (await ask<{ items: unknown[] }>('/api/cameras')).items.length;
      const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
      await signInAs(page, 'admin', password, '/admin/layers?motion=0');
      await page.getByText(t.layer.cameras).click();
      const crs = page.getByRole('button', { name: /坐标系/ });
      await crs.click();
      await page.getByRole('option', { name: t.crsName[setting.crs] }).click();

      const extra = ['K99', '新卡口', ...written(spots[20]!), '', ''];
      const upload = (rows: Rows, name: string) =>
        page.locator('input[type=file]').setInputFiles({
          name,
          mimeType: 'text/csv',
          buffer: Buffer.from(tableOf(rows, 'gbk')),
        });
      await upload([...cameraRows(), ['K98', '坏卡口', '东', 1, '', '']], 'broken.csv');
      await page.getByText(t.problems('1')).waitFor();
      const row = page.locator('table tbody tr').first();
      expect(await row.locator('td').allTextContents()).toEqual([
        '14',
        '经度',
        '东',
        t.problem.notNumber('-180 – 180'),
      ]);
      expect(await page.getByRole('button', { name: t.apply, exact: true }).isDisabled()).toBe(true);
      await shoot(page, 'problems');
      expect(await axeViolations(page)).toEqual([]);

      await upload([...cameraRows(), extra], 'mended.csv');
      await page.getByText(t.added('1'), { exact: true }).waitFor();
      expect(await count()).toBe(12);
      await shoot(page, 'preview');
      // The desk beside it hears of the new version and asks for what it shows.
      const asked = desk.waitForResponse(response => response.url().includes('/api/cameras'));
      await page.getByRole('button', { name: t.apply, exact: true }).click();
      await page.getByText(t.applied).waitFor();
      expect(await count()).toBe(13);
      const { items } = (await (await asked).json()) as { items: unknown[] };
      expect(items).toHaveLength(13);
      await page.getByRole('button', { name: t.undo }).click();
      await page.getByText(t.restored).waitFor();
      expect(await count()).toBe(12);
      await shoot(page, 'undone');
      await page.close();
    },
    240_000,
  );

  async function signInAs(page: Page, user: string, secret: string, path: string): Promise<void> {
    page.setDefaultTimeout(60_000);
    await signInOn(page, server.baseUrl + path, user, secret);
    await page.locator('input[type=password]').waitFor({ state: 'detached' });
    // Signing in leads to the role's own page.
    if (!page.url().includes(path.split('?')[0]!)) await page.goto(server.baseUrl + path);
  }
});
