import { afterEach, expect, it, vi } from 'vitest';
import type { BookmarkView } from '#contract/bookmark.ts';
import { fromNow, openTrace, type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';

vi.setConfig({ testTimeout: 120_000 });

describeEachDatabase('marked moments of a case', makeDatabase => {
  let app: TestApp;
  afterEach(() => app.close());

  it('are read in order of time by whoever may replay it, taken away by who made them, and no part of the log', async () => {
    app = await testApp(await makeDatabase());
    const { incidentId } = await openTrace(app);
    const path = `/api/replay/${incidentId}/bookmarks`;
    const mark = (role: 'analyst' | 'leader', text: string, ms: number) =>
      app.as(role)('POST', path, { at: fromNow(app.clock, ms), text });
    await app.settled();
    const seq = app.deps.live.world().seq;
    const later = await mark('analyst', '第二次定位迟到', 60_000);
    expect(later.status).toBe(201);
    expect((await mark('leader', '此处改派', 0)).status).toBe(201);
    await app.settled();
    expect(app.deps.live.world().seq).toBe(seq);
    const list = async () =>
      (await app.as('analyst')('GET', path)).body.items.map(({ text, madeBy }: BookmarkView) => [
        text,
        madeBy,
      ]);
    expect(await list()).toEqual([
      ['此处改派', 'leader'],
      ['第二次定位迟到', 'analyst'],
    ]);
    const one = `/api/bookmarks/${later.body.bookmarkId}`;
    expect((await app.as('leader')('DELETE', one)).status).toBe(403);
    expect((await app.as('analyst')('DELETE', one)).status).toBe(200);
    expect((await app.as('analyst')('DELETE', one)).status).toBe(404);
    expect(await list()).toEqual([['此处改派', 'leader']]);
    const left = await app.database.maintain(
      async tx => (await tx.execute("select body from text_private where body like '第二次%'")).rows,
    );
    expect(left).toEqual([]);
  });

  it('have a moment and some words, and are of a case that one may replay', async () => {
    app = await testApp(await makeDatabase());
    const { incidentId } = await openTrace(app);
    const path = `/api/replay/${incidentId}/bookmarks`;
    const at = fromNow(app.clock, 0);
    for (const body of [{ at }, { at, text: ' ' }, { at: 'gestern', text: 'x' }])
      expect((await app.as('analyst')('POST', path, body)).status).toBe(400);
    for (const role of ['field', 'wall', 'admin'] as const)
      expect((await app.as(role)('POST', path, { at, text: 'x' })).status, role).toBe(403);
    expect(
      (await app.as('analyst')('POST', '/api/replay/inc_none/bookmarks', { at, text: 'x' })).status,
    ).toBe(404);
  });
});
