/** Other futures of a case: from what stood at a moment, the same again with the same seed, for who may see its trace. */
import { sql } from 'drizzle-orm';
import { afterEach, expect, it, vi } from 'vitest';
import type { AfterAction } from '#contract/after-action.ts';
import { afterActionWords } from '#contract/after-action-words.ts';
import type { WhatIfView } from '#contract/what-if.ts';
import { fromNow, openTrace, reasonHeader, type TestApp, testApp } from '../builders/app.ts';
import { bank } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';
import { seedGround, townGround } from '../builders/ground.ts';
import { paperText } from '../reports/readers.ts';

// Each run starts a thread with the town's roads.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const paper = { number: '复盘〔2026〕1号', legalBasis: '执法监督', reason: '复盘处置过程' };
const car = { callsign: '鹿鸣-1', kind: 'car', stationId: 'st-west', crew: { sworn: 1, auxiliary: 1 } };

describeEachDatabase('what if', makeDatabase => {
  let app: TestApp;
  afterEach(() => app.close());

  interface Case {
    incidentId: string;
    unitId: string;
    /** Known before the unit was sent, and half a minute after. */
    firstId: string;
    lateId: string;
    sentAt: string;
    reviewId: string;
  }

  /** A car is sent to the bank, a ping comes later, the case is closed, and a review of the analyst's is approved. */
  async function workedCase(): Promise<Case> {
    const { ground, router } = townGround();
    app = await testApp(await makeDatabase(), { ground, router });
    await seedGround(app.database, ground);
    const leader = app.as('leader');
    const { id: unitId } = (await leader('POST', '/api/units', car)).body as { id: string };
    const { token } = (
      await leader('POST', '/api/devices', { unitId, protocol: 'osmand', identifier: 'c', crs: 'wgs84' })
    ).body as { token: string };
    const fix = [{ unitId, observedAt: fromNow(app.clock, 0), lng: 103.32, lat: 24.74 }];
    await app.anonymous('POST', '/feeds/positions', fix, { authorization: `Bearer ${token}` });
    const { incidentId } = await openTrace(app, ['trace']);
    const path = `/api/incidents/${incidentId}`;
    const ping = () => ({
      kind: 'fix',
      source: '运营商',
      position: bank.position,
      accuracyM: 300,
      observedAt: fromNow(app.clock, -60_000),
    });
    const first = await app.as('trace')('POST', `${path}/sightings`, ping());
    expect(first.status).toBe(201);
    await app.settled();
    app.clock.advance(30_000);
    const task = await leader('POST', `${path}/tasks`, { unitId, placeId: 'p-3', method: 'driveBy' });
    expect(task.status).toBe(201);
    const sentAt = fromNow(app.clock, 0);
    app.clock.advance(30_000);
    const late = await app.as('trace')('POST', `${path}/sightings`, ping());
    app.clock.advance(60_000);
    await leader('POST', `${path}/close`, { outcome: 'notMet' });
    const expiresAt = fromNow(app.clock, 3_600_000);
    const review = await app.as('analyst')('POST', `/api/replay/${incidentId}/reviews`, {
      ...paper,
      expiresAt,
    });
    const { reviewId } = review.body as { reviewId: string };
    expect((await leader('POST', `/api/reviews/${reviewId}/approve`)).status).toBe(200);
    const ids = { firstId: first.body.sightingId, lateId: late.body.sightingId };
    return { incidentId, unitId, ...ids, sentAt, reviewId };
  }
  const run = (incidentId: string, body: object, headers = reasonHeader) =>
    app.as('analyst')('POST', `/api/replay/${incidentId}/what-if`, { draws: 40, ...body }, headers);
  const refused = async (incidentId: string, body: object, says: string) => {
    const { status, body: answer } = await run(incidentId, body);
    expect(status).toBe(400);
    expect(answer.error.message).toContain(says);
  };

  it('runs on from what stood at the moment, and the same again with the same seed', async () => {
    const { incidentId, unitId, firstId, lateId, sentAt } = await workedCase();
    const toBank = [{ kind: 'order', unitId, targetId: bank.id, method: 'clerkAsked' }];
    const { status, body } = await run(incidentId, { at: sentAt, changes: toBank, seed: 7 });
    expect(status).toBe(201);
    const fork = body as WhatIfView;
    expect(fork.changes).toEqual([{ ...toBank[0], callsign: car.callsign, place: '江源银行' }]);
    expect(fork).toMatchObject({ at: sentAt, seed: 7, draws: 40, policy: 'lastPing', madeBy: 'analyst' });
    expect(fork.result.asItWas.metBy.map(({ minute }) => minute)).toEqual(
      fork.result.changed.metBy.map(({ minute }) => minute),
    );
    const again = (await run(incidentId, { seq: fork.seq, at: sentAt, changes: toBank, seed: 7 })).body;
    expect(again.result).toEqual(fork.result);
    expect(again.id).not.toBe(fork.id);

    // Without its only unit she is never met; the same orders once more change nothing.
    const alone = (await run(incidentId, { at: sentAt, changes: [{ kind: 'withdraw', unitId }] })).body;
    expect(alone.result.changed.metBy.every(({ share }: { share: number }) => share === 0)).toBe(true);
    const same = [{ kind: 'order', unitId, targetId: 'p-3', method: 'driveBy' }];
    const { earlierMin } = (await run(incidentId, { at: sentAt, changes: same })).body.result;
    expect(earlierMin).toEqual({ mean: 0, low: 0, high: 0 });
    for (const change of [
      { kind: 'removeFact', sightingId: firstId },
      { kind: 'addFact', sightingId: lateId },
    ])
      expect((await run(incidentId, { at: sentAt, changes: [change] })).status).toBe(201);
    const plan = {
      at: sentAt,
      changes: [{ kind: 'policy', policy: 'plan' }],
      draws: 10,
      policy: 'bankFirst',
    };
    expect((await run(incidentId, plan)).status).toBe(201);

    const { items } = (await app.as('leader')('GET', `/api/replay/${incidentId}/what-if`)).body;
    expect(items).toHaveLength(7);
    expect(items.find(({ id }: WhatIfView) => id === fork.id)).toEqual(fork);
    const report = (await app.as('leader')('GET', `/api/replay/${incidentId}/report`)).body as AfterAction;
    expect(report.whatIfs.map(({ id }) => id)).toEqual(items.map(({ id }: WhatIfView) => id));
    const paper = await app.app.request(`/api/replay/${incidentId}/report?format=pdf`, {
      headers: app.credentials('leader'),
    });
    const text = paperText(new Uint8Array(await paper.arrayBuffer())).replaceAll(/\s/g, '');
    const words = afterActionWords;
    for (const part of [words.whatIfHint, `派${car.callsign}到江源银行`, words.policies.bankFirst])
      expect(text).toContain(part.replaceAll(/\s/g, ''));
    expect(JSON.stringify(items)).not.toMatch(/10[34]\.\d{3}/);
  });

  it('says what was wrong, and keeps nothing of it', async () => {
    const { incidentId, unitId, firstId, lateId, sentAt } = await workedCase();
    const withdraw = [{ kind: 'withdraw', unitId }];
    await refused(incidentId, { changes: withdraw }, 'at or seq');
    await refused(incidentId, { at: '2020-01-01T00:00:00.000Z', changes: withdraw }, 'at: expected a moment');
    await refused(incidentId, { at: fromNow(app.clock, 0), changes: withdraw }, 'at: expected a moment');
    for (const [change, says] of [
      [{ kind: 'withdraw', unitId: 'unt_none' }, 'changes[0].unitId'],
      [{ kind: 'order', unitId, targetId: 'p-none', method: 'driveBy' }, 'changes[0].targetId'],
      [{ kind: 'removeFact', sightingId: lateId }, 'changes[0].sightingId'],
      [{ kind: 'addFact', sightingId: firstId }, 'changes[0].sightingId'],
      [{ kind: 'addFact', sightingId: 'sgt_none' }, 'changes[0].sightingId'],
    ] as const)
      await refused(incidentId, { at: sentAt, changes: [change] }, says);
    await refused(incidentId, { at: sentAt, changes: withdraw, policy: 'plan', draws: 100 }, 'draws');
    expect((await app.as('analyst')('GET', `/api/replay/${incidentId}/what-if`)).body.items).toEqual([]);
  });

  it('is a look: on a review alone, with a reason, audited, and not finished when the review ends', async () => {
    const { incidentId, unitId, sentAt, reviewId } = await workedCase();
    const body = { at: sentAt, changes: [{ kind: 'withdraw', unitId }] };
    const noReason = await run(incidentId, body, {} as typeof reasonHeader);
    expect([noReason.status, noReason.body.error.details]).toEqual([403, { missing: ['reason'] }]);
    const path = `/api/replay/${incidentId}/what-if`;
    expect((await app.as('leader')('POST', path, body, reasonHeader)).status).toBe(403);
    expect((await app.as('operator')('POST', path, body, reasonHeader)).status).toBe(403);
    expect((await run(incidentId, body)).status).toBe(201);
    const audited = await app.database.maintain(
      async tx =>
        (
          await tx.execute(
            sql`select actor, authority, detail from (select actor, detail, detail->>'authorityId' as authority
              from audit_entry where incident_id = ${incidentId} and action = 'replay.whatIf') a`,
          )
        ).rows,
    );
    expect(audited).toEqual([
      {
        actor: 'user:analyst',
        authority: reviewId,
        detail: { authorityId: reviewId, changes: ['withdraw'] },
      },
    ]);
    const many = { ...body, draws: 400, horizonMin: 120, changes: [{ kind: 'policy', policy: 'bankFirst' }] };
    const running = run(incidentId, many);
    await app.settled();
    await app.as('analyst')('POST', `/api/reviews/${reviewId}/end`);
    expect((await running).status).toBe(403);
    expect((await app.as('leader')('GET', path)).body.items).toHaveLength(1);
  });
});
