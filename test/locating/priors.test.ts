/** What closed incidents teach and leaders set: counted once, in the closing's own transaction, and shown with its n. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ScriptPrior } from '#contract/prior.ts';
import { alertBody, type TestApp, testApp } from '../builders/app.ts';
import { bank, gravelRoad, outside } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';

describeEachDatabase('priors', makeDatabase => {
  let app: TestApp;
  let phones = 0;
  beforeAll(async () => {
    app = await testApp(await makeDatabase());
  });
  afterAll(() => app.close());

  const scripts = async () => (await app.as('leader')('GET', '/api/priors')).body;
  const script = async (scamType = 'fakePolice'): Promise<ScriptPrior> =>
    (await scripts()).items.find((item: ScriptPrior) => item.scamType === scamType);
  const rowOf = ({ rows }: ScriptPrior, kind: string) => rows.find(row => row.kind === kind)!;
  async function close(body: object): Promise<void> {
    const phone = `138000010${String(++phones).padStart(2, '0')}`;
    const { incidentId } = (await app.as('operator')('POST', '/api/alerts', alertBody({}, { phone }))).body;
    const closed = await app.as('leader')('POST', `/api/incidents/${incidentId}/close`, body);
    expect(closed.status).toBe(200);
    const again = await app.as('leader')('POST', `/api/incidents/${incidentId}/close`, body);
    expect(again.body.error.code).toBe('alreadyClosed');
  }

  it('begin with the defaults, as shares of each script', async () => {
    const { items, changes } = await scripts();
    expect(changes).toEqual([]);
    for (const { rows, n } of items as ScriptPrior[]) {
      expect(n).toBe(0);
      for (const pick of ['defaultWeight', 'weight', 'mean'] as const)
        expect(rows.reduce((sum, row) => sum + row[pick], 0)).toBeCloseTo(1, 9);
    }
  });

  it('count where she was found: the named place, what is near the position, or nowhere that is known', async () => {
    const before = await script();
    await close({ outcome: 'met', foundPlaceId: bank.id });
    await close({
      outcome: 'met',
      foundAt: { lng: gravelRoad.middle.lng, lat: gravelRoad.middle.lat + 0.0004 },
    });
    await close({ outcome: 'metTooLate', foundAt: outside });
    await close({ outcome: 'falseAlarm' });
    const after = await script();
    expect(after.n).toBe(3);
    for (const kind of ['bank', 'industrialRoad', 'elsewhere']) expect(rowOf(after, kind).n).toBe(1);
    expect(rowOf(after, 'bank').mean).toBeGreaterThan(rowOf(before, 'bank').mean);
    expect(rowOf(after, 'bank').weight).toBe(rowOf(before, 'bank').weight);
    // 01:00 UTC is nine in the morning in Shanghai.
    expect(rowOf(after, 'bank').hours.map(({ n }) => n)).toEqual([0, 1, 0, 0]);
    expect((await script('investment')).n).toBe(0);
  });

  it('are set by a leader with a reason, shown with who and why, and set back', async () => {
    const leader = app.as('leader');
    const set = (body: object, role: 'leader' | 'operator' | 'analyst' | 'admin' = 'leader') =>
      app.as(role)('PUT', '/api/priors/loan', body);
    const body = { weights: { bank: 3, atm: 1 }, reason: '本县贷款类多在网点被找到' };
    for (const role of ['operator', 'analyst', 'admin'] as const)
      expect((await set(body, role)).status).toBe(403);
    expect((await set({ weights: {}, reason: '无' })).status).toBe(400);
    expect((await set(body)).status).toBe(200);
    const loan = await script('loan');
    expect(rowOf(loan, 'bank')).toMatchObject({ weight: 0.75, n: 0 });
    expect(rowOf(loan, 'park').weight).toBe(0);
    expect((await scripts()).changes).toMatchObject([
      { scamType: 'loan', by: '名 leader', reason: body.reason, weights: body.weights },
    ]);
    expect((await leader('PUT', '/api/priors/loan', { weights: null, reason: '恢复默认' })).status).toBe(200);
    const back = await script('loan');
    expect(rowOf(back, 'bank').weight).toBe(rowOf(back, 'bank').defaultWeight);
    const { rows: log } = await app.database.db.execute(
      sql`select payload from domain_event where kind = 'priorsSet' order by seq`,
    );
    expect(log.map(({ payload }) => payload)).toEqual([
      { scamType: 'loan', reset: false },
      { scamType: 'loan', reset: true },
    ]);
    const { rows: audit } = await app.database.db.execute(
      sql`select reason from audit_entry where action = 'prior.set' order by seq`,
    );
    expect(audit.map(({ reason }) => reason)).toEqual([body.reason, '恢复默认']);
  });
});
