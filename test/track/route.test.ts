import { beforeEach, expect, it } from 'vitest';
import type { TrackFixView } from '#contract/track.ts';
import type { TrackFix } from '#domain/track/track.ts';
import { compactTracks } from '../../server/services/track/compact.ts';
import { type TestApp, testApp } from '../builders/app.ts';
import { ManualClock } from '../builders/clock.ts';
import { describeEachDatabase } from '../builders/database.ts';
import { drive } from './arbitraries.ts';
import { store } from './fixes.ts';

/** The application's clock stands at this hour of 2026-11-22. */
const startMs = Date.parse('2026-11-22T00:30:00Z');
const from = new Date(startMs).toISOString();
const to = new Date(startMs + 900_000).toISOString();

describeEachDatabase('GET /api/units/:id/track', makeDatabase => {
  let app: TestApp;
  let unitId: string;
  let foreignId: string;
  const fixes = drive(1, 10_000, startMs);
  beforeEach(async () => {
    app = await testApp(await makeDatabase());
    const leader = app.as('leader');
    const crew = { kind: 'car', crew: { sworn: 1, auxiliary: 1 } };
    unitId = (await leader('POST', '/api/units', { ...crew, callsign: 'E-1', stationId: 'st-east' })).body.id;
    foreignId = (await leader('POST', '/api/units', { ...crew, callsign: 'W-1', stationId: 'st-west' })).body
      .id;
    await store(app.database, unitId, fixes);
    return () => app.close();
  });
  const ask = (role: Parameters<TestApp['as']>[0], id = unitId, query = '') =>
    app.as(role)('GET', `/api/units/${id}/track?from=${from}&to=${to}${query}`);
  const view = ({ observedAtMs, receivedAtMs, lng, lat, speedMps, courseDeg, accuracyM }: TrackFix) => ({
    observedAt: new Date(observedAtMs).toISOString(),
    receivedAt: new Date(receivedAtMs).toISOString(),
    lng,
    lat,
    speedMps,
    courseDeg,
    accuracyM,
  });

  it('gives where it was, in order, and writes the look into the audit first', async () => {
    const { status, body } = await ask('leader');
    expect(status).toBe(200);
    expect(body).toEqual({ items: fixes.map(view), nextCursor: null });
    const { rows } = await app.database.pool.query(
      "select actor, resource, detail from audit_entry where action = 'unit.track'",
    );
    expect(rows).toEqual([{ actor: 'user:leader', resource: unitId, detail: { from, to } }]);
  });

  it('goes on where the page before ended, also among fixes of one instant and over a compaction', async () => {
    const twin = { ...fixes[20]!, deviceId: 'dev-other' };
    const ahead = { ...fixes[30]!, deviceId: 'dev-ahead', future: true };
    await store(app.database, unitId, [twin, ahead]);
    const pages: TrackFixView[][] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { status, body } = await ask('operator', unitId, `&limit=7${cursor && `&cursor=${cursor}`}`);
      expect(status).toBe(200);
      pages.push(body.items);
      cursor = body.nextCursor;
      if (pages.length === 2) {
        // Of another clock: the session of the one who asks does not live that long.
        const clock = new ManualClock('2026-11-24T01:00:00Z');
        await compactTracks({ database: app.database, clock }, new AbortController().signal);
      }
    }
    expect(pages.every(items => items.length <= 7)).toBe(true);
    expect(pages.flat()).toEqual(
      [...fixes, twin].toSorted((a, b) => a.observedAtMs - b.observedAtMs).map(view),
    );
  });

  it('goes on over the days of a week, through hours without a fix', async () => {
    const hourMs = 3_600_000;
    const hours = [0, 1, 5, 6, 7, 40, 41, 42, 43, 100, 130];
    const weekMs = startMs - 6 * 24 * hourMs;
    const week = hours.map((hour, index) => ({ ...fixes[index]!, observedAtMs: weekMs + hour * hourMs }));
    await store(app.database, unitId, week);
    const items: TrackFixView[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query = `from=${new Date(weekMs).toISOString()}&to=${from}&limit=2${cursor && `&cursor=${cursor}`}`;
      const { body } = await app.as('leader')('GET', `/api/units/${unitId}/track?${query}`);
      items.push(...body.items);
      cursor = body.nextCursor;
    }
    expect(items).toEqual(week.map(view));
  });

  it('a station follows its own units, the wall and the field nobody (S6)', async () => {
    expect((await ask('station')).status).toBe(200);
    const foreign = await ask('station', foreignId);
    expect(foreign.status).toBe(404);
    expect(foreign.body).toEqual((await ask('station', 'unt_nothing')).body);
    for (const role of ['wall', 'field', 'auditor', 'admin'] as const)
      expect((await ask(role)).status, role).toBe(403);
    expect((await ask('analyst')).status).toBe(200);
  });

  it('says what is wrong with a question', async () => {
    const wrong = async (query: string) =>
      (await app.as('leader')('GET', `/api/units/${unitId}/track?${query}`)).body.error;
    expect((await wrong(`from=${to}&to=${from}`)).code).toBe('invalidBody');
    expect(JSON.stringify(await wrong(`from=${from}&to=2027-11-22T00:00:00Z`))).toContain('at most 7 days');
    expect(JSON.stringify(await wrong(`from=${from}&to=${to}&cursor=zz`))).toContain('nextCursor');
    expect(JSON.stringify(await wrong(`from=2026-11-22T00:00:00&to=${to}`))).toContain('with offset');
  });
});
