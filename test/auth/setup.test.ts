import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { roles } from '#contract/incident.ts';
import { ConfigError, helpText, readConfig } from '../../server/config.ts';
import { ensureSecret } from '../../server/services/secret/ensure.ts';
import { createDemoAccounts, createFirstAdministrator } from '../../server/setup/accounts.ts';
import { DemoRefused, decideDemo } from '../../server/setup/demo.ts';
import { type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';

describe('configuration', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toEqual({
      port: 8080,
      host: '127.0.0.1',
      dataDir: './data',
      databaseUrl: undefined,
      demo: undefined,
      tls: undefined,
      trustedProxies: [],
      certificateHeader: undefined,
      secondFactorRoles: ['leader', 'trace', 'auditor', 'admin'],
      logLevel: 'info',
      valhallaUrl: undefined,
      demoHistoryDays: 0,
      notBuilt: [],
    });
    expect(readConfig({ PORT: '0', DEMO: '0', LOG_LEVEL: '' })).toMatchObject({
      port: 0,
      demo: false,
      logLevel: 'info',
    });
  });
  it.each([
    [{ PORT: 'http' }, /PORT/],
    [{ PORT: '70000' }, /PORT/],
    [{ DATABASE_URL: 'mysql://x' }, /DATABASE_URL.*postgres:/],
    [{ DEMO: 'yes' }, /DEMO/],
    [{ TLS_CERT: 'a.pem' }, /TLS_CERT and TLS_KEY/],
    [{ DEMO: '1', DATABASE_URL: 'postgres://x' }, /DEMO/],
    [{ VALHALLA_URL: 'localhost:8002' }, /VALHALLA_URL.*http:/],
    [{ TRUSTED_PROXIES: '10.0.0.0/8,proxy' }, /TRUSTED_PROXIES.*'proxy'.*10\.0\.0\.0\/8/],
    [{ TRUSTED_PROXIES: '10.0.0.0/33' }, /TRUSTED_PROXIES/],
    [{ CLIENT_CERT_HEADER: 'X-Cert' }, /CLIENT_CERT_HEADER.*TRUSTED_PROXIES/],
    [{ CLIENT_CERT_HEADER: 'X Cert', TRUSTED_PROXIES: '::1' }, /CLIENT_CERT_HEADER.*header/],
    [{ SECOND_FACTOR_ROLES: 'leader,boss' }, /SECOND_FACTOR_ROLES/],
  ])('refuses %j and names it', (environment, message) => {
    expect(() => readConfig(environment)).toThrow(ConfigError);
    expect(() => readConfig(environment)).toThrow(message);
  });
  it('names what is set but not built, and masks secrets in the help', () => {
    const environment = {
      NATS_URL: 'nats://u:hunter-2-word@h',
      WMTS_URL: 'x',
      DATABASE_URL: 'postgres://u:hunter-2-word@h/d',
      PORT: '9000',
    };
    expect(readConfig(environment).notBuilt).toEqual(['NATS_URL', 'WMTS_URL']);
    const help = helpText(environment);
    expect(help).not.toContain('hunter-2-word');
    expect(help).toContain('[now: 9000]');
    for (const name of [
      'PORT',
      'HOST',
      'DATA_DIR',
      'DATABASE_URL',
      'NATS_URL',
      'DEMO',
      'JT808_PORT',
      'COT_PORT',
      'VALHALLA_URL',
      'TLS_CERT',
      'TLS_KEY',
      'TRUSTED_PROXIES',
      'CLIENT_CERT_HEADER',
      'SECOND_FACTOR_ROLES',
      'WMTS_URL',
      'LOG_LEVEL',
    ])
      expect(help).toContain(name);
  });
});

describe('S11 demo mode', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'jianmian-demo-'));
  });
  afterEach(() => rm(dataDir, { recursive: true }));
  const decide = (environment: Record<string, string>) =>
    decideDemo(readConfig({ DATA_DIR: dataDir, ...environment }));

  it('is on in an empty folder, and stays on in its own', async () => {
    expect(await decide({})).toBe(true);
    await mkdir(join(dataDir, 'database'));
    expect(await decide({})).toBe(true);
    expect(await decide({ DEMO: '1' })).toBe(true);
  });
  it('is off with DEMO=0, with a database server, and in a folder with anything else', async () => {
    expect(await decide({ DEMO: '0' })).toBe(false);
    expect(await decide({ DATABASE_URL: 'postgres://h/d' })).toBe(false);
    await writeFile(join(dataDir, 'something'), '');
    expect(await decide({})).toBe(false);
    expect(await decide({ DEMO: '1' })).toBe(true);
  });
  it('refuses a folder with a real database', async () => {
    await mkdir(join(dataDir, 'database'));
    expect(await decide({})).toBe(false);
    await expect(decide({ DEMO: '1' })).rejects.toThrow(DemoRefused);
  });
});

describeEachDatabase('S11 first accounts', makeDatabase => {
  let app: TestApp;
  beforeEach(async () => {
    app = await testApp(await makeDatabase());
    await app.database.pool.query('delete from app_user');
  });
  afterEach(() => app.close());

  it('a real installation gets one administrator with a password of its own, shown once', async () => {
    const first = await createFirstAdministrator(app.deps);
    expect(first).toEqual({ username: 'admin', password: expect.stringMatching(/^[\w-]{20}$/) });
    expect(await createFirstAdministrator(app.deps)).toBeUndefined();
    const { rows } = await app.database.pool.query('select username, role from app_user');
    expect(rows).toEqual([{ username: 'admin', role: 'admin' }]);
    const signIn = (password: string) => app.anonymous('POST', '/api/session', { user: 'admin', password });
    expect((await signIn('demo')).status).toBe(401);
    expect((await signIn(first!.password)).body).toMatchObject({
      role: 'admin',
      demo: false,
      pending: 'password',
    });
  });

  it('a demo gets one account a role, the small-reach ones at Chakou, and none twice', async () => {
    await createDemoAccounts(app.deps);
    await createDemoAccounts(app.deps);
    const { rows } = await app.database.pool.query(
      'select id, username, role, station_id from app_user order by id',
    );
    expect(rows).toEqual(
      roles.toSorted().map(role => ({
        id: role,
        username: role,
        role,
        station_id: role === 'station' || role === 'field' ? 'st-east' : null,
      })),
    );
    expect((await app.anonymous('POST', '/api/session', { user: 'wall', password: 'demo' })).status).toBe(
      200,
    );
  });

  it('the server’s secret is made once and stays', async () => {
    const [first, second] = await Promise.all([
      ensureSecret(app.deps, 'test'),
      ensureSecret(app.deps, 'test'),
    ]);
    expect(first).toHaveLength(32);
    expect(Buffer.compare(first, second)).toBe(0);
    expect(Buffer.compare(await ensureSecret(app.deps, 'other'), first)).not.toBe(0);
  });
});
