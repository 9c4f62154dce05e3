/** The analyst's replay in a browser: an incident of the day, moved through its time, by the real server's recording. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { differenceSaid } from '../../server/contract/what-if-said.ts';
import type { WhatIfView } from '../../server/contract/what-if.ts';
import { spanName } from '../../client/replay/recorded.ts';
import { afterActionTexts } from '../../client/i18n/sections/after-action.ts';
import { locateTexts } from '../../client/i18n/sections/locate.ts';
import { reviewTexts } from '../../client/i18n/sections/reviews.ts';
import { whatIfTexts } from '../../client/i18n/sections/what-if.ts';
import { replayTexts } from '../../client/i18n/sections/replay.ts';
import { zh } from '../../client/i18n/zh.ts';
import { hasBrowser, launchBrowser, watchPage } from './browser.ts';
import type { Place } from './centre.ts';
import { openShowcase, type Showcase } from './showcase.ts';

const slow = 90_000;
const patient = { timeout: slow };
const texts = replayTexts.zh;
const unanswered = '无人接听';

describe('the replay', () => {
  let showcase: Showcase;
  let browser: Browser;
  let page: Page;
  let troubles: string[];

  beforeAll(async () => {
    if (!hasBrowser) return;
    showcase = await openShowcase();
    await latePing();
    browser = await launchBrowser();
    page = await showcase.open(browser, 'analyst', { viewport: { width: 1366, height: 768 } });
    page.setDefaultTimeout(slow);
    troubles = watchPage(page, showcase.baseUrl);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await showcase?.close();
  }, 60_000);

  /** The extra-high case has a trace, and its one ping came five minutes after it was measured. */
  async function latePing(): Promise<void> {
    const { people, incidentId, clock } = showcase;
    const incident = `/api/incidents/${incidentId}`;
    const { authorityId } = await people.trace.call<{ authorityId: string }>(
      'POST',
      `${incident}/authorities`,
      {
        number: '测〔2026〕1号',
        legalBasis: '《反电信网络诈骗法》',
        reason: '特高危预警，当事人失联',
        expiresAt: new Date(clock.now() + 3_600_000).toISOString(),
      },
    );
    await people.leader.call('POST', `/api/authorities/${authorityId}/approve`, {});
    const { items } = await people.leader.call<{ items: Place[] }>(
      'GET',
      '/api/places?kind=residence&limit=1',
    );
    await people.trace.call('POST', `${incident}/sightings`, {
      kind: 'cell',
      observedAt: new Date(clock.now() - 5 * 60_000).toISOString(),
      source: '运营商',
      site: items[0]!.position,
      azimuthDeg: 40,
      beamwidthDeg: 65,
      rangeM: 1500,
    });
    // The clock stands still between steps: what was believed is on record before it goes on.
    const { seq } = await people.trace.call<{ seq: number }>('GET', `${incident}/posterior`, undefined, {
      'x-access-reason': encodeURIComponent('端到端测试核对研判'),
    });
    expect(seq).toBeGreaterThan(0);
    clock.jumpTo(clock.now() + 60_000);
  }

  const slider = () => page.getByRole('slider', { name: texts.timeline });
  const shownMs = async () => Number(await slider().inputValue());
  const side = () => page.getByRole('complementary', { name: zh.incident.page });

  it.runIf(hasBrowser)(
    'shows at each moment what was known then, and lets go of the past when it is left',
    async () => {
      await page.goto(`${showcase.baseUrl}/replay?motion=0`);
      const row = page.getByRole('row').filter({ hasText: zh.scam.fakePolice });
      await row.getByRole('link', { name: texts.watch }).click();
      await slider().waitFor();
      const { contactAt, openedAt, known } = await momentsOfCalls();

      await slider().fill(String(openedAt));
      await expect.poll(() => side().textContent(), patient).not.toContain(unanswered);
      await slider().fill(String(Math.ceil(contactAt / 1000) * 1000));
      await expect.poll(() => side().textContent(), patient).toContain(unanswered);
      await slider().fill(String(openedAt));
      await expect.poll(() => side().textContent(), patient).not.toContain(unanswered);

      await page.getByRole('button', { name: texts.next }).click();
      const after = known.find(ms => ms > openedAt)!;
      await expect.poll(async () => Math.abs((await shownMs()) - after), patient).toBeLessThan(1000);

      const before = await shownMs();
      await page.keyboard.press('p');
      await expect.poll(shownMs, patient).toBeGreaterThan(before + 10_000);
      await page.getByRole('button', { name: texts.pause }).click();
      const paused = await shownMs();
      await page.waitForTimeout(500);
      expect(await shownMs()).toBe(paused);

      await page.getByRole('button', { name: texts.back }).click();
      await expect.poll(() => page.getByRole('row').count(), patient).toBe(4);
      expect(troubles).toEqual([]);
    },
    slow * 2,
  );

  it.runIf(hasBrowser)(
    'opens at the moment of a link, in the order that is asked for',
    async () => {
      const { contactAt } = await momentsOfCalls();
      const at = new Date(contactAt + 1000).toISOString();
      await page.goto(`${showcase.baseUrl}/replay/${showcase.incidentId}?motion=0&at=${at}`);
      await expect.poll(async () => Math.abs((await shownMs()) - contactAt), patient).toBeLessThan(2000);
      await expect.poll(() => side().textContent(), patient).toContain(unanswered);
      // A mark made here leads back here from anywhere.
      const here = await shownMs();
      await side().getByLabel(texts.markWords).fill('第一次无人接听');
      await side().getByLabel(texts.markWords).press('Enter');
      const marked = side().getByRole('listitem').filter({ hasText: '第一次无人接听' });
      await marked.waitFor();
      await slider().fill(String(here - 30_000));
      await marked.getByRole('button').first().click();
      await expect.poll(async () => Math.abs((await shownMs()) - here), patient).toBeLessThan(1000);
      await page.getByLabel(texts.order).selectOption('was');
      await expect.poll(() => side().textContent(), patient).toContain(unanswered);
      const { items } = await showcase.people.auditor.call<{ items: { action: string; resource: string }[] }>(
        'GET',
        '/api/audit?limit=100',
      );
      const looks = items.filter(({ action }) => action === 'replay.open');
      expect(looks.length).toBeGreaterThanOrEqual(2);
      for (const { resource } of looks) expect(resource).toBe(showcase.incidentId);
    },
    slow,
  );

  it.runIf(hasBrowser)(
    'shows the trace of a closed case on a review alone, as it was believed then, until the review ends',
    async () => {
      const { analyst, leader } = showcase.people;
      await leader.call('POST', `/api/incidents/${showcase.incidentId}/close`, { outcome: 'met' });
      await page.goto(`${showcase.baseUrl}/replay/${showcase.incidentId}?motion=0`);
      await slider().waitFor();
      const said = side();
      await said.getByRole('button', { name: reviewTexts.zh.ask }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(zh.authority.number).fill('复盘〔2026〕1号');
      await dialog.getByLabel(zh.authority.reason).fill('复盘处置过程');
      await dialog.getByRole('button', { name: zh.authority.request }).click();
      await said.getByText(reviewTexts.zh.states.waiting).waitFor();
      expect(await said.getByRole('button', { name: reviewTexts.zh.open }).count()).toBe(0);

      const boss = await showcase.open(browser, 'leader', { viewport: { width: 1366, height: 768 } });
      boss.setDefaultTimeout(slow);
      await boss.goto(`${showcase.baseUrl}/replay?motion=0`);
      await boss.getByRole('button', { name: zh.authority.approve }).click();
      await expect.poll(() => boss.getByText(reviewTexts.zh.waiting).count(), patient).toBe(0);

      await page.reload();
      await said.getByLabel(zh.trace.reasonField).fill('复盘这起警情的处置');
      await said.getByRole('button', { name: reviewTexts.zh.open }).click();
      await said.getByText(reviewTexts.zh.nothingBelieved).waitFor();
      const last = Number(await slider().getAttribute('max'));
      await slider().fill(String(last - (last % 1000)));
      await said.getByText(locateTexts.zh.places, { exact: true }).waitFor();

      // Half a minute before the end a crew is sent to the likeliest place.
      await said.getByText(whatIfTexts.zh.over).waitFor();
      await slider().fill(String(last - (last % 1000) - 30_000));
      for (const label of [whatIfTexts.zh.unit, whatIfTexts.zh.place]) {
        await said.getByRole('button', { name: new RegExp(label) }).click();
        await page.getByRole('listbox').getByRole('option').first().click();
      }
      await said.getByRole('button', { name: whatIfTexts.zh.add }).click();
      await said.getByRole('button', { name: whatIfTexts.zh.run, exact: true }).click();
      await said.getByRole('img', { name: new RegExp(whatIfTexts.zh.asItWas) }).waitFor();
      const forks = await analyst.call<{ items: WhatIfView[] }>(
        'GET',
        `/api/replay/${showcase.incidentId}/what-if`,
      );
      expect(forks.items).toHaveLength(1);
      expect(forks.items[0]!.changes[0]).toMatchObject({ kind: 'order' });
      await said.getByText(differenceSaid(forks.items[0]!.result, afterActionTexts.zh)).waitFor();

      const { items } = await analyst.call<{ items: { id: string }[] }>(
        'GET',
        `/api/replay/${showcase.incidentId}/reviews`,
      );
      await leader.call('POST', `/api/reviews/${items[0]!.id}/end`);
      const ended = performance.now();
      await said.getByText(reviewTexts.zh.ended).waitFor();
      console.log(`review ended → trace gone in the browser: ${Math.round(performance.now() - ended)} ms`);
      expect(await said.getByText(locateTexts.zh.places, { exact: true }).count()).toBe(0);
      await boss.context().close();
    },
    slow * 2,
  );

  it.runIf(hasBrowser)(
    'leads the analyst from the list to the late fact, to a second window at that moment, and to the report on paper',
    async () => {
      await page.goto(`${showcase.baseUrl}/replay?motion=0`);
      const row = page.getByRole('row').filter({ hasText: zh.scam.fakePolice });
      await row.getByRole('link', { name: texts.watch }).click();
      await slider().waitFor();
      await page.getByRole('button', { name: texts.lateCount(1) }).click();
      const { pingAt: late } = await momentsOfCalls();
      await expect.poll(async () => Math.abs((await shownMs()) - late), patient).toBeLessThan(1000);
      const [second] = await Promise.all([
        page.context().waitForEvent('page', patient),
        page.getByRole('button', { name: texts.beside }).click(),
      ]);
      const other = second.getByRole('slider', { name: texts.timeline });
      await expect
        .poll(async () => Math.abs(Number(await other.inputValue({ timeout: slow })) - late), patient)
        .toBeLessThan(2000);
      await slider().fill(String(Number(await slider().getAttribute('min'))));
      expect(Math.abs(Number(await other.inputValue()) - late)).toBeLessThan(2000);
      await second.close();

      await page.getByRole('button', { name: afterActionTexts.zh.open }).click();
      await page.getByRole('heading', { name: afterActionTexts.zh.title }).waitFor();
      await page.getByRole('row').filter({ hasText: afterActionTexts.zh.clocks.meeting }).first().waitFor();
      await page.getByRole('heading', { name: afterActionTexts.zh.whatIfs }).waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download', patient),
        page.getByRole('link', { name: afterActionTexts.zh.pdf }).click(),
      ]);
      const paper = readFileSync(await download.path());
      expect(paper.subarray(0, 5).toString()).toBe('%PDF-');
      expect(troubles).toEqual([]);
    },
    slow * 2,
  );

  it.runIf(hasBrowser)(
    'shows the whole centre for a while, and one incident of it',
    async () => {
      const nowMs = showcase.clock.now();
      const of = spanName(nowMs - 30 * 60_000, nowMs);
      await page.goto(`${showcase.baseUrl}/replay/${encodeURIComponent(of)}?motion=0`);
      await slider().waitFor();
      const list = page.getByRole('listbox');
      await list.getByText(zh.queue.empty).waitFor();
      const { openedAt } = await momentsOfCalls();
      await slider().fill(String(Math.ceil(openedAt / 1000) * 1000));
      await expect.poll(() => list.getByRole('option').count(), patient).toBe(3);
      await list.getByRole('option').first().click();
      await expect.poll(() => side().textContent(), patient).toContain(zh.scam.fakePolice);
      await slider().fill(String(nowMs - 30 * 60_000));
      await list.getByText(zh.queue.empty).waitFor();
      expect(troubles).toEqual([]);
    },
    slow,
  );

  /** Read from the recording itself: when the call that nobody answered was written down, and every instant of a fact. */
  async function momentsOfCalls() {
    const text = await page.evaluate(
      async id => (await fetch(`/api/replay/${id}`)).text(),
      showcase.incidentId,
    );
    const facts = text
      .split('\n\n')
      .filter(block => block.startsWith('event: fact'))
      .map(block => JSON.parse(/^data: (.*)$/m.exec(block)![1]!) as { kind: string; receivedAt: string });
    const known = facts.map(({ receivedAt }) => Date.parse(receivedAt));
    const at = (kind: string) => known[facts.findIndex(fact => fact.kind === kind)]!;
    return {
      known,
      openedAt: at('incidentOpened'),
      contactAt: at('contactMade'),
      pingAt: at('sightingRecorded'),
    };
  }
});
