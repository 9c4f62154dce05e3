import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';

describeEachDatabase('accounts', makeDatabase => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp(await makeDatabase());
  });
  afterAll(() => app.close());
  const account = {
    username: 'wang',
    displayName: '王某',
    role: 'station',
    stationId: 'st-west',
    password: 'a long enough one',
  };

  it('are made by administrators alone, once a name, at stations that exist', async () => {
    const add = (body: object, role: 'admin' | 'leader' = 'admin') =>
      app.as(role)('POST', '/api/users', body);
    expect((await add(account, 'leader')).status).toBe(403);
    expect((await add({ ...account, stationId: 'nowhere' })).status).toBe(400);
    expect((await add(account)).status).toBe(201);
    expect((await add(account)).status).toBe(409);
    const signedIn = await app.anonymous('POST', '/api/session', {
      user: 'wang',
      password: account.password,
    });
    expect(signedIn.body).toMatchObject({ username: 'wang', role: 'station', stationId: 'st-west' });
    const { items } = (await app.as('leader')('GET', '/api/users')).body;
    expect(items).toContainEqual(expect.objectContaining({ username: 'wang', displayName: '王某' }));
    expect(JSON.stringify(items)).not.toMatch(/argon|password/i);
    const { rows } = await app.database.pool.query<{ text: string }>(
      "select string_agg(a::text, ' ') as text from audit_entry a where action = 'user.create'",
    );
    expect(rows[0]!.text).not.toMatch(/wang|王某/);
  });
});
