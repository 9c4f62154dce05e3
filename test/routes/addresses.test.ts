import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { IntakePreview } from '#contract/intake.ts';
import { addressBook } from '../../server/address/book.ts';
import { gazetteerOf } from '../../server/region/gazetteer.ts';
import { RegionInUse } from '../../server/region/in-use.ts';
import type { InstalledRegion } from '../../server/region/store.ts';
import { alertBody, type TestApp, testApp } from '../builders/app.ts';
import { inEast, inWest } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';
import { street } from '../builders/street.ts';

const bbox: [number, number, number, number] = [103.2, 24.7, 103.4, 24.8];
const roads = {
  nodes: new Map<number, [number, number]>([
    [1, [103.35, 24.75]],
    [2, [103.352, 24.75]],
    [3, [103.23, 24.75]],
    [4, [103.3, 24.75]],
  ]),
  ways: [],
  restrictions: [],
  barriers: [],
};
const gazetteer = gazetteerOf({
  name: '云溪县',
  bbox,
  places: [],
  roads: { ...roads, ways: [street(1, [1, 2], { name: '翠屏路' }), street(2, [3, 4], { name: '文昌路' })] },
  areas: [
    { id: 'a0', level: 'county', name: '云溪县', position: [103.3, 24.75] },
    { id: 'a1', level: 'township', name: '茶口镇', position: [103.35, 24.75], parentId: 'a0' },
    { id: 'a2', level: 'township', name: '鹿鸣镇', position: [103.25, 24.75], parentId: 'a0' },
  ],
});
const reference = {
  name: '云溪县',
  places: [],
  stations: [
    { id: 'st-east', name: '东', position: [103.35, 24.75] },
    { id: 'st-west', name: '西', position: [103.25, 24.75] },
  ],
  jurisdictions: [],
};

/** The fields that a person is known by, as each table and log line has them. */
describeEachDatabase('addresses', makeDatabase => {
  let folder: string;
  let app: TestApp;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jm-address-'));
    await writeFile(join(folder, 'gazetteer.json'), JSON.stringify(gazetteer));
    await writeFile(join(folder, 'reference.json'), JSON.stringify(reference));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  afterEach(() => app.close());
  const start = async () => {
    const manifest = { id: 'r1', name: '云溪县', bbox } as InstalledRegion['manifest'];
    const region = new RegionInUse({ dir: folder, manifest });
    return (app = await testApp(await makeDatabase(), { addresses: addressBook(region) }));
  };
  const send = async (subject: Record<string, unknown>) =>
    (await app.as('operator')('POST', '/api/alerts', alertBody({}, subject))).body.incidentId as string;
  const detail = async (id: string) => (await app.as('leader')('GET', `/api/incidents/${id}`)).body;
  const logged = async () => {
    const { rows } = await app.database.pool.query<{ kind: string; payload: unknown }>(
      'select kind, payload from domain_event order by seq',
    );
    return rows;
  };

  it('a table that is looked at before it is taken in says where each home would be, and where nobody can tell', async () => {
    await start();
    const lines = [
      '姓名,电话,风险等级,诈骗类型,住址',
      '甲,13900000001,高危,刷单,云溪县茶口镇翠萍路',
      '乙,13900000002,高危,刷单,茶口镇',
      '丙,13900000003,高危,刷单,某某某某处',
      '丁,13900000004,高危,刷单,四川省成都市武侯区人民南路',
      '戊,13900000005,高危,刷单,',
    ];
    const response = await app.app.request('/api/alerts/preview', {
      method: 'POST',
      headers: { ...app.credentials('operator'), 'content-type': 'application/octet-stream' },
      body: lines.join('\n'),
    });
    const { alerts } = (await response.json()) as IntakePreview;
    expect(alerts.map(({ home }) => home && home.how)).toEqual([
      'found',
      'area',
      'notFound',
      'elsewhere',
      null,
    ]);
    // As taking it in does.
    const before = alerts[0]!.home!;
    const taken = await detail(await send({ address: '云溪县茶口镇翠萍路', phone: '13900000001' }));
    expect(before.position).toEqual(taken.subject.home);
    expect(await logged()).not.toHaveLength(0);
  });

  it('finds a written address, with its station, and writes nothing of it into the log', async () => {
    await start();
    const q = '云溪县茶口镇翠萍路';
    const ask = (question: unknown) => app.as('operator')('POST', '/api/addresses', question);
    const { status, body, headers } = await ask({ q, limit: 3 });
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body.elsewhere).toBeNull();
    expect(body.items[0]).toMatchObject({ label: '茶口镇 翠屏路', level: 'road', stationId: 'st-east' });
    expect(body.items[0].why).toContainEqual({ name: '翠屏路', level: 'road', how: 'sound' });
    expect(app.logLines.join('\n')).not.toContain('翠萍');
    expect(app.logLines.join('\n')).not.toContain(q);
    expect((await ask({})).status).toBe(400);
    expect((await ask({ q, near: 1 })).status).toBe(400);
    expect((await app.as('operator')('GET', `/api/addresses?q=${encodeURIComponent(q)}`)).status).toBe(404);
  });

  it('reads the home of an alert from its address, and its station with it', async () => {
    await start();
    const id = await send({ address: '云溪县茶口镇翠屏路12号' });
    expect(await detail(id)).toMatchObject({
      stationId: 'st-east',
      subject: { homeBasis: 'address', homeRadiusM: expect.any(Number), homeConfidence: expect.any(Number) },
    });
    const told = (await logged()).find(({ kind }) => kind === 'homeResolved');
    expect(told?.payload).toEqual({ incidentId: id, basis: 'address', confidenceClass: 'sure' });
    await app.settled();
    expect(app.deps.live.world().incidents[id]?.subject).toMatchObject({ homeBasis: 'address' });
  });

  it('leaves open what it cannot read, tells an address elsewhere, and lets a given home be', async () => {
    await start();
    const unread = await detail(await send({ phone: '13900000001', address: '某某大厦后面' }));
    expect(unread.subject).toMatchObject({ address: '某某大厦后面' });
    expect(unread.subject.home).toBeUndefined();
    expect(unread.stationId).toBeNull();
    const away = await detail(await send({ phone: '13900000002', address: '湖南省长沙市岳麓区麓谷街道' }));
    expect(away.subject).toMatchObject({ elsewhere: '湖南省长沙市岳麓区' });
    expect(away.subject.home).toBeUndefined();
    const given = await send({ phone: '13900000003', address: '茶口镇翠屏路', home: inWest });
    expect((await detail(given)).subject).toMatchObject({ home: inWest, homeBasis: 'given' });
    // A later alert with the address alone does not undo it.
    await send({ phone: '13900000003', address: '茶口镇翠屏路12号' });
    expect((await detail(given)).subject).toMatchObject({ home: inWest, homeBasis: 'given' });
  });

  it('forgets the home of an address that turned out to be another one', async () => {
    await start();
    const id = await send({ address: '茶口镇翠屏路' });
    expect((await detail(id)).subject.homeBasis).toBe('address');
    await send({ address: '不知道在哪里' });
    expect((await detail(id)).subject.home).toBeUndefined();
  });

  it('takes a pin or a picked candidate, and gives an incident without a station that of the home', async () => {
    await start();
    const id = await send({ address: '某某大厦后面' });
    const operator = app.as('operator');
    expect((await operator('POST', `/api/incidents/${id}/home`, { position: inEast })).status).toBe(200);
    expect(await detail(id)).toMatchObject({
      stationId: 'st-east',
      subject: { home: inEast, homeBasis: 'pinned' },
    });
    const candidate = { position: inWest, radiusM: 120, confidence: 0.6 };
    expect((await operator('POST', `/api/incidents/${id}/home`, { candidate })).status).toBe(200);
    expect(await detail(id)).toMatchObject({
      stationId: 'st-east',
      subject: { home: inWest, homeBasis: 'address', homeRadiusM: 120 },
    });
    expect((await operator('POST', `/api/incidents/${id}/home`, {})).status).toBe(400);
    expect((await app.as('station')('POST', `/api/incidents/${id}/home`, { position: inWest })).status).toBe(
      200,
    );
    const told = (await logged()).filter(({ kind }) => kind === 'homeResolved');
    expect(told.map(({ payload }) => payload)).toEqual([
      { incidentId: id, basis: 'pinned', confidenceClass: 'sure' },
      { incidentId: id, basis: 'address', confidenceClass: 'likely' },
      { incidentId: id, basis: 'pinned', confidenceClass: 'sure' },
    ]);
  });

  it('hands a case over without closing it, and takes that back; whose it is stays in the vault', async () => {
    await start();
    const id = await send({ address: '湖南省长沙市岳麓区' });
    const operator = app.as('operator');
    const path = `/api/incidents/${id}/hand-over`;
    const handed = await operator('POST', path, { to: '长沙市公安局岳麓分局', reason: '现居长沙' });
    expect(handed).toMatchObject({ status: 200, body: { incidentId: id } });
    expect(await detail(id)).toMatchObject({
      state: 'open',
      handedOverAt: handed.body.handedOverAt,
      subject: { handedOverTo: '长沙市公安局岳麓分局' },
    });
    await app.settled();
    expect(app.deps.live.world().incidents[id]).toMatchObject({
      handedOverAt: handed.body.handedOverAt,
      subject: { handedOverTo: '长沙市公安局岳麓分局' },
    });
    expect((await operator('POST', path, { to: '长沙', reason: '再来一次' })).status).toBe(409);
    const { rows } = await app.database.pool.query(
      `select string_agg(payload::text, ' ') as said from domain_event
       union all select string_agg(detail::text || coalesce(reason, ''), ' ') from audit_entry`,
    );
    expect(JSON.stringify(rows)).not.toMatch(/长沙|岳麓/);
    expect((await operator('DELETE', path)).status).toBe(200);
    expect((await operator('DELETE', path)).status).toBe(409);
    const back = await detail(id);
    expect(back.handedOverAt).toBeNull();
    expect(back.subject.handedOverTo).toBeUndefined();
    await app.settled();
    expect(app.deps.live.world().incidents[id]?.handedOverAt).toBeUndefined();
    expect((await app.as('field')('POST', path, { to: '别处', reason: '不行' })).status).toBe(403);
  });
});

describe('the address book', () => {
  it('finds nothing while there is no region', async () => {
    const book = addressBook(new RegionInUse(null));
    expect(await book.resolve('翠屏路', { limit: 3 })).toEqual({ items: [], elsewhere: null });
  });
});
