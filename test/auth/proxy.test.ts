import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proxyList } from '../../server/http/peer.ts';
import { type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';
import { addPerson, goodPassword } from '../builders/people.ts';

const header = 'X-SSL-Client-S-DN';
const wangsCard = 'CN=wang 123456,OU=County Bureau,C=CN';
const proxy = '10.0.0.5';

describeEachDatabase('reverse proxies', makeDatabase => {
  let app: TestApp;
  beforeAll(async () => {
    const signIn = {
      secondFactorRoles: new Set(['leader'] as const),
      certificateHeader: header,
      trustedProxies: ['10.0.0.0/24', 'fd00::/8'],
    };
    app = await testApp(await makeDatabase(), { signIn });
    const wang = await addPerson(app, 'wang', 'leader');
    const given = await app.as('admin')('PATCH', `/api/users/${wang}`, { certificate: wangsCard });
    expect(given.status).toBe(200);
    await addPerson(app, 'li', 'operator');
  });
  afterAll(() => app.close());

  /** A request as it comes out of a socket at `from`. */
  const ask = async (
    from: string,
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: unknown,
  ) => {
    const env = { incoming: { socket: { remoteAddress: from } } };
    const init = {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    };
    const response = await app.app.request(`http://map.bureau.example${path}`, init, env);
    return { status: response.status, body: await response.json(), headers: response.headers };
  };
  const signIn = (from: string, headers: Record<string, string> = {}) =>
    ask(from, 'POST', '/api/session', headers, { user: 'li', password: goodPassword });
  const lastAddress = async () => {
    const { rows } = await app.database.pool.query<{ address: string }>(
      `select address from user_session join audit_entry on resource = user_session.id
       order by audit_entry.seq desc limit 1`,
    );
    return rows[0]!.address;
  };

  it('S10 a client certificate that a trusted proxy vouches for signs its owner in, as both factors', async () => {
    const offered = await ask(proxy, 'GET', '/api/session', { [header]: wangsCard });
    expect(offered.body.error.details).toMatchObject({ certificate: true });
    const entered = await ask(proxy, 'POST', '/api/session/certificate', { [header]: wangsCard });
    expect([entered.status, entered.body]).toMatchObject([
      200,
      { username: 'wang', role: 'leader', pending: null },
    ]);
    const { rows } = await app.database.pool.query(
      "select signed_in_by from user_session where user_id = (select id from app_user where username = 'wang')",
    );
    expect(rows).toEqual([{ signed_in_by: 'certificate' }]);
    for (const stranger of ['CN=nobody', wangsCard.toLowerCase(), ''])
      expect((await ask(proxy, 'POST', '/api/session/certificate', { [header]: stranger })).status).toBe(401);
    expect((await ask(proxy, 'POST', '/api/session/certificate')).status).toBe(401);
  });

  it('S10 the same header from anybody else is refused on every route, and counted', async () => {
    const before = app.deps.metrics.render();
    for (const [from, path] of [
      ['10.0.1.5', '/api/session/certificate'],
      ['127.0.0.1', '/api/session'],
      ['::1', '/api/units'],
      ['192.168.1.1', '/healthz'],
    ] as const) {
      const method = path.endsWith('certificate') ? 'POST' : 'GET';
      const forged = await ask(from, method, path, {
        [header]: wangsCard,
        'X-Forwarded-For': proxy,
        'X-Real-IP': proxy,
      });
      expect([forged.status, forged.body.error.code], from).toEqual([403, 'untrustedProxy']);
    }
    expect(before).not.toContain('jianmian_forged_certificate_headers_total');
    expect(app.deps.metrics.render()).toContain('jianmian_forged_certificate_headers_total 4');
  });

  it('X-Forwarded-For counts from a trusted proxy alone, and only its last untrusted hop', async () => {
    for (const [from, forwarded, seen] of [
      ['203.0.113.9', '10.1.1.1', '203.0.113.9'],
      [proxy, '198.51.100.7', '198.51.100.7'],
      [proxy, '1.2.3.4, 198.51.100.7', '198.51.100.7'],
      [proxy, '198.51.100.7, 10.0.0.9', '198.51.100.7'],
      [`::ffff:${proxy}`, '::ffff:198.51.100.8', '198.51.100.8'],
      ['fd00::1', '2001:db8::7', '2001:db8::7'],
      [proxy, 'evil"; drop', proxy],
      [proxy, '', proxy],
    ] as const) {
      expect((await signIn(from, forwarded ? { 'X-Forwarded-For': forwarded } : {})).status).toBe(200);
      expect(await lastAddress(), `${from} ← ${forwarded}`).toBe(seen);
    }
  });

  it('S15 TLS at a trusted proxy makes the connection a secure one; a forged X-Forwarded-Proto does not', async () => {
    const secure = { 'X-Forwarded-Proto': 'https' };
    const through = await signIn(proxy, secure);
    expect(through.body.secure).toBe(true);
    expect(through.headers.getSetCookie()[0]).toMatch(/^__Host-jm=.*; Secure/);
    const forged = await signIn('203.0.113.9', secure);
    expect(forged.body.secure).toBe(false);
    expect(forged.headers.getSetCookie()[0]).toMatch(/^jm=/);
    expect((await ask('203.0.113.9', 'GET', '/api/session')).body.error.details).toMatchObject({
      secure: false,
    });
  });

  it('S15 passkeys are off over plain HTTP, and where there is an address instead of a name', async () => {
    const options = async (url: string, headers: Record<string, string> = {}, from = proxy) =>
      (
        await app.app.request(
          `${url}/api/session/passkey/options`,
          { method: 'POST', headers },
          { incoming: { socket: { remoteAddress: from } } },
        )
      ).status;
    expect(await options('http://map.bureau.example')).toBe(400);
    expect(await options('http://map.bureau.example', { 'X-Forwarded-Proto': 'https' })).toBe(200);
    expect(await options('http://map.bureau.example', { 'X-Forwarded-Proto': 'https' }, '203.0.113.9')).toBe(
      400,
    );
    expect(await options('http://localhost:8080')).toBe(200);
    expect(await options('https://map.bureau.example')).toBe(200);
    expect(await options('https://10.1.1.1')).toBe(400);
    expect(await options('https://[2001:db8::7]')).toBe(400);
  });

  it('sign-ins of one address are limited, those of another are not', async () => {
    const guess = (forwarded: string) =>
      ask(proxy, 'POST', '/api/session/certificate', { 'X-Forwarded-For': forwarded });
    const statuses = new Set<number>();
    for (let i = 0; i < 301; i++) statuses.add((await guess('198.51.100.99')).status);
    expect([...statuses]).toEqual([401, 429]);
    expect((await guess('198.51.100.100')).status).toBe(401);
  });
});

describe('a list of proxies', () => {
  it('holds networks exactly as far as their prefix (property)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.nat(32),
        (a, b, bits) => {
          const text = (address: number) => [24, 16, 8, 0].map(shift => (address >>> shift) & 255).join('.');
          const mask = bits === 0 ? 0 : (~0 << (32 - bits)) >>> 0;
          const same = (a & mask) >>> 0 === (b & mask) >>> 0;
          expect(proxyList([`${text(a)}/${bits}`]).check(text(b), 'ipv4')).toBe(same);
        },
      ),
    );
  });
  it.each(['proxy', '10.0.0.0/33', '10.0.0.0/x', '::1/129', '', '10.0.0.0/-1'])(
    'refuses %j and names it',
    entry => {
      expect(() => proxyList([entry])).toThrow(`'${entry}'`);
    },
  );
});
