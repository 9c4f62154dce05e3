/** Debian's Chromium, drawing with a software GPU, and what a screenshot shows. */
import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

const executablePath = '/usr/bin/chromium';
const flags = [
  '--no-sandbox',
  '--disable-gpu-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Where Chromium is absent the browser tests are skipped by name; with CI_REQUIRE_ALL=1 they fail instead. */
export const hasBrowser = existsSync(executablePath) || process.env['CI_REQUIRE_ALL'] === '1';

export const launchBrowser = (): Promise<Browser> => chromium.launch({ executablePath, args: flags });

/** What went wrong in a page, gathered as it happens: script errors, refused requests, requests to anywhere else. */
export function watchPage(page: Page, origin: string): string[] {
  const troubles: string[] = [];
  page.on('pageerror', error => troubles.push(`script error: ${error.message}`));
  page.on('console', message => {
    if (message.type() === 'error') troubles.push(`console: ${message.text()}`);
  });
  page.on('request', request => {
    const url = request.url();
    if (!/^(data|blob):/.test(url) && !url.startsWith(origin)) troubles.push(`request to elsewhere: ${url}`);
  });
  return troubles;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Pixels of a `#rrggbb` colour within a clip of the page, and their middle in page coordinates. */
export async function pixelsOf(
  page: Page,
  clip: Box,
  hex: string,
): Promise<{ count: number; x: number; y: number }> {
  const png = await page.screenshot({ clip });
  const found = await page.evaluate(
    async ({ base64, wanted }) => {
      const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      const { data, width } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      let count = 0;
      let x = 0;
      let y = 0;
      for (let i = 0; i < data.length; i += 4) {
        const off = Math.max(...wanted.map((value, channel) => Math.abs(data[i + channel]! - value)));
        if (off > 12) continue;
        count++;
        x += (i / 4) % width;
        y += Math.floor(i / 4 / width);
      }
      return { count, x: x / Math.max(1, count), y: y / Math.max(1, count) };
    },
    {
      base64: png.toString('base64'),
      wanted: [1, 3, 5].map(at => Number.parseInt(hex.slice(at, at + 2), 16)),
    },
  );
  return { count: found.count, x: found.x + clip.x, y: found.y + clip.y };
}

/** Share of pixels that differ between two screenshots of one size. */
export async function shareChanged(page: Page, before: Buffer, after: Buffer): Promise<number> {
  return page.evaluate(
    async pair => {
      const read = async (base64: string) => {
        const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
        context.drawImage(bitmap, 0, 0);
        return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
      };
      const [a, b] = [await read(pair[0]!), await read(pair[1]!)];
      let changed = 0;
      for (let i = 0; i < a.length; i += 4) {
        const off =
          Math.abs(a[i]! - b[i]!) + Math.abs(a[i + 1]! - b[i + 1]!) + Math.abs(a[i + 2]! - b[i + 2]!);
        if (off > 24) changed++;
      }
      return changed / (a.length / 4);
    },
    [before.toString('base64'), after.toString('base64')],
  );
}

/** What axe finds wrong with the page as it is, one line a rule with the elements it names. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const page = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await page.axe.run();
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(node => node.html.slice(0, 120)).join(' | ')}`,
    );
  });
}

/** Opens an address and signs in on the page that it leads to. Nothing is waited for afterwards: each page has its own sign of being there. */
export async function signInOn(page: Page, address: string, user: string, secret: string): Promise<void> {
  await page.goto(address);
  await page.locator('input[autocomplete=username]').first().fill(user);
  await page.locator('input[type=password]').fill(secret);
  await page.keyboard.press('Enter');
}
