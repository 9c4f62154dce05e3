import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { passwordFault } from '../../server/auth/password-rules.ts';
import { agentName } from '../../server/auth/agent.ts';
import { sessionEnd, sessionEnded } from '../../server/auth/lifetime.ts';
import { roles } from '#contract/incident.ts';
import { type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';
import { addPerson, Browser, goodPassword } from '../builders/people.ts';

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36';
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';

describeEachDatabase('S10 own sessions and password', makeDatabase => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp(await makeDatabase());
    for (const name of ['li', 'wang', 'one', 'time', 'swap']) await addPerson(app, name, 'operator');
    await addPerson(app, 'fresh', 'operator', { mustChangePassword: true });
  });
  afterAll(() => app.close());
  const alive = async (browser: Browser) => (await browser.ask('GET', '/api/session')).status;

  it('S10 lists where one is signed in, ends one or all others, and leaves strangers’ alone', async () => {
    const [desk, phone, home, other] = [chrome, firefox, chrome, firefox].map(
      agent => new Browser(app, { 'user-agent': agent }),
    ) as [Browser, Browser, Browser, Browser];
    for (const browser of [desk, phone, home]) await browser.signIn('li');
    await other.signIn('wang');
    const list = async (browser: Browser) =>
      (await browser.ask('GET', '/api/account')).body.sessions as {
        id: string;
        agent: string;
        current: boolean;
      }[];
    const sessions = await list(desk);
    expect(sessions.map(({ agent }) => agent).toSorted()).toEqual([
      'Chrome 120 · Windows',
      'Chrome 120 · Windows',
      'Firefox 128 · Linux',
    ]);
    expect(sessions.filter(({ current }) => current)).toHaveLength(1);
    const phones = sessions.find(({ agent }) => agent.startsWith('Firefox'))!;
    expect((await other.ask('DELETE', `/api/account/sessions/${phones.id}`)).status).toBe(404);
    expect((await desk.ask('DELETE', `/api/account/sessions/${phones.id}`)).status).toBe(204);
    expect((await desk.ask('DELETE', `/api/account/sessions/${phones.id}`)).status).toBe(404);
    expect([await alive(phone), await alive(desk), await alive(home), await alive(other)]).toEqual([
      401, 200, 200, 200,
    ]);
    expect((await desk.ask('DELETE', '/api/account/sessions')).body).toEqual({ ended: 1 });
    expect([await alive(home), await alive(desk), await alive(other)]).toEqual([401, 200, 200]);
    expect(await list(desk)).toHaveLength(1);
  });

  it('S10 a session that is ended elsewhere loses its stream within a second', async () => {
    const [desk, wall] = [new Browser(app), new Browser(app)];
    await desk.signIn('li');
    await wall.signIn('li');
    const stream = await app.app.request('/api/stream', { headers: { cookie: wall.cookie } });
    expect(stream.status).toBe(200);
    const reader = stream.body!.getReader();
    await reader.read();
    const ended = (async () => {
      while (!(await reader.read()).done) continue;
      return 'ended';
    })();
    await desk.ask('DELETE', '/api/account/sessions');
    const tooLate = new Promise(resolve => setTimeout(() => resolve('still open'), 1000));
    expect(await Promise.race([ended, tooLate])).toBe('ended');
    expect((await app.app.request('/api/stream', { headers: { cookie: wall.cookie } })).status).toBe(401);
  });

  it('S10 another password ends the other sessions and changes this one’s token', async () => {
    const [desk, home] = [new Browser(app), new Browser(app)];
    await desk.signIn('wang');
    await home.signIn('wang');
    const before = desk.cookie;
    const change = (current: string, next: string) =>
      desk.ask('PUT', '/api/account/password', { current, next });
    expect((await change('wrong wrong wrong', 'quiet green hills')).body.error.code).toBe('wrongPassword');
    for (const [next, fault] of [
      ['short', 'short'],
      ['Password2026!', 'common'],
      ['wang wang wang 7', 'username'],
      [goodPassword, 'same'],
    ] as const) {
      const { status, body } = await change(goodPassword, next);
      expect([status, body.error.code, body.error.details], next).toEqual([400, 'weakPassword', { fault }]);
    }
    expect(await alive(home)).toBe(200);
    expect((await change(goodPassword, 'quiet green hills')).status).toBe(204);
    expect(desk.cookie).not.toBe(before);
    expect([await alive(desk), await alive(home)]).toEqual([200, 401]);
    expect((await app.anonymous('GET', '/api/session', undefined, { cookie: before })).status).toBe(401);
    expect((await new Browser(app).signIn('wang')).status).toBe(401);
    expect((await new Browser(app).signIn('wang', { password: 'quiet green hills' })).status).toBe(200);
    const { rows } = await app.database.pool.query<{ text: string }>(
      `select concat((select string_agg(a::text, ' ') from audit_entry a),
         (select string_agg(i::text, ' ') from idempotency_key i)) as text`,
    );
    expect(rows[0]!.text).not.toMatch(/quiet|ponds|argon/);
  });

  it('S10 the browser’s old session ends when it signs in anew', async () => {
    const desk = new Browser(app);
    await desk.signIn('swap');
    const before = desk.cookie;
    await desk.signIn('swap');
    expect(desk.cookie).not.toBe(before);
    expect((await app.anonymous('GET', '/api/session', undefined, { cookie: before })).status).toBe(401);
    expect((await desk.ask('GET', '/api/account')).body.sessions).toHaveLength(1);
  });

  it('S11 a password that somebody else knows is good for choosing another, and nothing else', async () => {
    const desk = new Browser(app);
    expect((await desk.signIn('fresh')).body.pending).toBe('password');
    expect((await desk.ask('GET', '/api/units')).body.error.code).toBe('accountIncomplete');
    expect((await desk.ask('GET', '/api/stream')).status).toBe(403);
    await desk.ask('PUT', '/api/account/password', { current: goodPassword, next: 'quiet green hills' });
    expect((await desk.ask('GET', '/api/session')).body.pending).toBeNull();
    expect((await desk.ask('GET', '/api/units')).status).toBe(200);
    expect(
      (await new Browser(app).signIn('fresh', { password: 'quiet green hills' })).body.pending,
    ).toBeNull();
  });
});

describe('S10 rules', () => {
  it('the wall never idles out, an office does after an hour, a crew not within half a shift', () => {
    const hour = 3_600_000;
    const idleHours = (role: (typeof roles)[number]) => {
      const expiresAt = sessionEnd(role, 0);
      for (let hours = 1; hours * hour < expiresAt; hours++)
        if (sessionEnded(role, { lastSeenAt: 0, expiresAt }, hours * hour)) return hours;
      return null;
    };
    expect(Object.fromEntries(roles.map(role => [role, idleHours(role)]))).toEqual({
      wall: null,
      operator: 4,
      leader: 4,
      trace: 4,
      station: 4,
      field: 12,
      analyst: 4,
      auditor: 1,
      admin: 1,
    });
    for (const role of roles) {
      const expiresAt = sessionEnd(role, 0);
      expect(sessionEnded(role, { lastSeenAt: expiresAt - 1, expiresAt }, expiresAt), role).toBe(true);
    }
  });

  it.each([
    ['correct horse battery', undefined],
    ['松林 seven 水塘 brown', undefined],
    ['kR7#vq2Lw9!x', undefined],
    ['elevenchars', 'short'],
    ['密码密码密码', 'short'],
    ['123456789012', 'common'],
    ['1q2w3e4r5t6y', 'common'],
    ['abcabcabcabc', 'common'],
    ['qwertyuiopas', 'common'],
    ['P@ssw0rd20261', 'common'],
    ['admin!!!!2026', 'common'],
    ['GongAnJu110110', 'common'],
    ['passwordpassword', 'common'],
    ['zhang.wei-2026-a', 'username'],
  ])('a password such as %j: %s', (password, fault) => {
    expect(passwordFault(password, { username: 'zhang.wei' })).toBe(fault);
  });

  it('a browser is named in a few words', () => {
    expect(agentName(chrome)).toBe('Chrome 120 · Windows');
    expect(agentName(`${chrome} Edg/121.0.0.0`)).toBe('Edge 121 · Windows');
    expect(
      agentName(
        'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 Version/17.0 Mobile/15E148 Safari/604.1',
      ),
    ).toBe('Safari 17 · iOS');
    expect(agentName('curl/8.5.0')).toBe('curl');
    expect(agentName(undefined)).toBeNull();
  });
});
