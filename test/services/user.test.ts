import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Role } from '#contract/incident.ts';
import { type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';
import { addPerson, Browser, goodPassword } from '../builders/people.ts';

describeEachDatabase('accounts', makeDatabase => {
  let app: TestApp;
  beforeAll(async () => {
    const signIn = { secondFactorRoles: new Set<Role>(['trace']), trustedProxies: [] };
    app = await testApp(await makeDatabase(), { signIn });
  });
  afterAll(() => app.close());
  const account = { username: 'wang', displayName: '王某', role: 'station', stationId: 'st-west' };
  const admin: TestApp['anonymous'] = (...request) => app.as('admin')(...request);
  const codeOf = (answer: { status: number; body: { error?: { code: string } } }) => [
    answer.status,
    answer.body.error?.code,
  ];
  const audited = async (userId: string) => {
    const { rows } = await app.database.pool.query<{ action: string }>(
      'select action from audit_entry where resource = $1 order by seq',
      [`user:${userId}`],
    );
    return rows.map(({ action }) => action);
  };

  it('are made by administrators alone, once a name, at stations that exist', async () => {
    const add = (body: object, role: 'admin' | 'leader' = 'admin') =>
      app.as(role)('POST', '/api/users', body);
    expect((await add(account, 'leader')).status).toBe(403);
    expect((await add({ ...account, stationId: 'nowhere' })).status).toBe(400);
    expect(codeOf(await add({ ...account, password: 'password1234' }))).toEqual([400, 'weakPassword']);
    const { status, body } = await add(account);
    expect([status, body]).toEqual([
      201,
      { userId: expect.any(String), password: expect.stringMatching(/^[\w-]{20}$/) },
    ]);
    expect((await add(account)).status).toBe(409);
    const desk = new Browser(app);
    expect((await desk.signIn('wang', { password: body.password })).body).toMatchObject({
      username: 'wang',
      role: 'station',
      stationId: 'st-west',
      pending: 'password',
    });
    const { items } = (await app.as('leader')('GET', '/api/users')).body;
    expect(items).toContainEqual(expect.objectContaining({ username: 'wang', displayName: '王某' }));
    expect(JSON.stringify(items)).not.toMatch(/argon|password/i);
    const { rows } = await app.database.pool.query<{ text: string }>(
      "select string_agg(a::text, ' ') as text from audit_entry a where action = 'user.create'",
    );
    expect(rows[0]!.text).not.toMatch(/wang|王某/);
  });

  it('S10 a password that the administrator chose must be changed too, but not at a wall', async () => {
    for (const [role, pending] of [
      ['operator', 'password'],
      ['wall', null],
    ] as const) {
      const username = `chosen-${role}`;
      const made = await admin('POST', '/api/users', {
        username,
        displayName: 'x',
        role,
        password: goodPassword,
      });
      expect(made.body.password).toBeNull();
      expect((await new Browser(app).signIn(username)).body.pending).toBe(pending);
    }
  });

  it('S10 disabling ends sessions and streams at once; enabling lets in again', async () => {
    const id = await addPerson(app, 'off', 'operator');
    const desk = new Browser(app);
    await desk.signIn('off');
    const stream = await app.app.request('/api/stream', { headers: { cookie: desk.cookie } });
    const reader = stream.body!.getReader();
    await reader.read();
    expect((await admin('PATCH', `/api/users/${id}`, { active: false })).status).toBe(200);
    expect((await desk.ask('GET', '/api/units')).status).toBe(401);
    for (let done = false; !done; ) ({ done } = await reader.read());
    expect((await desk.signIn('off')).status).toBe(401);
    await admin('PATCH', `/api/users/${id}`, { active: true });
    expect((await desk.signIn('off')).status).toBe(200);
    expect(await audited(id)).toEqual(['user.create', 'user.disable', 'user.enable']);
  });

  it('another role ends sessions, another name does not', async () => {
    const id = await addPerson(app, 'moves', 'operator');
    const desk = new Browser(app);
    await desk.signIn('moves');
    await admin('PATCH', `/api/users/${id}`, { displayName: '新名' });
    expect((await desk.ask('GET', '/api/session')).status).toBe(200);
    expect(codeOf(await admin('PATCH', `/api/users/${id}`, { role: 'field' }))).toEqual([400, 'invalidBody']);
    await admin('PATCH', `/api/users/${id}`, { role: 'field', stationId: 'st-east' });
    expect((await desk.ask('GET', '/api/session')).status).toBe(401);
    expect((await desk.signIn('moves')).body).toMatchObject({ role: 'field', stationId: 'st-east' });
    expect((await admin('PATCH', '/api/users/nobody', { displayName: 'x' })).status).toBe(404);
    expect((await admin('PATCH', `/api/users/${id}`, {})).status).toBe(400);
  });

  it('nobody changes his own role or state, and the last administrator stays', async () => {
    const second = await addPerson(app, 'second', 'admin');
    const other = new Browser(app);
    await other.signIn('second');
    for (const patch of [{ role: 'leader' }, { active: false }, { certificate: 'CN=admin' }])
      expect(codeOf(await admin('PATCH', '/api/users/admin', patch)), JSON.stringify(patch)).toEqual([
        409,
        'conflict',
      ]);
    expect(codeOf(await admin('POST', '/api/users/admin/reset-password'))).toEqual([409, 'conflict']);
    expect(codeOf(await admin('POST', '/api/users/admin/reset-second-factor'))).toEqual([409, 'conflict']);
    const [mine, his] = await Promise.all([
      admin('PATCH', `/api/users/${second}`, { role: 'operator' }),
      other.ask('PATCH', '/api/users/admin', { active: false }),
    ]);
    const { rows } = await app.database.pool.query<{ count: string }>(
      "select count(*) from app_user where role = 'admin' and active",
    );
    expect(Number(rows[0]!.count)).toBe(1);
    expect([mine.status, his.status]).toContain(200);
    await app.database.pool.query("update app_user set active = true, role = 'admin' where id = 'admin'");
    const token = app.credentials('admin');
    await app.database.pool.query("update user_session set revoked_at = null where user_id = 'admin'");
    app.clock.advance(2001);
    expect((await app.anonymous('GET', '/api/accounts', undefined, token)).status).toBe(200);
  });

  it('S10 a reset password is for one use, ends sessions, and keeps the second factor', async () => {
    const id = await addPerson(app, 'forgets', 'trace');
    const desk = new Browser(app);
    await desk.signIn('forgets');
    const { phone } = await desk.enrol();
    const { body } = await admin('POST', `/api/users/${id}/reset-password`);
    expect((await desk.ask('GET', '/api/session')).status).toBe(401);
    expect((await desk.signIn('forgets')).status).toBe(401);
    const needed = await desk.signIn('forgets', { password: body.password });
    expect(codeOf(needed)).toEqual([401, 'secondFactorNeeded']);

    // Who gave out the password must not take the second factor away too.
    const both = await admin('POST', `/api/users/${id}/reset-second-factor`);
    expect([...codeOf(both), both.body.error.details]).toEqual([
      409,
      'conflict',
      { by: 'sameAdministrator' },
    ]);
    expect((await admin('PATCH', `/api/users/${id}`, { certificate: 'CN=mine' })).status).toBe(409);

    app.clock.advance(30_000);
    const entered = await desk.signIn('forgets', { password: body.password, otp: phone.code() });
    expect(entered.body.pending).toBe('password');
    await desk.ask('PUT', '/api/account/password', { current: body.password, next: goodPassword });
    expect((await desk.ask('GET', '/api/session')).body.pending).toBeNull();
    expect((await admin('POST', `/api/users/${id}/reset-second-factor`)).status).toBe(204);
    expect((await desk.ask('GET', '/api/session')).status).toBe(401);
    expect((await admin('POST', `/api/users/${id}/reset-password`)).status).toBe(409);
    expect((await desk.signIn('forgets')).body.pending).toBe('secondFactor');
    expect(await audited(id)).toEqual([
      'user.create',
      'account.addTotp',
      'user.resetPassword',
      'session.refuse',
      'account.changePassword',
      'user.resetSecondFactor',
    ]);
  });

  it('S10 an administrator sees where a user is signed in, ends it, and unlocks his name', async () => {
    const id = await addPerson(app, 'busy', 'operator');
    const [one, two] = [new Browser(app), new Browser(app)];
    await one.signIn('busy');
    await two.signIn('busy');
    const { items } = (await admin('GET', `/api/users/${id}/sessions`)).body;
    expect(items).toHaveLength(2);
    expect((await admin('DELETE', `/api/users/${id}/sessions/${items[0].id}`)).status).toBe(204);
    expect((await admin('DELETE', `/api/users/leader/sessions/${items[1].id}`)).status).toBe(404);
    expect((await admin('DELETE', `/api/users/${id}/sessions`)).body).toEqual({ ended: 1 });
    expect((await one.ask('GET', '/api/session')).status).toBe(401);
    for (let i = 0; i < 5; i++) await one.signIn('busy', { password: 'wrong' });
    expect((await one.signIn('busy')).status).toBe(429);
    const row = async () =>
      (await admin('GET', '/api/accounts')).body.items.find((item: { id: string }) => item.id === id);
    const until = new Date(app.clock.now() + 15 * 60_000).toISOString();
    expect(await row()).toMatchObject({
      lockedUntil: until,
      sessions: 0,
      totp: false,
      mustChangePassword: false,
    });
    expect((await admin('POST', `/api/users/${id}/unlock`)).status).toBe(204);
    expect((await row()).lockedUntil).toBeNull();
    expect((await one.signIn('busy')).status).toBe(200);
    expect((await row()).sessions).toBe(1);
  });

  it('S11 only an administrator manages accounts', async () => {
    for (const role of ['leader', 'auditor', 'operator', 'wall'] as const) {
      expect((await app.as(role)('GET', '/api/accounts')).status, role).toBe(403);
      expect((await app.as(role)('PATCH', '/api/users/field', { role: 'admin' })).status, role).toBe(403);
    }
  });
});
