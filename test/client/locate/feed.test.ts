import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startFeed } from '../../../client/desk/locate/feed.ts';
import { forgetLocate, locateStore, shown } from '../../../client/desk/locate/locate-store.ts';
import { goTo, leavePast, openPast } from '../../../client/desk/locate/past.ts';

const look = { incidentId: 'i1', accessReason: '特高危预警，当事人失联' };
const mark = (seq: number) => ({
  seq,
  at: `2026-11-22T01:0${seq}:00.000Z`,
  restOfWorld: 0.1,
  entropyBits: 5,
  because: 'sighting' as const,
});

/** A server that answers with the seq it is asked for (or `seq`), or refuses with `refusal`. */
function fakeServer() {
  const server = { seq: 1, refusal: null as null | { status: number; code: string }, asked: [] as string[] };
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    server.asked.push(`${url} ${decodeURIComponent(new Headers(init.headers).get('X-Access-Reason') ?? '')}`);
    if (server.refusal) {
      const { status, code } = server.refusal;
      return Response.json({ error: { code, message: 'no', requestId: 'r' } }, { status });
    }
    const { pathname, searchParams } = new URL(url, 'http://centre.example');
    if (pathname.endsWith('/beliefs')) return Response.json({ items: [mark(1), mark(2)], nextCursor: null });
    const seq = Number(searchParams.get('seq') ?? server.seq);
    return Response.json(pathname.endsWith('/plan') ? { seq, routes: [{ unitId: 'u1' }] } : { seq });
  });
  return server;
}

describe('the feed of an open look', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    forgetLocate();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  const soon = () => vi.advanceTimersByTimeAsync(500);

  it('asks with the reason of the look, once for a burst, and shows nothing before', async () => {
    const server = fakeServer();
    const feed = startFeed(look);
    expect(shown(locateStore.getState())).toBeNull();
    for (let i = 0; i < 5; i++) feed.refresh('zh');
    await soon();
    expect(server.asked).toEqual([
      '/api/incidents/i1/posterior?lang=zh 特高危预警，当事人失联',
      '/api/incidents/i1/plan?lang=zh 特高危预警，当事人失联',
    ]);
    expect(shown(locateStore.getState())?.posterior.seq).toBe(1);
    expect(locateStore.getState().looks).toEqual({ u1: 0 });
    feed.stop();
  });

  it('keeps what it has while the server is away, and asks again by time', async () => {
    const server = fakeServer();
    const feed = startFeed(look);
    feed.refresh('zh');
    await soon();
    server.refusal = { status: 503, code: 'databaseUnavailable' };
    feed.refresh('zh');
    await soon();
    expect(locateStore.getState().error).toMatchObject({ code: 'databaseUnavailable' });
    expect(locateStore.getState().now?.posterior.seq).toBe(1);
    server.refusal = null;
    server.seq = 7;
    await vi.advanceTimersByTimeAsync(31_000);
    expect(locateStore.getState()).toMatchObject({ error: null, now: { posterior: { seq: 7 } } });
    feed.stop();
  });

  it('drops everything when one may no longer look, and when it ends', async () => {
    const server = fakeServer();
    const feed = startFeed(look);
    feed.refresh('zh');
    await soon();
    await openPast();
    const past = goTo(mark(1), 'zh');
    await soon();
    await past;
    server.refusal = { status: 403, code: 'traceNotAllowed' };
    feed.refresh('zh');
    await soon();
    expect(locateStore.getState()).toMatchObject({ now: null, past: null, marks: null, visited: {} });
    server.refusal = null;
    feed.refresh('zh');
    await soon();
    feed.stop();
    expect(locateStore.getState()).toMatchObject({ look: null, now: null, error: null });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(locateStore.getState().now).toBeNull();
  });

  it('looks back at the moment asked for last, without asking twice, and comes back to now', async () => {
    const server = fakeServer();
    server.seq = 9;
    const feed = startFeed(look);
    feed.refresh('zh');
    await soon();
    await openPast();
    const [first, second] = [mark(1), mark(2)];
    const both = [goTo(first, 'zh'), goTo(second, 'zh')];
    expect(locateStore.getState().past).toMatchObject({ mark: second, loading: true });
    await soon();
    await Promise.all(both);
    expect(shown(locateStore.getState())?.posterior.seq).toBe(2);
    expect(server.asked.filter(url => url.includes('seq=1'))).toEqual([]);
    const asked = server.asked.length;
    const again = goTo(first, 'zh');
    await soon();
    await again;
    await goTo(second, 'zh');
    expect(server.asked.length).toBe(asked + 2);
    expect(leavePast()).toBe(true);
    expect(shown(locateStore.getState())?.posterior.seq).toBe(9);
    expect(leavePast()).toBe(false);
    feed.stop();
  });
});
