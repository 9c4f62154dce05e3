/**
 * What a machine can say of each page: nothing asked of another origin, no broken content policy, no error (S14); accessible in both themes, nothing cut off at any size or at 200 %
 * zoom, every control reached by Tab in sight and with a ring around it, and still where stillness is asked for.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '#contract/incident.ts';
import { en } from '../../client/i18n/en.ts';
import { zh } from '../../client/i18n/zh.ts';
import { axeViolations, hasBrowser, launchBrowser, watchPage } from './browser.ts';
import { pagesOf } from './page-list.ts';
import { openShowcase, type Showcase } from './showcase.ts';

const slow = 240_000;
const desktop = { width: 1366, height: 768 };
const phone = { width: 390, height: 844 };
const sizes = [
  { width: 3840, height: 2160 },
  { width: 1920, height: 1080 },
  desktop,
  { width: 5760, height: 1080 },
];
/** 1366 × 768 at 200 %. */
const zoomed = { width: 683, height: 384 };
/** Enough Tabs to go around the pages' controls without spending minutes on long tables. */
const mostTabs = 60;

describe('S14 every page, by machine', () => {
  let showcase: Showcase;
  let browser: Browser;
  beforeAll(async () => {
    if (!hasBrowser) return;
    showcase = await openShowcase();
    browser = await launchBrowser();
  }, slow);
  afterAll(async () => {
    await browser?.close();
    await showcase?.close();
  }, 60_000);

  const address = (path: string, query: string) =>
    showcase.baseUrl +
    path.replace(':incident', showcase.incidentId).replace(':stop', showcase.stopId) +
    query;

  /** The page as it is when it has what it shows. */
  async function visit(page: Page, path: string, query = '?motion=0'): Promise<void> {
    await page.goto(address(path, query));
    await page.getByRole('main').first().waitFor({ timeout: 30_000 });
    const loading = page.getByText(query.includes('lang=en') ? en.loading : zh.loading, { exact: true });
    await expect.poll(() => loading.count(), { timeout: 30_000, message: `${path} goes on loading` }).toBe(0);
    await page.waitForTimeout(300);
  }
  const sizeOf = (role: Role) => (role === 'field' ? phone : desktop);

  it.runIf(hasBrowser).each(Object.entries(pagesOf) as [Role, readonly string[]][])(
    'of %s: on its origin and within its policy, accessible, nothing over the edge, each control in sight with a ring, still when asked',
    async (role, paths) => {
      const page = await showcase.open(browser, role, { viewport: sizeOf(role), reducedMotion: 'reduce' });
      // Layout is looked at here, not the map's picture; a software GPU would take minutes for it at these sizes.
      await page.addInitScript(leaveOutDraws);
      const found: string[] = watchPage(page, showcase.baseUrl);
      for (const path of paths) {
        const note = (matter: string, troubles: readonly string[]) =>
          found.push(...troubles.map(trouble => `${path} ${matter}: ${trouble}`));
        await visit(page, path, '');
        if (new URL(page.url()).pathname === '/login') note('shown', ['the sign-in page instead']);
        note('moves', await running(page));
        note('dark', await axeViolations(page));
        note('Tab', await tabTroubles(page));
        for (const size of role === 'field' ? [phone, zoomed] : [...sizes, zoomed]) {
          await page.setViewportSize(size);
          await page.waitForTimeout(150);
          note(`${size.width}×${size.height}`, await overTheEdge(page));
        }
        await page.setViewportSize(sizeOf(role));
        await visit(page, path, '?motion=0&theme=light&lang=en');
        note('light', await axeViolations(page));
        note('English', await overTheEdge(page));
      }
      await page.context().close();
      expect(found.join('\n')).toBe('');
    },
    slow,
  );
});

function leaveOutDraws(): void {
  const gl = WebGL2RenderingContext.prototype;
  for (const name of ['drawElements', 'drawArrays', 'drawElementsInstanced', 'drawArraysInstanced'] as const)
    gl[name] = () => undefined;
}

/** Names of the animations that run. */
const running = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    document
      .getAnimations()
      .filter(animation => animation.playState === 'running')
      .map(animation => (animation as CSSAnimation).animationName ?? 'transition'),
  );

/** Things that reach past the right edge of the window without a scroller around them; at the top, whether the page itself scrolls sideways. */
function overTheEdge(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const held = (element: Element): boolean => {
      for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
        const { overflowX } = getComputedStyle(at);
        if (overflowX !== 'visible' && at.getBoundingClientRect().right <= width + 1) return true;
      }
      return false;
    };
    const over = [...document.querySelectorAll('body *')].filter(element => {
      const box = element.getBoundingClientRect();
      return box.width > 1 && box.height > 1 && box.right > width + 1 && !held(element);
    });
    const names = over
      .slice(0, 3)
      .map(element => `${element.tagName.toLowerCase()}.${element.className}`.slice(0, 80));
    if (document.documentElement.scrollWidth > width + 1) names.unshift('the page scrolls sideways');
    return names;
  });
}

/** Walks the page by Tab: controls that cannot be seen, that have no ring, or that Tab does not leave. */
async function tabTroubles(page: Page): Promise<string[]> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const troubles: string[] = [];
  let last = '';
  let same = 0;
  for (let i = 0; i < mostTabs; i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      const ring = (of: CSSStyleDeclaration) =>
        (of.outlineStyle !== 'none' && parseFloat(of.outlineWidth) > 0) || of.boxShadow !== 'none';
      const around = element.parentElement && getComputedStyle(element.parentElement);
      const inSight = box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
      const all = [...document.querySelectorAll('*')];
      return {
        name: `${all.indexOf(element)} ${element.outerHTML.slice(0, 90)}`,
        seen: inSight && box.width > 0 && box.height > 0,
        ring: ring(style) || (around !== null && ring(around)),
      };
    });
    if (at === null) break;
    // A date has a stop for each of its parts.
    if (at.name === last && ++same > 5) {
      troubles.push(`Tab does not leave ${at.name}`);
      break;
    }
    if (at.name !== last) same = 0;
    last = at.name;
    if (!at.seen) troubles.push(`out of sight: ${at.name}`);
    if (!at.ring) troubles.push(`no ring: ${at.name}`);
  }
  return troubles;
}
