import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { alertBody, fromNow, type TestApp, testApp } from '../builders/app.ts';
import { inEast, inWest } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';

describeEachDatabase('outcomes', makeDatabase => {
  let app: TestApp;
  let incidentId: string;
  let foreignId: string;
  let leader: Awaited<ReturnType<TestApp['asUser']>>;
  beforeAll(async () => {
    app = await testApp(await makeDatabase());
    leader = app.as('leader');
    const alert = async (phone: string, home: object) =>
      (await app.as('operator')('POST', '/api/alerts', alertBody({}, { phone, home }))).body
        .incidentId as string;
    incidentId = await alert('13900000001', inEast);
    foreignId = await alert('13900000002', inWest);
    app.clock.advance(3_600_000);
  });
  afterAll(() => app.close());

  const report = (body: Record<string, unknown>, as = leader, id = incidentId) =>
    as('POST', `/api/incidents/${id}/outcomes`, {
      reportedAt: fromNow(app.clock, -60_000),
      transferredAfterAlert: false,
      ...body,
    });
  const list = async (as = leader) =>
    (await as('GET', `/api/incidents/${incidentId}/outcomes`)).body.items as Record<string, unknown>[];

  it('several of one incident stay, also after closing; what was reported last counts, not what was written last', async () => {
    expect((await report({ note: '她说没有转账' })).status).toBe(201);
    await leader('POST', `/api/incidents/${incidentId}/close`, { outcome: 'met' });
    app.clock.advance(12 * 3_600_000);
    // The next morning somebody else is on duty.
    leader = await app.asUser('leader-2', 'leader');
    const loss = {
      transferredAfterAlert: true,
      lossAmount: 180_000,
      caseNumber: '石公（刑）立字〔2026〕1号',
      arrests: 1,
    };
    expect((await report(loss)).status).toBe(201);
    expect((await report({ reportedAt: fromNow(app.clock, -12.5 * 3_600_000) })).status).toBe(201);
    const items = await list();
    expect(items.map(({ newest, lossAmount, caseFiled }) => [newest, lossAmount, caseFiled])).toEqual([
      [true, 180_000, true],
      [false, null, false],
      [false, null, false],
    ]);
    expect(items[0]).toMatchObject({ caseNumber: loss.caseNumber, arrests: 1, recordedBy: '名 leader-2' });
    await app.settled();
    expect(Object.keys(app.deps.live.world().incidents[incidentId]?.loop.outcomes ?? {})).toHaveLength(3);
  });

  it('case number and note are in the vault alone', async () => {
    const { rows } = await app.database.maintain(tx =>
      tx.execute(sql`select (select json_agg(payload)::text from domain_event where kind = 'outcomeReported') ||
        (select json_agg(detail)::text from audit_entry where action = 'outcome.report') as said`),
    );
    expect(String(rows[0]!['said'])).not.toMatch(/石公|没有转账/);
  });

  it('refuses what cannot be, and whoever may not', async () => {
    expect((await report({ lossAmount: 5 })).status).toBe(400);
    expect((await report({ caseFiled: false, caseNumber: '1' })).status).toBe(400);
    expect((await report({ reportedAt: fromNow(app.clock, 3_600_000) })).status).toBe(400);
    const before = await report({ reportedAt: fromNow(app.clock, -48 * 3_600_000) });
    expect(before).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringMatching(/reportedAt.*at or after the incident's opening/) } },
    });
    expect((await report({}, await app.asUser('wall-2', 'wall'))).status).toBe(403);
    const station = await app.asUser('station-2', 'station', 'st-east');
    expect((await report({}, station, foreignId)).status).toBe(404);
    expect((await report({}, station)).status).toBe(201);
  });
});
