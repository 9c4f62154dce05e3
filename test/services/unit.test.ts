import { afterAll, beforeAll, expect, it } from 'vitest';
import { deviceRate } from '../../server/http/authenticate.ts';
import { type TestApp, testApp } from '../builders/app.ts';
import { inEast } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';

const crew = { sworn: 1, auxiliary: 3 };

describeEachDatabase('units and devices', makeDatabase => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp(await makeDatabase());
  });
  afterAll(() => app.close());
  const create = (callsign: string, more = {}) =>
    app.as('leader')('POST', '/api/units', { callsign, kind: 'car', crew, stationId: 'st-east', ...more });

  it('units: created with a slot of their own, callsigns once, station known', async () => {
    const first = await create('茶口-1');
    expect(first.status).toBe(201);
    expect(first.body).toEqual({
      id: expect.stringMatching(/^unt_/),
      slot: expect.any(Number),
      callsign: '茶口-1',
      stationId: 'st-east',
      kind: 'car',
      state: 'available',
      crew,
    });
    const second = await create('茶口-2');
    expect(second.body.slot).not.toBe(first.body.slot);
    expect((await create('茶口-1')).status).toBe(409);
    expect((await create('茶口-3', { stationId: 'nowhere' })).status).toBe(400);
    expect((await create('茶口-4', { crew: { sworn: -1, auxiliary: 0 } })).status).toBe(400);
    const racing = await Promise.all([create('茶口-5'), create('茶口-5'), create('茶口-5')]);
    expect(racing.filter(answer => answer.status === 201)).toHaveLength(1);
    expect(racing.filter(answer => answer.status === 409)).toHaveLength(2);
  });

  it('state: changes are logged once, saying the same again is nothing', async () => {
    const { id } = (await create('状态-1')).body;
    const set = (state: string) => app.as('operator')('PATCH', `/api/units/${id}`, { state });
    expect((await set('enRoute')).body).toEqual({ unitId: id, state: 'enRoute' });
    await set('enRoute');
    expect((await set('flying')).status).toBe(400);
    const { rows } = await app.database.pool.query(
      "select count(*)::int as count from domain_event where kind = 'unitStateChanged' and payload->>'unitId' = $1",
      [id],
    );
    expect(rows).toEqual([{ count: 1 }]);
  });

  it('S13 devices: one token each, shown once, kept as a hash, no other key to the door', async () => {
    const { id } = (await create('设备-1')).body;
    const body = { unitId: id, protocol: 'positions', identifier: 'd-1', crs: 'gcj02' };
    const made = await app.as('leader')('POST', '/api/devices', body, { 'Idempotency-Key': 'device-1' });
    expect(made.body.token).toMatch(/^[\w-]{43}$/);
    const again = await app.as('leader')('POST', '/api/devices', body, { 'Idempotency-Key': 'device-1' });
    expect([again.status, again.body]).toEqual([201, { deviceId: made.body.deviceId, token: null }]);
    expect((await app.as('leader')('POST', '/api/devices', body)).status).toBe(409);
    expect(
      (await app.as('leader')('POST', '/api/devices', { ...body, unitId: 'nobody', identifier: 'd-2' }))
        .status,
    ).toBe(400);
    expect(
      (await app.as('leader')('POST', '/api/devices', { protocol: 'osmand', identifier: 'd-3' })).status,
    ).toBe(400);
    const { rows } = await app.database.pool.query<{ text: string }>(
      "select string_agg(d::text, ' ') || coalesce((select string_agg(i::text, ' ') from idempotency_key i), '') as text from device d",
    );
    expect(rows[0]!.text).not.toContain(made.body.token);

    await app.settled();
    const report = (headers: Record<string, string>) =>
      app.anonymous(
        'POST',
        '/feeds/positions',
        [{ unitId: id, observedAt: new Date(app.clock.now()).toISOString(), ...inEast }],
        headers,
      );
    expect((await report({ authorization: `Bearer ${made.body.token}` })).body).toMatchObject({
      accepted: 1,
    });
    expect((await report({ authorization: `Bearer ${'x'.repeat(43)}` })).status).toBe(401);
    expect((await report({})).status).toBe(401);
    expect((await app.as('leader')('POST', '/feeds/positions', [])).status).toBe(403);
    const wild = await Promise.all(
      Array.from({ length: deviceRate.burst }, () => report({ authorization: `Bearer ${made.body.token}` })),
    );
    const refused = wild.filter(answer => answer.status === 429);
    expect(refused).toHaveLength(1);
    expect(refused[0]!.headers.get('retry-after')).toBe('1');
    app.clock.advance(1000);
    expect((await report({ authorization: `Bearer ${made.body.token}` })).status).toBe(200);
    expect((await app.anonymous('GET', '/metrics')).body).toContain('jianmian_unknown_device_tokens_total 1');
  });
});
