import { afterAll, beforeAll, expect, it } from 'vitest';
import { alertBody, type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';

describeEachDatabase('Idempotency-Key', makeDatabase => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp(await makeDatabase());
  });
  afterAll(() => app.close());
  const send = (key: string, body: unknown, role: 'operator' | 'leader' = 'operator') =>
    app.as(role)('POST', '/api/alerts', body, { 'Idempotency-Key': key });
  const count = async (table: string) => {
    const { rows } = await app.database.pool.query<{ count: number }>(
      `select count(*)::int as count from ${table}`,
    );
    return rows[0]!.count;
  };

  it('the same request twice is done once and answered alike', async () => {
    const first = await send('a', alertBody({}, { phone: '13800000010' }));
    const [facts, audits] = [await count('domain_event'), await count('audit_entry')];
    const second = await send('a', alertBody({}, { phone: '13800000010' }));
    expect([second.status, second.body]).toEqual([201, first.body]);
    expect([await count('domain_event'), await count('audit_entry')]).toEqual([facts, audits]);
  });

  it('at the same moment too', async () => {
    const body = alertBody({}, { phone: '13800000011' });
    const alerts = await count('alert');
    const answers = await Promise.all(Array.from({ length: 6 }, () => send('b', body)));
    for (const { status, body: reply } of answers) expect([status, reply]).toEqual([201, answers[0]!.body]);
    expect(await count('alert')).toBe(alerts + 1);
  });

  it('another request under the key is refused; another caller has keys of his own', async () => {
    await send('c', alertBody({}, { phone: '13800000012' }));
    const other = await send('c', alertBody({}, { phone: '13800000013' }));
    expect([other.status, other.body.error.code]).toEqual([422, 'idempotencyMismatch']);
    expect((await send('c', alertBody({}, { phone: '13800000013' }), 'leader')).status).toBe(201);
  });

  it('a refusal is not remembered: after it was mended the same key works', async () => {
    const { incidentId } = (await send('d', alertBody({}, { phone: '13800000014' }))).body;
    const add = () =>
      app.as('leader')(
        'POST',
        `/api/incidents/${incidentId}/members`,
        { userId: 'later' },
        { 'Idempotency-Key': 'e' },
      );
    expect((await add()).status).toBe(400);
    await app.asUser('later', 'operator');
    expect((await add()).status).toBe(201);
  });

  it('a key that cannot be one is refused', async () => {
    expect((await send('x'.repeat(201), alertBody())).status).toBe(400);
  });
});
