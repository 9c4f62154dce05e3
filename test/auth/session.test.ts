import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from '../../server/auth/password.ts';
import { createUser } from '../../server/services/user/create.ts';
import { type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';

const hour = 3_600_000;

describeEachDatabase('S10 sessions', makeDatabase => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp(await makeDatabase());
    const setup = { actor: { kind: 'system', name: 'setup' } } as const;
    const passwordHash = await hashPassword('right horse');
    for (const [username, role] of [
      ['li', 'operator'],
      ['bigwall', 'wall'],
      ['lock', 'operator'],
      ['race', 'operator'],
    ] as const)
      await createUser(app.deps, setup, { username, displayName: username, role, passwordHash });
  });
  afterAll(() => app.close());
  const signIn = (user: string, password = 'right horse', headers = {}) =>
    app.anonymous('POST', '/api/session', { user, password }, headers);
  const cookieOf = (headers: Headers) => headers.getSetCookie()[0]!;
  const whoAmI = (cookie: string) =>
    app.anonymous('GET', '/api/session', undefined, { cookie: cookie.split(';')[0]! });

  it('the cookie is bound to the origin, out of reach of scripts, and its token is kept as a hash', async () => {
    const { status, body, headers } = await signIn('li');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      username: 'li',
      role: 'operator',
      stationId: null,
      demo: false,
      region: null,
    });
    const cookie = cookieOf(headers);
    expect(cookie).toMatch(/^__Host-jm=[\w-]{43}; /);
    for (const attribute of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict'])
      expect(cookie).toContain(attribute);
    const { rows } = await app.database.pool.query<{ text: string }>(
      "select string_agg(s::text, ' ') as text from user_session s",
    );
    expect(rows[0]!.text).not.toContain(cookie.slice(10, 53));
    expect((await whoAmI(cookie)).body).toMatchObject({
      username: 'li',
      serverTime: new Date(app.clock.now()).toISOString(),
    });
  });

  it('S15 plain HTTP from elsewhere gets the plain cookie and a loud line in the log', async () => {
    const response = await app.app.request('http://10.1.2.3:8080/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: 'li', password: 'right horse' }),
    });
    expect(cookieOf(response.headers)).toMatch(/^jm=/);
    expect(cookieOf(response.headers)).not.toContain('Secure');
    expect(app.logLines.some(line => line.includes('INSECURE SIGN-IN'))).toBe(true);
  });

  it('signing out ends it at once, and clears the cookie', async () => {
    const heard: unknown[] = [];
    app.deps.bus.subscribe('sessionEnded', message => heard.push(message));
    const cookie = cookieOf((await signIn('li')).headers).split(';')[0]!;
    const out = await app.anonymous('DELETE', '/api/session', undefined, { cookie });
    expect(out.status).toBe(204);
    expect(cookieOf(out.headers)).toContain('Max-Age=0');
    expect((await whoAmI(cookie)).status).toBe(401);
    expect(heard).toHaveLength(1);
  });

  it('ends after four idle hours, and after sixteen in any case; use keeps it', async () => {
    const idle = cookieOf((await signIn('li')).headers);
    app.clock.advance(4 * hour - 1000);
    expect((await whoAmI(idle)).status).toBe(200);
    app.clock.advance(4 * hour - 1000);
    expect((await whoAmI(idle)).status).toBe(200);
    app.clock.advance(4 * hour);
    expect((await whoAmI(idle)).status).toBe(401);
    const busy = cookieOf((await signIn('li')).headers);
    for (let i = 0; i < 5; i++) {
      app.clock.advance(3 * hour);
      expect((await whoAmI(busy)).status).toBe(200);
    }
    app.clock.advance(hour);
    expect((await whoAmI(busy)).status).toBe(401);
  });

  it('the wall never idles out', async () => {
    const wall = cookieOf((await signIn('bigwall')).headers);
    app.clock.advance(30 * 24 * hour);
    expect((await whoAmI(wall)).status).toBe(200);
  });

  it('five failures lock a name for a quarter of an hour, known or not, and say no more than that', async () => {
    for (const user of ['lock', 'no such user']) {
      for (let i = 0; i < 5; i++) {
        const answer = await signIn(user, 'wrong');
        expect([answer.status, answer.body.error]).toEqual([
          401,
          { code: 'badCredentials', message: expect.any(String) },
        ]);
      }
      const locked = await signIn(user);
      expect([locked.status, locked.body.error.code]).toEqual([429, 'lockedOut']);
      expect(Number(locked.headers.get('retry-after'))).toBe(900);
    }
    app.clock.advance(15 * 60_000 + 1);
    expect((await signIn('lock')).status).toBe(200);
  });

  it('many guesses at once are no better than one after the other', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => signIn('race', 'wrong')));
    const statuses = answers.map(answer => answer.status);
    expect(statuses.filter(status => status === 401)).toHaveLength(5);
    expect(statuses.filter(status => status === 429)).toHaveLength(7);
  });

  it('refusals and sign-ins are audited without names', async () => {
    const { rows } = await app.database.pool.query<{ action: string; text: string }>(
      "select action, a::text as text from audit_entry a where action like 'session.%'",
    );
    expect(new Set(rows.map(row => row.action))).toEqual(
      new Set(['session.open', 'session.refuse', 'session.close']),
    );
    for (const { text } of rows) expect(text).not.toMatch(/no such user|wrong|right horse/);
  });

  it('a deactivated account is out', async () => {
    const cookie = cookieOf((await signIn('li')).headers);
    await app.database.pool.query("update app_user set active = false where username = 'li'");
    app.clock.advance(2001);
    expect((await whoAmI(cookie)).status).toBe(401);
    expect((await signIn('li')).status).toBe(401);
  });
});

describe('passwords', () => {
  it('are kept with a salt of their own, and recognised', async () => {
    const [first, second] = await Promise.all([hashPassword('密码 pass'), hashPassword('密码 pass')]);
    expect(first).not.toBe(second);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(await verifyPassword('密码 pass', first)).toBe(true);
    expect(await verifyPassword('密码 pasS', first)).toBe(false);
    await expect(verifyPassword('x', 'plain')).rejects.toThrow('expected $argon2id');
  });
});
