import { TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '#contract/incident.ts';
import { newRecoveryCodes, recoveryCodeHash } from '../../server/auth/recovery-codes.ts';
import { seal, unseal } from '../../server/auth/seal.ts';
import { totpStep } from '../../server/auth/totp.ts';
import { type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';
import { addPerson, Browser, goodPassword } from '../builders/people.ts';

const step = 30_000;

describeEachDatabase('S10 second factor', makeDatabase => {
  let app: TestApp;
  beforeAll(async () => {
    const signIn = { secondFactorRoles: new Set<Role>(['leader', 'trace']), trustedProxies: [] };
    app = await testApp(await makeDatabase(), { signIn });
    for (const [name, role] of [
      ['li', 'operator'],
      ['guess', 'operator'],
      ['paper', 'operator'],
      ['boss', 'leader'],
      ['lost', 'operator'],
    ] as const)
      await addPerson(app, name, role);
  });
  afterAll(() => app.close());
  const code = (answer: { status: number; body: { error?: { code: string } } }) => [
    answer.status,
    answer.body.error?.code,
  ];

  it('S10 asks for a code once the password was right, and for nothing before', async () => {
    const desk = new Browser(app);
    await desk.signIn('li');
    const { phone } = await desk.enrol();
    const later = new Browser(app);
    expect(code(await later.signIn('li', { password: 'wrong wrong wrong' }))).toEqual([
      401,
      'badCredentials',
    ]);
    const asked = await later.signIn('li');
    expect(code(asked)).toEqual([401, 'secondFactorNeeded']);
    expect(asked.body.error.details).toEqual({ methods: ['otp', 'recoveryCode'] });
    expect(asked.headers.getSetCookie()).toEqual([]);
    app.clock.advance(step);
    expect((await later.signIn('li', { otp: phone.code() })).status).toBe(200);
    const account = (await later.ask('GET', '/api/account')).body;
    expect(account).toMatchObject({ recoveryCodesLeft: 10, passkeys: [], secondFactorRequired: false });
    expect(account.sessions.map((session: { signedInBy: string }) => session.signedInBy)).toContain('otp');
  });

  it('S10 a code is good once, and within a step of its time', async () => {
    const desk = new Browser(app);
    await desk.signIn('boss');
    const { phone } = await desk.enrol();
    app.clock.advance(step);
    const used = phone.code();
    expect((await new Browser(app).signIn('boss', { otp: used })).status).toBe(200);
    expect(code(await new Browser(app).signIn('boss', { otp: used }))).toEqual([401, 'badSecondFactor']);
    app.clock.advance(step);
    expect(code(await new Browser(app).signIn('boss', { otp: used }))).toEqual([401, 'badSecondFactor']);
    expect((await new Browser(app).signIn('boss', { otp: phone.code(step) })).status).toBe(200);
    expect(code(await new Browser(app).signIn('boss', { otp: phone.code() }))).toEqual([
      401,
      'badSecondFactor',
    ]);
    app.clock.advance(16 * 60_000);
    expect(code(await new Browser(app).signIn('boss', { otp: phone.code(-2 * step) }))[1]).toBe(
      'badSecondFactor',
    );
    expect(code(await new Browser(app).signIn('boss', { otp: phone.code(2 * step) }))[1]).toBe(
      'badSecondFactor',
    );
    expect((await new Browser(app).signIn('boss', { otp: phone.code(-step) })).status).toBe(200);
  });

  it('S10 the same code many times at once comes in once', async () => {
    const desk = new Browser(app);
    await addPerson(app, 'twins', 'operator');
    await desk.signIn('twins');
    const { phone } = await desk.enrol();
    app.clock.advance(step);
    const otp = phone.code();
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => new Browser(app).signIn('twins', { otp })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('S10 guessing codes locks the name; a right password in between gives no new guesses', async () => {
    const desk = new Browser(app);
    await desk.signIn('guess');
    await desk.enrol();
    const codes: unknown[] = [];
    for (let i = 0; i < 5; i++) {
      codes.push(code(await desk.signIn('guess'))[1]);
      codes.push(code(await desk.signIn('guess', { otp: '000000' }))[1]);
    }
    expect(codes).toEqual(Array.from({ length: 5 }, () => ['secondFactorNeeded', 'badSecondFactor']).flat());
    expect(code(await desk.signIn('guess'))).toEqual([429, 'lockedOut']);
  });

  it('S10 recovery codes stand in for the phone, each once, however they are typed', async () => {
    const desk = new Browser(app);
    await desk.signIn('paper');
    const { recoveryCodes } = await desk.enrol();
    expect(new Set(recoveryCodes).size).toBe(10);
    const [first, second] = recoveryCodes as [string, string];
    const typed = first.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O').replaceAll('1', 'I');
    expect((await new Browser(app).signIn('paper', { otp: typed })).status).toBe(200);
    expect(code(await new Browser(app).signIn('paper', { otp: first }))[1]).toBe('badSecondFactor');
    expect((await desk.ask('GET', '/api/account')).body.recoveryCodesLeft).toBe(9);
    const { body } = await desk.ask('POST', '/api/account/recovery-codes', { password: goodPassword });
    expect(body.recoveryCodes).toHaveLength(10);
    expect(code(await new Browser(app).signIn('paper', { otp: second }))[1]).toBe('badSecondFactor');
    expect((await new Browser(app).signIn('paper', { otp: body.recoveryCodes[0] })).status).toBe(200);
    const { rows } = await app.database.pool.query<{ text: string }>(
      `select concat((select string_agg(r::text, ' ') from recovery_code r),
         (select string_agg(t::text, ' ') from user_totp t), (select string_agg(i::text, ' ') from idempotency_key i),
         (select string_agg(a::text, ' ') from audit_entry a)) as text`,
    );
    for (const recovery of [...recoveryCodes, ...body.recoveryCodes]) {
      expect(rows[0]!.text).not.toContain(recovery);
      expect(rows[0]!.text).not.toContain(Buffer.from(recovery.replaceAll('-', '')).toString('hex'));
    }
  });

  it('S10 the secret is sealed at rest', async () => {
    const desk = new Browser(app);
    await addPerson(app, 'sealed', 'operator');
    await desk.signIn('sealed');
    const { body } = await desk.ask('POST', '/api/account/totp', { password: goodPassword });
    const { rows } = await app.database.pool.query<{ text: string }>(
      "select string_agg(t::text, ' ') as text from user_totp t",
    );
    const plain = new TOTP({ secret: body.secret }).secret;
    expect(rows[0]!.text).not.toContain(body.secret);
    expect(rows[0]!.text).not.toContain(plain.hex.toLowerCase());
    expect(body.uri).toMatch(/^otpauth:\/\/totp\/.*sealed\?.*secret=/);
  });

  it('S10 changing how one comes in takes the password; wrong ones count', async () => {
    const desk = new Browser(app);
    await addPerson(app, 'open', 'operator');
    await desk.signIn('open');
    for (const path of ['totp', 'totp/remove', 'recovery-codes', 'passkeys/options', 'passkeys/x/remove']) {
      const answer = await desk.ask('POST', `/api/account/${path}`, { password: 'wrong wrong wrong' });
      expect(code(answer), path).toEqual([403, 'wrongPassword']);
    }
    expect(code(await desk.ask('POST', '/api/account/totp', { password: goodPassword }))[1]).toBe(
      'lockedOut',
    );
    expect((await desk.ask('GET', '/api/session')).status).toBe(200);
  });

  it('S10 a role that must have one can do nothing but enrol, and then everything', async () => {
    const desk = new Browser(app);
    await addPerson(app, 'newboss', 'leader');
    const { body } = await desk.signIn('newboss');
    expect(body.pending).toBe('secondFactor');
    for (const [method, path] of [
      ['GET', '/api/units'],
      ['GET', '/api/incidents'],
      ['GET', '/api/stream'],
      ['POST', '/api/devices'],
      ['GET', '/api/users'],
    ] as const) {
      const refused = await desk.ask(method, path);
      expect(code(refused), path).toEqual([403, 'accountIncomplete']);
      expect(refused.body.error.details).toEqual({ pending: 'secondFactor' });
    }
    const before = desk.cookie;
    await desk.enrol();
    expect(desk.cookie).not.toBe(before);
    expect((await desk.ask('GET', '/api/session')).body.pending).toBeNull();
    expect((await desk.ask('GET', '/api/units')).status).toBe(200);
    expect((await app.anonymous('GET', '/api/session', undefined, { cookie: before })).status).toBe(401);
    const kept = await desk.ask('POST', '/api/account/totp/remove', { password: goodPassword });
    expect(code(kept)).toEqual([409, 'conflict']);
    expect((await desk.ask('GET', '/api/account')).body.totpSince).not.toBeNull();
  });

  it('S10 a second app replaces the first only after that was removed', async () => {
    const desk = new Browser(app);
    await desk.signIn('lost');
    await desk.enrol();
    const again = await desk.ask('POST', '/api/account/totp', { password: goodPassword });
    expect(code(again)).toEqual([409, 'conflict']);
    expect((await desk.ask('POST', '/api/account/totp/remove', { password: goodPassword })).status).toBe(204);
    expect((await new Browser(app).signIn('lost')).status).toBe(200);
    const { rows } = await app.database.pool.query(
      "select 1 from recovery_code where user_id = (select id from app_user where username = 'lost')",
    );
    expect(rows).toEqual([]);
  });
});

describe('S10 the parts of it', () => {
  it('a sealed secret opens under its key for its owner alone, and only unaltered', () => {
    const key = new Uint8Array(32).fill(3);
    const sealed = seal(key, new Uint8Array([1, 2, 3]), 'totp:u-1', new Uint8Array(12).fill(9));
    expect(unseal(key, sealed, 'totp:u-1')).toEqual(new Uint8Array([1, 2, 3]));
    expect(() => unseal(key, sealed, 'totp:u-2')).toThrow();
    expect(() => unseal(new Uint8Array(32).fill(4), sealed, 'totp:u-1')).toThrow();
    for (let i = 0; i < sealed.length; i++) {
      const altered = Uint8Array.from(sealed);
      altered[i]! ^= 1;
      expect(() => unseal(key, altered, 'totp:u-1'), `byte ${i}`).toThrow();
    }
  });

  it('codes are those of RFC 6238', () => {
    const secret = new Uint8Array(Buffer.from('12345678901234567890'));
    for (const [seconds, digits] of [
      [59, '94287082'],
      [1111111109, '07081804'],
      [1234567890, '89005924'],
      [2000000000, '69279037'],
    ] as const) {
      const six = digits.slice(2);
      expect(totpStep(secret, six, seconds * 1000)).toBe(Math.floor(seconds / 30));
      expect(totpStep(secret, `${six.slice(0, 3)} ${six.slice(3)}`, seconds * 1000)).toBe(
        Math.floor(seconds / 30),
      );
      expect(totpStep(secret, six, seconds * 1000 + 90_000)).toBeUndefined();
    }
    for (const wrong of ['', '12345', '1234567', 'abcdef', '９４２８７０']) {
      expect(totpStep(secret, wrong, 59_000), wrong).toBeUndefined();
    }
  });

  it('recovery codes hold all the randomness they are given', () => {
    let next = 0;
    const codes = newRecoveryCodes(count => Uint8Array.from({ length: count }, () => next++));
    expect(codes).toHaveLength(10);
    expect(codes[0]).toBe('000g-40r4-0m30-e209');
    expect(
      Buffer.compare(recoveryCodeHash('000g-40r4-0m30-e209'), recoveryCodeHash('OOOG 4Or4 OM3O E2O9')),
    ).toBe(0);
  });
});
