import { randomBytes } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { smsJobs } from '../../server/jobs/sms-jobs.ts';
import { sendDueSms } from '../../server/services/sms/outbox.ts';
import { SmsGateway } from '../../server/sms/gateway.ts';
import { SIGNATURE_MS, signedHeaders } from '../../server/http/signature.ts';
import { alertBody, type TestApp, testApp } from '../builders/app.ts';
import { ManualClock } from '../builders/clock.ts';
import { describeEachDatabase } from '../builders/database.ts';
import { FakeSmsGateway } from '../builders/sms-gateway.ts';

const key = 'a key of the gateway, long enough';
const canary = '13987650123';
const family = '13912340987';
const words = '金丝雀的提醒文字';

describeEachDatabase('warnings by message', makeDatabase => {
  let app: TestApp;
  let gateway: FakeSmsGateway;
  let sms: SmsGateway;
  let bearer: Record<string, string>;
  afterEach(async () => {
    await app.close();
    await gateway?.close();
  });

  const start = async () => {
    gateway = await FakeSmsGateway.start(key);
    const clock = new ManualClock();
    sms = new SmsGateway({ url: gateway.url, key, timeoutMs: 300 }, clock);
    app = await testApp(await makeDatabase(), { sms });
    gateway.clock = clock;
    const body = alertBody({ risk: 'medium' }, { phone: canary });
    const { incidentId } = (await app.as('leader')('POST', '/api/alerts', body)).body;
    const device = { protocol: 'gateway', identifier: 'sms', crs: 'wgs84' };
    const { token } = (await app.as('admin')('POST', '/api/devices', device)).body;
    bearer = { authorization: `Bearer ${token}` };
    return incidentId as string;
  };
  const send = (incidentId: string, body: object) =>
    app.as('operator')('POST', `/api/incidents/${incidentId}/sms`, body);
  const outbox = () => sendDueSms(app.deps, sms, new AbortController().signal);
  const messageOf = async (incidentId: string, messageId: string) => {
    await app.settled();
    return app.deps.live.world().incidents[incidentId]!.loop.messages[messageId]!.state;
  };
  const receipts = async (
    list: object[],
    { by = bearer, signedWith = key, atMs = app.clock.now(), tamper = false } = {},
  ) => {
    const text = JSON.stringify({ receipts: list });
    const signed = signedHeaders(signedWith, text, atMs, randomBytes(8).toString('hex'));
    const response = await app.app.request('/feeds/sms-receipts', {
      method: 'POST',
      headers: {
        ...by,
        ...signed,
      },
      body: tamper ? text.replace('failed', 'delivered') : text,
    });
    // What a test looks into is in its assertions.
    // oxlint-disable-next-line typescript/no-explicit-any
    return { status: response.status, body: (await response.json()) as any };
  };
  const receipt = (messageId: string, state: 'delivered' | 'failed') => ({
    messageId,
    state,
    at: new Date(app.clock.now()).toISOString(),
  });

  it('queued, accepted, delivered: the last only by its receipt, and then it is an attempt to reach her', async () => {
    const incidentId = await start();
    const sent = await send(incidentId, { recipient: 'subject', template: 'byScam' });
    expect(sent).toMatchObject({ status: 202, body: { state: 'queued' } });
    const { messageId } = sent.body;
    expect(await outbox()).toBe(1);
    expect(gateway.received).toEqual([
      { messageId, phone: canary, text: expect.stringMatching(/^【公安反诈】.*公检法.*96110/) },
    ]);
    expect(await messageOf(incidentId, messageId)).toBe('accepted');
    expect(app.deps.live.world().incidents[incidentId]!.loop.contacts).toEqual([]);
    expect(await outbox()).toBe(0);
    const done = receipt(messageId, 'delivered');
    expect((await receipts([done])).body).toEqual({ accepted: 1, duplicates: 0, unknown: 0 });
    expect(
      (await receipts([done, receipt(messageId, 'failed'), receipt('sms_other', 'failed')])).body,
    ).toEqual({
      accepted: 0,
      duplicates: 2,
      unknown: 1,
    });
    expect(await messageOf(incidentId, messageId)).toBe('delivered');
    expect(app.deps.live.world().incidents[incidentId]!.loop.contacts).toEqual([
      expect.objectContaining({ channel: 'sms', outcome: 'delivered' }),
    ]);
  });

  it('forged, old and tampered receipts change nothing', async () => {
    const incidentId = await start();
    const { messageId } = (await send(incidentId, { recipient: 'subject', template: 'callBack' })).body;
    await outbox();
    const done = [receipt(messageId, 'delivered')];
    expect((await receipts(done, { signedWith: 'another key, as long' })).status).toBe(401);
    expect((await receipts(done, { atMs: app.clock.now() - SIGNATURE_MS - 1 })).status).toBe(401);
    expect((await receipts(done, { atMs: app.clock.now() + SIGNATURE_MS + 1 })).status).toBe(401);
    expect((await receipts([receipt(messageId, 'failed')], { tamper: true })).status).toBe(401);
    expect((await receipts(done, { by: {} })).status).toBe(401);
    expect((await receipts(done, { by: app.credentials('leader') })).status).toBe(403);
    expect((await receipts([{ messageId }])).status).toBe(400);
    const unsigned = await app.app.request('/feeds/sms-receipts', {
      method: 'POST',
      headers: bearer,
      body: '{}',
    });
    expect(unsigned.status).toBe(401);
    expect(await messageOf(incidentId, messageId)).toBe('accepted');
  });

  it('a gateway that hangs, fails and babbles gets the same message again, later each time, until it takes it', async () => {
    const incidentId = await start();
    const { messageId } = (await send(incidentId, { recipient: 'family', phone: family, template: 'family' }))
      .body;
    gateway.behave('hang', 500, 429, 'babble', 'flood', 'reset');
    for (const waitMs of [5_000, 15_000, 45_000, 120_000, 300_000, 600_000]) {
      expect(await outbox()).toBe(1);
      expect(await messageOf(incidentId, messageId)).toBe('queued');
      app.clock.advance(waitMs - 1);
      gateway.clock.advance(waitMs - 1);
      expect(await outbox(), `before ${waitMs} ms are over`).toBe(0);
      app.clock.advance(1);
    }
    expect(await outbox()).toBe(1);
    expect(await messageOf(incidentId, messageId)).toBe('accepted');
    expect(new Set(gateway.attempts.map(each => each.messageId))).toEqual(new Set([messageId]));
    expect(gateway.attempts).toHaveLength(7);
  });

  it('what is refused, or never taken, has failed; when it was delivered after all, its receipt says so', async () => {
    const incidentId = await start();
    const refused = (await send(incidentId, { recipient: 'subject', template: 'callBack' })).body.messageId;
    gateway.behave(400);
    await outbox();
    expect(await messageOf(incidentId, refused)).toBe('failed');
    const lost = (await send(incidentId, { recipient: 'subject', template: 'callBack' })).body.messageId;
    gateway.behave(...Array.from({ length: 7 }, () => 500 as const));
    for (let i = 0; i < 7; i++) {
      await outbox();
      app.clock.advance(600_000);
    }
    expect(await messageOf(incidentId, lost)).toBe('failed');
    expect((await receipts([receipt(lost, 'delivered')])).body.accepted).toBe(1);
    expect(await messageOf(incidentId, lost)).toBe('delivered');
  });

  it('two processes send a message once', async () => {
    const incidentId = await start();
    for (let i = 0; i < 5; i++) await send(incidentId, { recipient: 'subject', template: 'callBack' });
    await Promise.all([outbox(), outbox(), outbox()]);
    expect(new Set(gateway.received.map(({ messageId }) => messageId)).size).toBe(5);
    expect(gateway.attempts).toHaveLength(5);
  });

  it('the receipt may be quicker than the answer', async () => {
    const incidentId = await start();
    const { messageId } = (await send(incidentId, { recipient: 'subject', template: 'callBack' })).body;
    gateway.whenReceived = async () => void (await receipts([receipt(messageId, 'delivered')]));
    await outbox();
    expect(await messageOf(incidentId, messageId)).toBe('delivered');
  });

  it('what has not gone out when the incident closes is not sent', async () => {
    const incidentId = await start();
    const { messageId } = (await send(incidentId, { recipient: 'subject', template: 'callBack' })).body;
    await app.as('leader')('POST', `/api/incidents/${incidentId}/close`, { outcome: 'met' });
    expect(await outbox()).toBe(0);
    expect(gateway.attempts).toEqual([]);
    expect(await messageOf(incidentId, messageId)).toBe('failed');
    expect((await send(incidentId, { recipient: 'subject', template: 'callBack' })).body.error.code).toBe(
      'alreadyClosed',
    );
  });

  it('without a gateway the desk is told so, and nothing is queued', async () => {
    const incidentId = await start();
    delete app.deps.sms;
    expect((await app.as('operator')('GET', '/api/sms')).body).toEqual({ gateway: false });
    const refused = await send(incidentId, { recipient: 'subject', template: 'byScam' });
    expect(refused).toMatchObject({ status: 409, body: { error: { details: { why: 'noGateway' } } } });
    expect(smsJobs(app.deps)).toEqual([]);
    expect((await receipts([receipt('sms_a', 'delivered')])).status).toBe(401);
    for (const body of [
      { recipient: 'family', template: 'family' },
      { recipient: 'subject', phone: family, template: 'byScam' },
      { recipient: 'subject', template: 'own' },
    ])
      expect((await send(incidentId, body)).status).toBe(400);
    expect((await app.as('station')('POST', `/api/incidents/${incidentId}/sms`, {})).status).toBe(403);
  });

  it('number and words are in the vault and with the gateway, nowhere else', async () => {
    const incidentId = await start();
    const own = { recipient: 'family', phone: family, template: 'own', text: words };
    await send(incidentId, own);
    await send(incidentId, { recipient: 'subject', template: 'own', text: words });
    gateway.behave('hang', 400);
    await outbox();
    app.clock.advance(5_000);
    await outbox();
    await app.settled();
    const { rows } = await app.database.pool.query(
      `select payload::text as text from domain_event union all select detail::text || coalesce(reason, '') from audit_entry
       union all select to_jsonb(m)::text from sms_message m union all select response::text from idempotency_key`,
    );
    const kept = JSON.stringify([rows, app.deps.live.world()]) + app.logLines.join('');
    for (const secret of [canary, family, words]) expect(kept.includes(secret), secret).toBe(false);
    expect(app.logLines.join('')).toContain('did not take a message');
  });
});
