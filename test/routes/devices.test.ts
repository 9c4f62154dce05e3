import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';

describeEachDatabase('S13 devices', makeDatabase => {
  let app: TestApp;
  let unitId: string;
  const leader: TestApp['anonymous'] = (...request) => app.as('leader')(...request);
  beforeAll(async () => {
    app = await testApp(await makeDatabase());
    const unit = { callsign: '巡-1', kind: 'car', crew: { sworn: 1, auxiliary: 1 } };
    unitId = (await leader('POST', '/api/units', unit)).body.id;
  });
  afterAll(() => app.close());
  const hour = 3_600_000;
  const register = async (identifier: string, protocol = 'positions') => {
    const carrier = protocol === 'gateway' ? {} : { unitId };
    return (await leader('POST', '/api/devices', { ...carrier, protocol, identifier })).body as {
      deviceId: string;
      token: string;
    };
  };
  const report = (token: string, items: unknown[] = []) =>
    app.anonymous('POST', '/feeds/positions', items, { authorization: `Bearer ${token}` });
  const devices = async () => (await leader('GET', '/api/devices')).body.items as Record<string, unknown>[];
  const strangers = async () =>
    (await leader('GET', '/api/unknown-devices')).body.items as Record<string, unknown>[];

  /** Tokens that were taken away knock in vain too, and are counted with the others. */
  const forget = async () => {
    await strangers();
    await app.database.pool.query('delete from unknown_device');
  };

  it('are managed by leaders and administrators alone', async () => {
    for (const role of ['operator', 'station', 'auditor', 'wall'] as const) {
      expect((await app.as(role)('GET', '/api/devices')).status, role).toBe(403);
      expect((await app.as(role)('GET', '/api/unknown-devices')).status, role).toBe(403);
    }
    expect((await app.as('admin')('GET', '/api/devices')).status).toBe(200);
  });

  it('S13 a new token is taken at once, the old one for an hour more, the one before that not at all', async () => {
    const { deviceId, token } = await register('car-1');
    const rotate = async () =>
      (await leader('POST', `/api/devices/${deviceId}/rotate`)).body as {
        token: string;
        previousUntil: string;
      };
    expect((await report(token)).status).toBe(200);
    const second = await rotate();
    expect(second.previousUntil).toBe(new Date(app.clock.now() + hour).toISOString());
    expect([(await report(token)).status, (await report(second.token)).status]).toEqual([200, 200]);
    const third = await rotate();
    expect(
      await Promise.all([token, second.token, third.token].map(async each => (await report(each)).status)),
    ).toEqual([401, 200, 200]);
    app.clock.advance(hour);
    expect([(await report(second.token)).status, (await report(third.token)).status]).toEqual([401, 200]);
    const { rows } = await app.database.pool.query<{ text: string }>(
      "select concat(string_agg(d::text, ' '), (select string_agg(i::text, ' ') from idempotency_key i)) as text from device d",
    );
    for (const secret of [token, second.token, third.token]) expect(rows[0]!.text).not.toContain(secret);
  });

  it('S13 revoking ends both tokens at once, also for those that were just believed', async () => {
    const { deviceId, token } = await register('car-2');
    const { token: second } = (await leader('POST', `/api/devices/${deviceId}/rotate`)).body;
    expect([(await report(token)).status, (await report(second)).status]).toEqual([200, 200]);
    expect((await leader('DELETE', `/api/devices/${deviceId}`)).status).toBe(204);
    expect([(await report(token)).status, (await report(second)).status]).toEqual([401, 401]);
    expect((await leader('DELETE', `/api/devices/${deviceId}`)).status).toBe(204);
    expect((await leader('POST', `/api/devices/${deviceId}/rotate`)).status).toBe(409);
    expect((await leader('DELETE', '/api/devices/dev_none')).status).toBe(404);
    const { rows } = await app.database.pool.query(
      'select action from audit_entry where resource = $1 order by seq',
      [deviceId],
    );
    expect(rows).toEqual(['device.create', 'device.rotate', 'device.revoke'].map(action => ({ action })));
  });

  it('lists who carries them and when they last showed their token', async () => {
    const { deviceId, token } = await register('car-3', 'osmand');
    const row = async () => (await devices()).find(({ id }) => id === deviceId);
    expect(await row()).toMatchObject({
      callsign: '巡-1',
      protocol: 'osmand',
      identifier: 'car-3',
      lastUsedAt: null,
    });
    await report(token);
    const usedAt = new Date(app.clock.now()).toISOString();
    expect(await row()).toMatchObject({ lastUsedAt: usedAt, revokedAt: null });
    app.clock.advance(10_000);
    await report(token);
    expect(await row(), 'believed for 15 s').toMatchObject({ lastUsedAt: usedAt });
    app.clock.advance(10_000);
    await report(token);
    expect(await row()).toMatchObject({ lastUsedAt: new Date(app.clock.now()).toISOString() });
    expect(JSON.stringify(await devices())).not.toMatch(/hash/i);
  });

  it('S13 unknown devices are counted, masked, and store nothing', async () => {
    await forget();
    const stolen = 'x'.repeat(43);
    const osmand = () =>
      app.anonymous('GET', `/feeds/osmand?token=${stolen}&id=868120301234567&lat=24&lon=103&timestamp=0`);
    for (let i = 0; i < 3; i++) expect((await osmand()).status).toBe(401);
    expect((await report('y'.repeat(43), [{ lng: 103, lat: 24 }])).status).toBe(401);
    const gateway = await register('gate-1', 'gateway');
    const observedAt = new Date(app.clock.now()).toISOString();
    const handed = await report(gateway.token, [
      { device: '13912345678', observedAt, lng: 103, lat: 24 },
      { device: '13912345678', observedAt, lng: 103.1, lat: 24 },
    ]);
    expect(handed.body.rejected.map(({ reason }: { reason: string }) => reason)).toEqual([
      'unknown device',
      'unknown device',
    ]);
    const seen = await strangers();
    expect(seen).toHaveLength(3);
    expect(seen).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          protocol: 'osmand',
          identifierMasked: '868****567',
          gateway: null,
          attempts: 3,
        }),
        expect.objectContaining({
          protocol: 'positions',
          identifierMasked: null,
          gateway: null,
          attempts: 1,
        }),
        expect.objectContaining({
          protocol: 'positions',
          identifierMasked: '139****678',
          gateway: 'gate-1',
          attempts: 2,
        }),
      ]),
    );
    const { rows } = await app.database.pool.query<{ text: string }>(
      "select string_agg(u::text, ' ') as text from unknown_device u",
    );
    expect(rows[0]!.text).not.toMatch(/868120301234567|13912345678|xxxx/);
    expect(rows[0]!.text).not.toContain(Buffer.from('868120301234567').toString('hex'));
    expect(app.logLines.join('\n')).not.toMatch(/868120301234567|13912345678/);
    expect(app.deps.metrics.render()).toMatch(/jianmian_unknown_devices_total \d+/);
  });

  it('S13 one that is admitted becomes a device with a token of its own; the one it tried is never taken', async () => {
    const stolen = 'z'.repeat(43);
    const knock = () =>
      app.anonymous('GET', `/feeds/osmand?token=${stolen}&id=car-77&lat=24&lon=103&timestamp=0`);
    await knock();
    const stranger = (await strangers()).find(({ identifierMasked }) => identifierMasked === 'c****7')!;
    const admit = (body: object) =>
      leader('POST', `/api/unknown-devices/${String(stranger['id'])}/admit`, body);
    expect((await admit({ unitId: 'unt_none', protocol: 'osmand' })).status).toBe(400);
    const { status, body } = await admit({ unitId, protocol: 'osmand' });
    expect([status, body]).toEqual([201, { deviceId: expect.any(String), token: expect.any(String) }]);
    expect((await devices()).find(({ id }) => id === body.deviceId)).toMatchObject({
      identifier: 'car-77',
      unitId,
    });
    expect((await knock()).status).toBe(401);
    expect((await report(body.token)).status).toBe(200);
    expect((await admit({ unitId, protocol: 'osmand' })).status).toBe(404);

    await forget();
    await report('w'.repeat(43));
    const nameless = (await strangers())[0]!;
    const path = `/api/unknown-devices/${String(nameless['id'])}`;
    expect((await leader('POST', `${path}/admit`, { unitId, protocol: 'positions' })).status).toBe(400);
    expect((await leader('DELETE', path)).status).toBe(204);
    expect((await leader('DELETE', path)).status).toBe(404);
  });

  it('S13 guessing tokens from one address is limited, whatever the token', async () => {
    const guess = async (i: number) => {
      const headers = {
        authorization: `Bearer ${String(i).padStart(43, 'g')}`,
        'content-type': 'application/json',
      };
      const env = { incoming: { socket: { remoteAddress: '198.51.100.7' } } };
      return (await app.app.request('/feeds/positions', { method: 'POST', headers, body: '[]' }, env)).status;
    };
    const statuses: number[] = [];
    for (let i = 0; i < 130; i++) statuses.push(await guess(i));
    expect(statuses.filter(status => status === 401)).toHaveLength(120);
    expect(statuses.slice(120)).toEqual(Array.from({ length: 10 }, () => 429));
    app.clock.advance(60_000);
    expect((await strangers()).length).toBeLessThanOrEqual(500);
  });
});
