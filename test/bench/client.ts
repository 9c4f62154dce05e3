/**
 * What the map costs the browser's main thread: `npm run bench:client -- [--json] [--seed S] [--seconds N] [--hours N]`.
 * A posterior of 5,000 cells, a trace of 50,000 vertices, 300 places with names, 200 incidents, and 5,000 or 50,000 units
 * that all move each second; beside it the plain way, a GeoJSON source that is given all units anew each second. Draws
 * are left out, so that the figures are the script's on any machine. Then a simulated day, for the heap.
 */
import { createServer } from 'node:http';
import { readFile, mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { launchBrowser } from '../e2e/browser.ts';
import type { Load, Taken } from './client/page.ts';
import { option, printReport, round, seedOption, spread } from './report.ts';

const root = fileURLToPath(new URL('./client/', import.meta.url));
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const hourS = 3600;
const seed = seedOption();
const seconds = Number(option('seconds') ?? 20);
const hours = Number(option('hours') ?? 8);

const outDir = await mkdtemp(join(tmpdir(), 'jianmian-bench-client-'));
await build({
  root,
  configFile: false,
  logLevel: 'error',
  worker: { format: 'es' },
  build: { outDir, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 5000 },
});
const server = createServer((request, response) => {
  const path = request.url === '/' ? '/index.html' : request.url!;
  readFile(join(outDir, path)).then(
    body => response.writeHead(200, { 'content-type': types[extname(path)] ?? 'text/plain' }).end(body),
    () => response.writeHead(404).end(),
  );
});
await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
const browser = await launchBrowser();
try {
  await measure(browser);
} finally {
  await browser.close();
  server.close();
  await rm(outDir, { recursive: true });
}

async function opened(from: Browser): Promise<Page> {
  const page = await from.newPage({ viewport: { width: 1920, height: 1080 } });
  await page.goto(address);
  await page.waitForFunction('globalThis.bench !== undefined');
  return page;
}

/** A load in a page of its own. */
async function taken(
  from: Browser,
  load: Load,
): Promise<{ frame: ReturnType<typeof spread>; tick: ReturnType<typeof spread>; msPerSecond: number }> {
  const page = await opened(from);
  const { frames, ticks } = await page.evaluate<Taken, Load>(
    given => (globalThis as unknown as { bench: { run(load: Load): Promise<Taken> } }).bench.run(given),
    load,
  );
  await page.close();
  const all = [...frames, ...ticks].reduce((sum, ms) => sum + ms, 0);
  return { frame: spread(frames), tick: spread(ticks), msPerSecond: round(all / load.seconds) };
}

/** Bytes of the heap after a collection, at the start and after each hour of a day. */
async function heapOverADay(from: Browser): Promise<number[]> {
  const page = await opened(from);
  const devtools = await page.context().newCDPSession(page);
  const sizes: number[] = [];
  for (let hour = 0; hour <= hours; hour++) {
    const ticks = hour === 0 ? 60 : hourS;
    await page.evaluate(
      ([load, count]) =>
        (globalThis as unknown as { bench: { live(load: Load, ticks: number): Promise<void> } }).bench.live(
          load,
          count,
        ),
      [{ way: 'slots', units: 5000, seconds: 0, seed }, ticks] as [Load, number],
    );
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    sizes.push(usedSize);
  }
  await page.close();
  return sizes;
}

/** Least-squares slope. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const over = values.reduce((sum, value, x) => sum + (x - middle) * (value - mean), 0);
  return over / values.reduce((sum, _, x) => sum + (x - middle) ** 2, 0);
}

async function measure(from: Browser): Promise<void> {
  const load = (way: Load['way'], units: number): Load => ({ way, units, seconds, seed });
  const few = {
    slots: await taken(from, load('slots', 5000)),
    plain: await taken(from, load('geojson', 5000)),
  };
  const many = {
    slots: await taken(from, load('slots', 50_000)),
    plain: await taken(from, load('geojson', 50_000)),
  };
  const heap = hours > 0 ? await heapOverADay(from) : [];
  const kib = heap.map(bytes => round(bytes / 1024));
  printReport(
    {
      bench: 'client',
      seed,
      figures: {
        '5,000 units': few.slots,
        '50,000 units': many.slots,
        ...(kib.length > 2 && {
          heap: {
            'after a minute KiB': kib[0]!,
            'at the end KiB': kib.at(-1)!,
            'slope KiB/h': round(slope(kib.slice(1))),
          },
        }),
      },
      bounds: { 'frame ms (60 a second)': 16.7 },
      peers: { 'GeoJSON source 5,000': few.plain, 'GeoJSON source 50,000': many.plain },
    },
    [`main thread ms, draws left out, ${seconds} s each; heap over ${hours} simulated hours`],
  );
}
