/** The feeds as devices see them: tokens, forms, answers. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fromNow, testApp, type TestApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';

describeEachDatabase('the feeds', makeDatabase => {
  let app: TestApp;
  let unitId: string;
  let phoneToken: string;
  let gatewayToken: string;

  beforeEach(async () => {
    app = await testApp(await makeDatabase());
    const leader = app.as('leader');
    const unit = await leader('POST', '/api/units', {
      callsign: 'A1',
      kind: 'car',
      crew: { sworn: 1, auxiliary: 1 },
    });
    unitId = unit.body.id as string;
    const phone = await leader('POST', '/api/devices', {
      unitId,
      protocol: 'osmand',
      identifier: '860001',
      crs: 'wgs84',
    });
    phoneToken = phone.body.token as string;
    const gateway = await leader('POST', '/api/devices', {
      protocol: 'gateway',
      identifier: 'gw',
      crs: 'gcj02',
    });
    gatewayToken = gateway.body.token as string;
    await app.settled();
  });
  afterEach(() => app.close());

  const send = async (path: string, init: RequestInit = {}) => {
    const response = await app.app.request(path, init);
    return {
      status: response.status,
      body: (await response.json()) as { accepted: number; rejected: { reason: string }[] },
    };
  };
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const osmand = (changes: Record<string, string> = {}) =>
    new URLSearchParams({
      id: '860001',
      lat: '24.8',
      lon: '103.3',
      timestamp: String(Math.round(app.clock.now() / 1000)),
      speed: '10',
      ...changes,
    });

  it('takes OsmAnd from the address, a form, and JSON, with the token in the address or a header', async () => {
    expect(await send(`/feeds/osmand?token=${phoneToken}&${osmand()}`)).toMatchObject({
      status: 200,
      body: { accepted: 1 },
    });
    const form = { method: 'POST', body: osmand({ lat: '24.81' }), headers: bearer(phoneToken) };
    expect(await send('/feeds/osmand', form)).toMatchObject({ status: 200, body: { accepted: 1 } });
    const coords = { latitude: 24.82, longitude: 103.3, accuracy: 5, speed: 3, heading: 90 };
    const location = { timestamp: fromNow(app.clock, 1000), coords, battery: { level: 0.5 } };
    const json = {
      method: 'POST',
      body: JSON.stringify({ location, device_id: '860001' }),
      headers: bearer(phoneToken),
    };
    expect(await send('/feeds/osmand', json)).toMatchObject({ status: 200, body: { accepted: 1 } });
    expect(app.deps.live.fleet.latest(unitId)).toMatchObject({ lat: 24.82, speedMps: 3, batteryPct: 50 });
  });

  it('answers 200 to whatever it reads and does not want, so that no phone sends it for ever', async () => {
    const bodies = [
      osmand({ id: 'somebody-else' }),
      osmand({ lat: 'x' }),
      osmand({ timestamp: '' }),
      osmand({ lat: '0', lon: '0' }),
    ];
    for (const parameters of bodies) {
      const { status, body } = await send(`/feeds/osmand?token=${phoneToken}&${parameters}`);
      expect(status).toBe(200);
      expect(body.accepted).toBe(0);
      expect(body.rejected[0]!.reason.length).toBeGreaterThan(5);
    }
    const broken = { method: 'POST', body: '{"location":', headers: bearer(phoneToken) };
    expect(await send('/feeds/osmand', broken)).toMatchObject({ status: 200, body: { accepted: 0 } });
  });

  it('takes one position or many, converts, and names the bad ones', async () => {
    const post = (body: unknown) => ({
      method: 'POST',
      body: JSON.stringify(body),
      headers: bearer(gatewayToken),
    });
    const fix = { unitId, observedAt: fromNow(app.clock, 0), lng: 103.3, lat: 24.77 };
    expect(await send('/feeds/positions', post(fix))).toMatchObject({ status: 200, body: { accepted: 1 } });
    expect(app.deps.live.fleet.latest(unitId)?.lng).toBeCloseTo(103.2981151, 6);
    expect(await send('/feeds/positions', post([fix, { ...fix, unitId: 'unt-none' }, 7]))).toMatchObject({
      status: 200,
      body: { accepted: 0, duplicates: 1, rejected: [{ index: 1, reason: 'unknown unit' }, { index: 2 }] },
    });
    expect(await send('/feeds/positions', post(null))).toMatchObject({ status: 400 });
    expect(await send('/feeds/positions', { ...post(0), body: '[' })).toMatchObject({
      status: 400,
      body: { error: { code: 'invalidBody' } },
    });
  });

  it('wants a device token that is known', async () => {
    expect((await send(`/feeds/osmand?${osmand()}`)).status).toBe(401);
    expect((await send(`/feeds/osmand?token=${'x'.repeat(43)}&${osmand()}`)).status).toBe(401);
    expect((await app.as('leader')('POST', '/feeds/positions', [])).status).toBe(403);
  });
});
