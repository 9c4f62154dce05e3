/**
 * The real server through a whole incident, with a canary for a subject: whatever it prints, answers in an error, counts or
 * is asked by address, nothing of her is in it (S12).
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Caller, firstAdministrator, newUser, signIn } from './people.ts';
import { type ServerUnderTest, startServer } from './server.ts';

const password = 'a long enough passphrase';
const canary = {
  name: '金丝雀儿',
  phone: '13987650123',
  idNumber: '53012619900101777X',
  address: '翠雀路 99号',
  vehicle: '云A98761',
};
const account = '6222020111122220123';
const note = '金丝雀的备注';
const secrets = [...Object.values(canary), account, note, '139 8765 0123', encodeURIComponent(canary.name)];

describe('S12 the real server, a canary for a subject', () => {
  let dataDir: string;
  let server: ServerUnderTest;
  /** Bodies of everything that was refused, and every address that was asked. */
  const refusals: string[] = [];
  const addresses: string[] = [];

  const watched =
    (who: Caller): Caller['request'] =>
    async (method, path, body, headers) => {
      addresses.push(path);
      const response = await who.request(method, path, body, headers);
      if (response.status >= 400) refusals.push(await response.clone().text());
      return response;
    };
  const noSecretIn = (text: string, what: string) => {
    for (const secret of secrets) expect(text.includes(secret), `${secret} in ${what}`).toBe(false);
  };

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'jianmian-canary-'));
    server = await startServer({ dataDir });
  }, 180_000);
  afterAll(async () => {
    await server?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('says nothing of her in its log, its metrics, its refusals and its addresses', async () => {
    const admin = await firstAdministrator(server, password);
    const person = (role: string) =>
      newUser(server.baseUrl, admin, { username: role, displayName: role, role }, password);
    const leader = await person('leader');
    const trace = await person('trace');
    const ask = watched(leader);
    const alert = {
      source: '省级反诈平台',
      risk: 'extraHigh',
      scamType: 'fakePolice',
      subject: canary,
      accounts: [{ bank: '农行', number: account }],
      note,
    };
    const received = await ask('POST', '/api/alerts', alert);
    expect(received.status).toBe(201);
    const { incidentId } = (await received.json()) as { incidentId: string };
    const incident = `/api/incidents/${incidentId}`;

    // Refused for every reason that repeats what was sent: schema, JSON, type, size, conflict, unknown address.
    await ask('POST', '/api/alerts', { ...alert, risk: note });
    await ask('POST', '/api/alerts', { ...alert, subject: { ...canary, phone: [canary.phone] } });
    await ask('POST', '/api/alerts', { ...alert, [canary.phone]: canary.name, externalId: 'x'.repeat(500) });
    await ask('POST', `${incident}/tasks`, { unitId: canary.phone, placeId: canary.name, method: 'driveBy' });
    await ask('POST', `${incident}/hand-over`, { to: [note], reason: canary.phone });
    await ask('POST', '/api/addresses', { q: canary.address, limit: canary.phone });
    await ask('POST', '/api/holds', { incident: { id: canary.phone }, reason: `${note}${canary.name}` });
    await ask('PUT', '/api/retention/trace', { days: 60, reason: note });
    for (const [type, body] of [
      ['application/json', `{"subject":{"name":"${canary.name}","phone":"${canary.phone}"`],
      ['text/plain', JSON.stringify(alert)],
      ['application/json', JSON.stringify({ ...alert, note: note.repeat(300_000) })],
    ] as const) {
      const response = await fetch(`${server.baseUrl}/api/alerts`, {
        method: 'POST',
        headers: { cookie: leader.cookie, 'content-type': type },
        body,
      });
      expect(response.status).toBeGreaterThanOrEqual(400);
      refusals.push(await response.text());
    }

    for (const userId of [await idOf(leader), await idOf(trace)])
      expect((await ask('POST', `${incident}/members`, { userId })).status).toBeLessThan(300);
    // By calls, messages, requests and tables too.
    const familyPhone = '13812349876';
    secrets.push(familyPhone);
    const call = { channel: 'family', outcome: 'reached', note: `${note}${familyPhone}` };
    expect((await ask('POST', `${incident}/contacts`, call)).status).toBe(201);
    await ask('POST', `${incident}/contacts`, { ...call, outcome: note });
    await ask('POST', `${incident}/sms`, {
      recipient: 'family',
      phone: familyPhone,
      template: 'own',
      text: note,
    });
    await ask('POST', `${incident}/trace-requests`, { askedOf: 'bank', what: `${note}${account}` });
    expect((await ask('POST', '/api/subjects/known', { phone: canary.phone })).status).toBe(200);
    await ask('POST', '/api/subjects/known', { phone: `${canary.phone}${note}` });
    const table = `姓名,电话,风险等级,备注\n${canary.name},${canary.phone},高危,${note}\n${canary.name},${note},高危,`;
    const imported = await fetch(`${server.baseUrl}/api/alerts/import`, {
      method: 'POST',
      headers: { cookie: leader.cookie, 'content-type': 'application/octet-stream' },
      body: table,
    });
    expect(await imported.json()).toMatchObject({
      taken: 1,
      joined: 1,
      problems: [{ row: 3, column: 'phone' }],
    });

    const why = `查找${canary.name}，电话${canary.phone}`;
    const reason = { 'x-access-reason': encodeURIComponent(why) };
    const look = watched(trace);
    await look('GET', `${incident}/sightings`, undefined, reason);
    const asked = await look('POST', `${incident}/authorities`, {
      number: '刑查〔2026〕9号',
      legalBasis: '《反电信网络诈骗法》',
      reason: why,
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
    const { authorityId } = (await asked.json()) as { authorityId: string };
    await ask('POST', `/api/authorities/${authorityId}/approve`, {});
    expect((await look('POST', `${incident}/looks`, undefined, reason)).status).toBe(200);
    const seen = { observedAt: new Date().toISOString(), source: '家属' };
    const report = { ...seen, kind: 'report', credibility: 1, text: `${note}${canary.phone}` };
    const camera = { ...seen, kind: 'camera', position: { lng: 103, lat: 24 }, plate: canary.vehicle };
    for (const body of [report, camera])
      expect((await look('POST', `${incident}/sightings`, body)).status).toBe(201);
    await look('POST', `${incident}/sightings`, { ...report, credibility: canary.phone });
    await look('POST', '/api/sightings/nothing/withdraw', { reason: note });
    expect((await look('GET', `${incident}/subject`)).status).toBe(200);
    expect((await ask('POST', `${incident}/close`, { outcome: note })).status).toBe(400);
    expect((await ask('POST', `${incident}/close`, { outcome: 'met', note })).status).toBe(200);
    await ask('POST', `${incident}/close`, { outcome: 'met', note });
    await signIn(server.baseUrl, canary.phone, canary.name).catch(() => undefined);

    noSecretIn(refusals.join('\n'), 'a refusal');
    noSecretIn(addresses.join('\n'), 'an address');
    noSecretIn(await (await fetch(`${server.baseUrl}/metrics`)).text(), 'the metrics');
    for (const path of ['/api/incidents', incident]) {
      const text = await (await ask('GET', path)).text();
      for (const secret of [canary.phone, canary.idNumber, account, note])
        expect(text.includes(secret), `${secret} in ${path}`).toBe(false);
      expect(text).toContain('139****0123');
    }
    await server.stop();
    expect(server.output().length).toBeGreaterThan(100);
    noSecretIn(server.output(), 'the log');
  }, 120_000);
});

const idOf = async (who: Caller): Promise<string> =>
  (await who.call<{ userId: string }>('GET', '/api/session')).userId;
