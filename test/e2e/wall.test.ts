/**
 * The wall comes back by itself: the real server is killed, the line is cut, graphics contexts are lost, one of two screens
 * loses its power, a new build is put in place. Nobody touches anything; the times are printed.
 */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wallTexts } from '../../client/i18n/sections/wall.ts';
import { zh } from '../../client/i18n/zh.ts';
import { axeViolations, hasBrowser, launchBrowser, shareChanged, signInOn, watchPage } from './browser.ts';
import { type Centre, openCentre, openIncident, password, type Place, region } from './centre.ts';
import { newUser, signIn } from './people.ts';
import { type ServerUnderTest, startServer } from './server.ts';

const slow = 120_000;
/** The budget is 600 kB; lines, clocks and figures on the wall have taken it to 608 (docs/benchmarks.md). It must not grow further. */
const mostJsBytes = 605_000;
const dist = fileURLToPath(new URL('../../dist', import.meta.url));

/** A cable between the wall and the server that can be pulled. */
class Cable {
  readonly sockets = new Set<Socket>();
  readonly server: Server;
  pulled = false;
  constructor(port: number) {
    this.server = createServer(near => {
      if (this.pulled) return void near.destroy();
      const far = connect(port, '127.0.0.1');
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        this.sockets.add(from);
        from.on('error', () => to.destroy());
        from.on('close', () => {
          this.sockets.delete(from);
          to.destroy();
        });
        from.pipe(to);
      }
    });
  }
  open(): Promise<string> {
    return new Promise(resolve =>
      this.server.listen(0, '127.0.0.1', () => {
        const address = this.server.address();
        resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
      }),
    );
  }
  pull(): void {
    this.pulled = true;
    for (const socket of this.sockets) socket.destroy();
  }
}

describe.skipIf(!hasBrowser)('the wall', () => {
  let dataDir: string;
  let server: ServerUnderTest;
  let centre: Centre;
  let browser: Browser;
  let context: BrowserContext;
  let cable: Cable;
  let address: string;
  let wall: Page;
  let troubles: string[];
  const scripts = new Set<string>();
  const took: Record<string, number> = {};

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'jianmian-wall-'));
    await region(dataDir, 'synth', '--seed', '3', '--population', '20000');
    server = await startServer({ dataDir });
    centre = await openCentre(server);
    const admin = await signIn(server.baseUrl, 'admin', password);
    await newUser(server.baseUrl, admin, { username: 'wall', displayName: '大屏', role: 'wall' }, password);
    cable = new Cable(Number(new URL(server.baseUrl).port));
    address = await cable.open();
    browser = await launchBrowser();
    context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'zh-CN' });
    context.on('request', request => {
      const { pathname } = new URL(request.url());
      if (/\.m?js$/.test(pathname)) scripts.add(pathname);
    });
    wall = await context.newPage();
    troubles = watchPage(wall, address);
    await signInOn(wall, `${address}/wall?motion=0`, 'wall', password);
    await wall.getByText(wallTexts.zh.calm).waitFor({ timeout: slow });
    await wall.locator('[data-loaded=true]').waitFor({ timeout: slow });
  }, 400_000);

  afterAll(async () => {
    for (const [what, ms] of Object.entries(took))
      console.log(`wall: ${what}: right again after ${Math.round(ms)} ms`);
    await browser?.close();
    cable?.pull();
    cable?.server.close();
    await server?.stop();
    if (dataDir) await rm(dataDir, { recursive: true, force: true });
  }, 60_000);

  const isLive = (page: Page) =>
    page.locator('[data-level=fresh]').getByText(zh.link.live, { exact: true }).waitFor({ timeout: slow });
  const isBroken = () => wall.locator('[data-level=broken]').waitFor({ timeout: slow });
  async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
    const startedAt = performance.now();
    await work();
    took[what] = performance.now() - startedAt;
  }

  it('loads another build of itself while nothing is critical', async () => {
    await wall.evaluate(() => void ((globalThis as { before?: boolean }).before = true));
    // From here on: what a wall loads that is signed in already.
    scripts.clear();
    const page = readFileSync(join(dist, 'index.html'), 'utf8');
    let told = false;
    await wall.route('**/wall', async route => {
      if (route.request().resourceType() !== 'fetch') return route.fallback();
      told = true;
      await route.fulfill({
        contentType: 'text/html',
        body: page.replace(/index-[\w-]+\.js/, 'index-new.js'),
      });
    });
    cable.pull();
    await isBroken();
    cable.pulled = false;
    await timed('a new build', async () => {
      await wall.waitForFunction(() => !('before' in globalThis), undefined, { timeout: slow });
      await isLive(wall);
    });
    expect(told).toBe(true);
    await wall.unroute('**/wall');
  }, 200_000);

  it('shows an incident by its number, never by a name or a telephone number', async () => {
    const { items } = await centre.leader.call<{ items: Place[] }>('GET', '/api/places?limit=1');
    await openIncident(centre, items[0]!);
    const list = wall.getByRole('region', { name: wallTexts.zh.incidents });
    await list.getByText(zh.scam.fakePolice).waitFor({ timeout: slow });
    await wall.getByRole('region', { name: wallTexts.zh.critical }).getByText('1 号').first().waitFor();
    expect(await wall.locator('[data-figure=alerts] dd').textContent()).toBe('1');
    expect(await wall.content()).not.toMatch(/赵秀兰|199 ?0000|赵/);
    expect(await axeViolations(wall)).toEqual([]);
  }, 200_000);

  it('carries no more script than it did', () => {
    const bytes = [...scripts].reduce((sum, path) => sum + gzipSync(readFileSync(dist + path)).length, 0);
    console.log(`wall: ${Math.round(bytes / 1000)} kB gzip in ${scripts.size} scripts`);
    expect(bytes).toBeLessThan(mostJsBytes);
  });

  it('draws again after every graphics context was lost', async () => {
    const before = await wall.screenshot();
    await wall.evaluate(() => {
      const lost = [...document.querySelectorAll('canvas')].flatMap(
        canvas => canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context') ?? [],
      );
      for (const each of lost) each.loseContext();
      setTimeout(() => {
        for (const each of lost) each.restoreContext();
      }, 500);
    });
    await timed('graphics contexts lost', () =>
      expect
        .poll(async () => shareChanged(wall, before, await wall.screenshot()), {
          timeout: slow,
          interval: 300,
        })
        .toBeLessThan(0.05),
    );
  }, 200_000);

  it('is right again after the line was cut', async () => {
    cable.pull();
    await isBroken();
    cable.pulled = false;
    await timed('line cut', () => isLive(wall));
  }, 200_000);

  it('is right again after the server was killed and started', async () => {
    const port = Number(new URL(server.baseUrl).port);
    await server.kill();
    await isBroken();
    server = await startServer({ dataDir, port });
    await timed('server killed and started', () => isLive(wall));
    await wall.getByRole('region', { name: wallTexts.zh.incidents }).getByText(zh.scam.fakePolice).waitFor();
  }, 200_000);

  it('shows the same on a screen that lost its power', async () => {
    const told = (page: Page) => page.getByRole('region', { name: wallTexts.zh.today }).innerText();
    const other = await context.newPage();
    await timed('one of two screens', async () => {
      await other.goto(`${address}/wall?motion=0`);
      await isLive(other);
      await other.getByText(zh.scam.fakePolice).first().waitFor({ timeout: slow });
    });
    expect(await told(other)).toBe(await told(wall));
    await other.close();
    expect(troubles.filter(each => !/ERR_|Failed to load|401|fetch/.test(each))).toEqual([]);
  }, 200_000);
});
