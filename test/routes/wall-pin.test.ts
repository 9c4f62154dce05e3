import { gzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import type { Locating } from '../../server/locating/locating.ts';
import { alertBody, fromNow, reasonHeader, type TestApp, testApp } from '../builders/app.ts';
import { bank } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';

/** What the wall must never get a byte of. */
const canary = {
  name: '赵金丝雀',
  phone: '13812345678',
  lng: 103.3571113,
  text: '她说要去跳桥',
  plate: '云A·C4N4RY',
};
const canaries = /金丝雀|1381234|5678|跳桥|C4N4RY|103\.3571113|当事人失联|刑查|laundry/;

const box = (west: number) => ({
  type: 'MultiPolygon' as const,
  coordinates: [
    [
      [
        [west, 24.7],
        [west + 0.1, 24.7],
        [west + 0.1, 24.8],
        [west, 24.7],
      ],
    ],
  ],
});
/** A belief that holds more than outlines: its reasons, its places, its cells. */
const posterior = gzipSync(
  JSON.stringify({
    regions: { p50: box(103.1), p80: box(103.2), p90: box(103.3), p95: box(103.4) },
    places: [{ placeId: 'p-1', why: [{ zh: canary.text, en: 'laundry' }] }],
    cells: { lng: [canary.lng], lat: [24.7], p: [0.5] },
  }),
);

describeEachDatabase('S10 the redacted pin on the wall', makeDatabase => {
  let app: TestApp;
  let incidentId: string;
  let authorityId: string;
  afterEach(() => app.close());

  async function start() {
    const locating = {
      now: () => Promise.resolve({ seq: 1, atMs: 0, posterior, plan: new Uint8Array() }),
      street: () => Promise.resolve(undefined),
      close: () => Promise.resolve(),
    } as unknown as Locating;
    app = await testApp(await makeDatabase(), { locating });
    const leader = app.as('leader');
    const subject = { name: canary.name, phone: canary.phone, vehicle: canary.plate };
    ({ incidentId } = (await leader('POST', '/api/alerts', alertBody({}, subject))).body);
    const at = (path: string, body: unknown, who = leader) =>
      who('POST', `/api/incidents/${incidentId}/${path}`, body);
    await at('members', { userId: 'leader' });
    await at('sightings', {
      kind: 'report',
      observedAt: fromNow(app.clock, -60_000),
      source: '家属',
      credibility: 1,
      text: canary.text,
      position: { lng: canary.lng, lat: 24.71 },
    });
    const unit = { callsign: '茶口-1', stationId: 'st-east', kind: 'car', crew: { sworn: 1, auxiliary: 1 } };
    const unitId = (await leader('POST', '/api/units', unit)).body.id;
    await at('tasks', { unitId, placeId: bank.id, method: 'clerkAsked', why: canary.text });
    const paper = { number: '刑查〔2026〕1号', legalBasis: '反诈法', reason: '当事人失联' };
    ({ authorityId } = (
      await at('authorities', { ...paper, expiresAt: fromNow(app.clock, 3_600_000) }, app.as('trace'))
    ).body);
    await leader('POST', `/api/authorities/${authorityId}/approve`);
    return unitId as string;
  }
  const pin = (show: string[] = ['regions', 'units', 'tasks'], who = app.as('leader')) =>
    who('POST', `/api/incidents/${incidentId}/wall-pin`, { show }, reasonHeader);
  const onWall = async () => (await app.as('wall')('GET', '/api/wall-pins')).body.items;

  it('shows outlines, crews and tasks, who put it there and until when, and nothing else', async () => {
    const unitId = await start();
    const answer = await pin();
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ incidentId, untilAt: fromNow(app.clock, 3_600_000) });
    expect(await onWall()).toEqual([
      {
        incidentId,
        number: 1,
        pinnedByName: '名 leader',
        untilAt: fromNow(app.clock, 3_600_000),
        regions: { p50: box(103.1), p80: box(103.2), p95: box(103.4) },
        units: [{ unitId, callsign: '茶口-1', state: 'dispatched' }],
        tasks: [
          expect.objectContaining({
            unitId,
            state: 'ordered',
            target: expect.objectContaining({ name: '江源银行' }),
          }),
        ],
      },
    ]);
    await pin(['units']);
    expect(await onWall()).toEqual([expect.objectContaining({ regions: null, tasks: null })]);
    const { rows } = await app.database.pool.query(
      `select reason, detail from audit_entry where action = 'wall.pin' order by seq`,
    );
    expect(rows).toEqual([
      { reason: '当事人失联，查找位置', detail: { authorityId, show: ['regions', 'units', 'tasks'] } },
      { reason: '当事人失联，查找位置', detail: { authorityId, show: ['units'] } },
    ]);
  });

  it('no canary is in any byte that the wall can get: every answer, the snapshot, every fact', async () => {
    await start();
    const stream = await app.app.request('/api/stream', { headers: app.credentials('wall') });
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    let streamed = '';
    const reading = (async () => {
      for (let part = await reader.read(); !part.done; part = await reader.read()) streamed += part.value;
    })();
    await pin();
    await app.as('leader')('DELETE', `/api/incidents/${incidentId}/wall-pin`);
    await pin();
    await app.settled();
    const document = (await app.anonymous('GET', '/api/openapi.json')).body.paths as Record<string, object>;
    const got: string[] = [];
    for (const [path, methods] of Object.entries(document)) {
      if (!('get' in methods) || path === '/api/stream') continue;
      const address = path.replace('/incidents/{id}', `/incidents/${incidentId}`).replaceAll(/\{\w+\}/g, 'x');
      const { body } = await app.as('wall')('GET', address, undefined, reasonHeader);
      got.push(`${path} ${typeof body === 'string' ? body : JSON.stringify(body)}`);
    }
    app.deps.live.stream.close();
    await reading;
    expect(streamed).toContain('wallPinned');
    for (const text of [...got, streamed]) expect(text).not.toMatch(canaries);
    expect(got.find(text => text.startsWith('/api/wall-pins'))).toContain('MultiPolygon');
  });

  it('needs what a look needs, of a leader; break-glass is not enough', async () => {
    await start();
    const bare = await app.as('leader')('POST', `/api/incidents/${incidentId}/wall-pin`, { show: ['units'] });
    expect(bare.body.error.details).toEqual({ missing: ['reason'] });
    for (const role of ['operator', 'trace', 'station', 'analyst', 'wall', 'admin', 'auditor'] as const)
      expect((await pin(['units'], app.as(role))).status, role).toBe(403);
    for (const show of [[], ['name'], ['units', 'units']]) expect((await pin(show)).status).toBe(400);
    const more = { show: ['units'], subject: true };
    const strict = await app.as('leader')(
      'POST',
      `/api/incidents/${incidentId}/wall-pin`,
      more,
      reasonHeader,
    );
    expect(strict.status).toBe(400);
    await app.as('leader')('POST', `/api/authorities/${authorityId}/revoke`);
    expect((await pin()).body.error.details).toEqual({ missing: ['authority'] });
    await app.as('leader')('POST', `/api/incidents/${incidentId}/break-glass`, {
      reason: '来不及报批，先行查看',
    });
    expect((await pin()).status).toBe(409);
    expect(await onWall()).toEqual([]);
  });

  it.each(['revoke', 'close', 'expire', 'unpin'] as const)('S2 is gone at once: %s', async how => {
    await start();
    await pin();
    expect(await onWall()).toHaveLength(1);
    const leader = app.as('leader');
    if (how === 'revoke') await leader('POST', `/api/authorities/${authorityId}/revoke`);
    if (how === 'close') await leader('POST', `/api/incidents/${incidentId}/close`, { outcome: 'met' });
    if (how === 'unpin') await leader('DELETE', `/api/incidents/${incidentId}/wall-pin`);
    if (how === 'expire') app.clock.advance(3_600_000);
    expect(await onWall()).toEqual([]);
    await app.settled();
    // The log itself tells the wall, except of time, for which it has a clock.
    if (how !== 'expire') expect(app.deps.live.world().incidents[incidentId]!.pin).toBeUndefined();
    else expect(app.deps.live.world().incidents[incidentId]!.pin!.untilAt).toBe(fromNow(app.clock, 0));
  });
});
