/**
 * Pictures of every page for `docs/screens/` and the handbook: `node test/e2e/screens.ts [--url URL] [--only TEXT] [--out DIR]`.
 * Starts a demo of its own with two days behind it, or looks at the one at URL; takes each page in both themes at each size, in
 * Chinese, and at one size in English.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import type { Role } from '../../server/contract/incident.ts';
import { zh } from '../../client/i18n/zh.ts';
import { launchBrowser } from './browser.ts';
import { pagesOf } from './page-list.ts';
import { type Person, signIn } from './people.ts';
import { startServer } from './server.ts';

const { values } = parseArgs({
  options: { url: { type: 'string' }, only: { type: 'string' }, out: { type: 'string' } },
});
const outDir = values.out ?? fileURLToPath(new URL('../../docs/screens/', import.meta.url));
const sizes = [
  { width: 1920, height: 1080 },
  { width: 1366, height: 768 },
  { width: 3840, height: 2160 },
  { width: 5760, height: 1080 },
] as const;
const phone = { width: 390, height: 844 };
/** As the story of the demo goes on, pages fill. */
const storyMs = 5 * 60_000;
const settleMs = 2500;
const reason = '当事人失联，查找位置，防止转账';

const look = { theme: ['dark', 'light'], lang: 'zh' } as const;

interface Told {
  incident: string;
  stop: string;
}

async function main(): Promise<void> {
  await mkdir(outDir, { recursive: true });
  const browser = await launchBrowser();
  try {
    if (values.url) return await takeAll(browser, values.url);
    const dataDir = await mkdtemp(join(tmpdir(), 'jianmian-screens-'));
    const server = await startServer({ dataDir, demo: true, demoHistoryDays: 2 });
    try {
      await new Promise(resolve => setTimeout(resolve, storyMs));
      await takeAll(browser, server.baseUrl);
    } finally {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    }
  } finally {
    await browser.close();
  }
}

async function takeAll(browser: Browser, baseUrl: string): Promise<void> {
  const told = await whatToShow(await signIn(baseUrl, 'leader', 'demo'));
  for (const [role, paths] of Object.entries(pagesOf) as [Role, readonly string[]][]) {
    const person = await signIn(baseUrl, role, 'demo');
    for (const path of paths) {
      if (values.only !== undefined && !path.includes(values.only)) continue;
      await takePage(browser, { baseUrl, person, role, path, told });
    }
  }
  if (values.only === undefined || values.only === 'login') await takeLogin(browser, baseUrl);
}

/** The gravest open incident, and a stop-payment of any. */
async function whatToShow(leader: Person): Promise<Told> {
  const { items } = await leader.call<{ items: { id: string; risk: string }[] }>(
    'GET',
    '/api/incidents?state=open',
  );
  const incident = items.find(({ risk }) => risk === 'extraHigh') ?? items[0];
  if (!incident) throw new Error('the demo has no open incident to look at');
  for (const { id } of [incident, ...items]) {
    const stops = await leader.call<{ items: { id: string }[] }>('GET', `/api/incidents/${id}/stop-payments`);
    if (stops.items[0]) return { incident: incident.id, stop: stops.items[0].id };
  }
  return { incident: incident.id, stop: 'none' };
}

interface Shot {
  baseUrl: string;
  person: Person;
  role: Role;
  path: string;
  told: Told;
}

async function takePage(browser: Browser, shot: Shot): Promise<void> {
  const { baseUrl, person, role, path, told } = shot;
  const context = await browser.newContext({
    viewport: sizes[0],
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  const value = /jm=([^;]+)/.exec(person.cookie)![1]!;
  await context.addCookies([{ name: 'jm', value, url: baseUrl }]);
  const page = await context.newPage();
  const name = path.replace('/:incident', '-incident').replace('/:stop', '').slice(1).replaceAll('/', '-');
  const address = path.replace(':incident', told.incident).replace(':stop', told.stop);
  for (const theme of look.theme) {
    await page.goto(`${baseUrl}${address}?motion=0&theme=${theme}`);
    await page.getByRole('main').first().waitFor();
    if (path.includes(':incident')) await openTheTrace(page);
    for (const size of role === 'field' ? [phone] : sizes) {
      await page.setViewportSize(size);
      await page.waitForTimeout(settleMs);
      await keep(page, `${name}-${theme}-${size.width}x${size.height}`);
    }
    await page.setViewportSize(role === 'field' ? phone : sizes[0]);
  }
  await page.goto(`${baseUrl}${address}?motion=0&theme=light&lang=en`);
  await page.getByRole('main').first().waitFor();
  await page.waitForTimeout(settleMs);
  await keep(page, `${name}-light-en`);
  await context.close();
}

/** With a reason, as anybody has to; an incident without an authority stays as it is. */
async function openTheTrace(page: Page): Promise<void> {
  const open = page.getByRole('button', { name: zh.trace.open }).first();
  try {
    await open.click({ timeout: 5000 });
    await page.getByLabel(zh.trace.reasonField).fill(reason, { timeout: 5000 });
    await page.getByRole('dialog').getByRole('button', { name: zh.trace.open }).click({ timeout: 5000 });
    await page.waitForTimeout(settleMs * 2);
  } catch {
    console.log('the trace stays closed');
  }
}

async function takeLogin(browser: Browser, baseUrl: string): Promise<void> {
  const page = await browser.newPage({ viewport: sizes[0], locale: 'zh-CN' });
  for (const theme of look.theme) {
    await page.goto(`${baseUrl}/login?motion=0&theme=${theme}`);
    await page.waitForTimeout(settleMs);
    await keep(page, `login-${theme}-1920x1080`);
  }
  await page.close();
}

/** The page as WebP: a tenth of the PNG. The browser itself makes it. */
async function keep(page: Page, name: string): Promise<void> {
  const png = await page.screenshot();
  const webp = await page.evaluate(async base64 => {
    const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext('2d')!.drawImage(bitmap, 0, 0);
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.72 });
    const out = new Uint8Array(await blob.arrayBuffer());
    let text = '';
    for (const byte of out) text += String.fromCharCode(byte);
    return btoa(text);
  }, png.toString('base64'));
  await writeFile(join(outDir, `${name}.webp`), Buffer.from(webp, 'base64'));
  console.log(name);
}

await main();
