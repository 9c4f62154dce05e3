import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Role } from '#contract/incident.ts';
import { type TestApp, testApp } from '../builders/app.ts';
import { type Lies, SoftwareKey } from '../builders/authenticator.ts';
import { describeEachDatabase } from '../builders/database.ts';
import { addPerson, Browser, goodPassword } from '../builders/people.ts';

const origin = 'http://localhost';

describeEachDatabase('S10 passkeys', makeDatabase => {
  let app: TestApp;
  let desk: Browser;
  let key: SoftwareKey;
  beforeAll(async () => {
    const signIn = { secondFactorRoles: new Set<Role>(['leader']), trustedProxies: [] };
    app = await testApp(await makeDatabase(), { signIn });
    for (const [name, role] of [
      ['boss', 'leader'],
      ['li', 'operator'],
      ['thief', 'operator'],
    ] as const)
      await addPerson(app, name, role);
    desk = new Browser(app);
    key = new SoftwareKey(origin);
    await desk.signIn('boss');
  });
  afterAll(() => app.close());

  const options = async (browser: Browser) =>
    (await browser.ask('POST', '/api/account/passkeys/options', { password: goodPassword })).body;
  const add = async (browser: Browser, made: SoftwareKey, lies: Lies = {}, given?: { challenge: string }) => {
    const response = made.create(given ?? (await options(browser)), lies);
    return browser.ask('POST', '/api/account/passkeys', { name: '值班台', response });
  };
  const signInWith = async (made: SoftwareKey, lies: Lies = {}, given?: { challenge: string }) => {
    const browser = new Browser(app);
    const asked = given ?? (await browser.ask('POST', '/api/session/passkey/options')).body;
    const answer = await browser.ask('POST', '/api/session/passkey', { response: made.get(asked, lies) });
    return { ...answer, browser };
  };
  const refusedTimes = async () => {
    const { rows } = await app.database.pool.query<{ count: string }>(
      "select count(*) from audit_entry where action = 'session.refuse' and detail->>'what' = 'passkey'",
    );
    return Number(rows[0]!.count);
  };

  it('S10 one enrolled passkey frees a role that must have a second factor, and brings recovery codes', async () => {
    expect((await desk.ask('GET', '/api/session')).body.pending).toBe('secondFactor');
    const asked = await options(desk);
    expect(asked).toMatchObject({
      rp: { id: 'localhost' },
      authenticatorSelection: { userVerification: 'required', residentKey: 'required' },
      attestation: 'none',
    });
    const added = await add(desk, key, {}, asked);
    expect([added.status, added.body.recoveryCodes?.length]).toEqual([200, 10]);
    expect((await desk.ask('GET', '/api/session')).body.pending).toBeNull();
    expect((await desk.ask('GET', '/api/account')).body.passkeys).toMatchObject([
      { id: key.id, name: '值班台' },
    ]);
  });

  it('S10 a passkey alone signs in; the password alone no longer does', async () => {
    const { status, body, browser } = await signInWith(key);
    expect([status, body]).toMatchObject([200, { username: 'boss', pending: null }]);
    const { sessions, passkeys } = (await browser.ask('GET', '/api/account')).body;
    expect(sessions.find((session: { current: boolean }) => session.current).signedInBy).toBe('passkey');
    expect(passkeys[0].lastUsedAt).toBe(new Date(app.clock.now()).toISOString());
    const byPassword = await new Browser(app).signIn('boss');
    expect([byPassword.status, byPassword.body.error.code]).toEqual([401, 'secondFactorNeeded']);
    expect(byPassword.body.error.details).toEqual({ methods: ['passkey', 'recoveryCode'] });
    expect((await new Browser(app).signIn('boss', { otp: '123456' })).body.error.code).toBe(
      'badSecondFactor',
    );
  });

  it.each<[string, Lies]>([
    ['made for another site', { origin: 'https://evil.example' }],
    ['of another site’s key', { rpId: 'evil.example' }],
    ['to a challenge of somebody’s own', { challenge: 'A'.repeat(43) }],
    ['that did not see its owner', { userVerified: false }],
    ['with another signature', { tampered: true }],
    ['of a copied key, whose counter stands still', { counter: 1 }],
  ])('S10 an answer %s is refused, and audited', async (_, lies) => {
    const before = await refusedTimes();
    const { status, body, headers } = await signInWith(key, lies);
    expect([status, body.error.code]).toEqual([401, 'badPasskey']);
    expect(headers.getSetCookie()).toEqual([]);
    expect(await refusedTimes()).toBe(before + 1);
  });

  it.each<[string, Lies]>([
    ['made for another site', { origin: 'https://evil.example' }],
    ['bound to another site', { rpId: 'evil.example' }],
    ['to a challenge of somebody’s own', { challenge: 'A'.repeat(43) }],
    ['that did not see its owner', { userVerified: false }],
  ])('S10 a new passkey %s is refused', async (_, lies) => {
    const { status, body } = await add(desk, new SoftwareKey(origin), lies);
    expect([status, body.error.code]).toEqual([401, 'badPasskey']);
  });

  it('S10 a challenge is answered once, within two minutes, by whom it was given to', async () => {
    const asked = (await new Browser(app).ask('POST', '/api/session/passkey/options')).body;
    expect((await signInWith(key, {}, asked)).status).toBe(200);
    expect((await signInWith(key, {}, asked)).status).toBe(401);
    const late = (await new Browser(app).ask('POST', '/api/session/passkey/options')).body;
    app.clock.advance(120_000);
    expect((await signInWith(key, {}, late)).status).toBe(401);
    const thief = new Browser(app);
    await thief.signIn('thief');
    const bosses = await options(desk);
    expect((await add(thief, new SoftwareKey(origin), {}, bosses)).status).toBe(401);
    expect((await signInWith(key, {}, await options(desk))).status).toBe(401);
  });

  it('S10 nobody takes a key over, renames or removes another’s', async () => {
    const thief = new Browser(app);
    await thief.signIn('thief');
    expect((await add(thief, key)).status).toBe(409);
    expect((await thief.ask('PATCH', `/api/account/passkeys/${key.id}`, { name: 'mine' })).status).toBe(404);
    const stolen = await thief.ask('POST', `/api/account/passkeys/${key.id}/remove`, {
      password: goodPassword,
    });
    expect(stolen.status).toBe(404);
    expect((await signInWith(new SoftwareKey(origin))).status).toBe(401);
  });

  it('S10 several are held, named and removed; the last stays where a role must have one', async () => {
    const second = new SoftwareKey(origin);
    const added = await add(desk, second);
    expect([added.status, added.body.recoveryCodes]).toEqual([200, null]);
    expect((await desk.ask('PATCH', `/api/account/passkeys/${second.id}`, { name: '备用' })).status).toBe(
      204,
    );
    expect((await signInWith(second)).status).toBe(200);
    const remove = (id: string) =>
      desk.ask('POST', `/api/account/passkeys/${id}/remove`, { password: goodPassword });
    expect((await remove(key.id)).status).toBe(204);
    expect((await signInWith(key)).status).toBe(401);
    expect((await remove(second.id)).status).toBe(409);
    expect((await desk.ask('GET', '/api/account')).body.passkeys).toMatchObject([
      { id: second.id, name: '备用' },
    ]);
  });

  it('S10 a disabled account’s passkey signs nobody in', async () => {
    const browser = new Browser(app);
    await browser.signIn('li');
    const own = new SoftwareKey(origin);
    expect((await add(browser, own)).status).toBe(200);
    await app.database.pool.query("update app_user set active = false where username = 'li'");
    expect((await signInWith(own)).body.error.code).toBe('badPasskey');
  });
});
