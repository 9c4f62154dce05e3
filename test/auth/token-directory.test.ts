import { afterEach, expect, it } from 'vitest';
import { type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';

describeEachDatabase('S13 device tokens', makeDatabase => {
  let app: TestApp;
  afterEach(() => app.close());

  it('are looked up once in 15 s, however many pings there are, and not believed for longer', async () => {
    let reads = 0;
    const database = await makeDatabase();
    app = await testApp(database);
    const { createApp } = await import('../../server/app.ts');
    const counted: typeof database.read = (...args) => {
      reads++;
      return database.read(...args);
    };
    const counting = createApp({ ...app.deps, database: { ...database, read: counted } });
    const { body } = await app.as('leader')('POST', '/api/devices', {
      protocol: 'gateway',
      identifier: 'g-1',
      crs: 'wgs84',
    });
    const ping = async () => {
      const headers = { authorization: `Bearer ${body.token}`, 'content-type': 'application/json' };
      return (await counting.request('/feeds/positions', { method: 'POST', headers, body: '[]' })).status;
    };
    const known = await ping();
    expect(known).not.toBe(401);
    expect(reads).toBe(1);
    await database.pool.query('update device set revoked_at = now()');
    app.clock.advance(14_999);
    expect([await ping(), reads]).toEqual([known, 1]);
    app.clock.advance(1);
    expect([await ping(), reads]).toEqual([401, 2]);
  });
});
