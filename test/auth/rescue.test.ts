import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectDatabase, type Database } from '../../db/connect.ts';
import { verifyAudit } from '../../server/audit/verify.ts';
import { type TestApp, testApp } from '../builders/app.ts';
import { runCommand } from '../builders/command.ts';
import { dropServerDatabase, hasServer, newServerDatabase } from '../builders/database.ts';
import { addPerson, Browser } from '../builders/people.ts';

describe.runIf(hasServer)('npm run rescue', () => {
  let app: TestApp;
  let database: Database;
  let databaseUrl: string;
  beforeAll(async () => {
    databaseUrl = await newServerDatabase();
    database = await connectDatabase({ databaseUrl, dataDir: '' });
    app = await testApp(database);
    await addPerson(app, 'only', 'admin');
    await addPerson(app, 'zhou', 'operator');
  });
  afterAll(async () => {
    await app.close();
    await database.close();
    await dropServerDatabase(databaseUrl);
  });
  const rescue = (...args: string[]) => runCommand('rescue', { DATABASE_URL: databaseUrl }, ...args);

  it('lets an administrator in again who lost everything, ends the old sessions, and says so in the audit', async () => {
    const lost = new Browser(app);
    await lost.signIn('only');
    await lost.enrol();
    const { code, out } = await rescue('only');
    expect(code).toBe(0);
    const password = /: (\S+)\n$/.exec(out)?.[1];
    expect((await lost.ask('GET', '/api/account')).status).toBe(401);
    const back = new Browser(app);
    // Without a code: the factors are gone, and a password of his own is asked for first.
    expect(await back.signIn('only', { password: password! })).toMatchObject({
      status: 200,
      body: { pending: 'password' },
    });
    const { rows } = await database.pool.query(
      `select action, actor from audit_entry where resource like 'user:%' order by seq desc limit 2`,
    );
    expect(rows).toEqual([
      { action: 'user.resetPassword', actor: 'system:setup' },
      { action: 'user.resetSecondFactor', actor: 'system:setup' },
    ]);
    expect(await verifyAudit(database)).toMatchObject({ ok: true });
  });

  it('helps nobody else, and says why', async () => {
    expect(await rescue('zhou')).toMatchObject({
      code: 2,
      err: expect.stringContaining('is no administrator'),
    });
    expect(await rescue('nobody')).toMatchObject({ code: 2, err: expect.stringContaining('no user nobody') });
    expect(await rescue()).toMatchObject({ code: 2, err: expect.stringContaining('expected one user name') });
  });
});
