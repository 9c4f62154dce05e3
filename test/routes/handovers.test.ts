import { afterEach, expect, it } from 'vitest';
import { alertBody, type TestApp, testApp } from '../builders/app.ts';
import { inEast } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';

describeEachDatabase('shifts handed over', makeDatabase => {
  let app: TestApp;
  afterEach(() => app.close());
  const anotherLeader = () => app.asUser('leader-2', 'leader');

  it('one leader signs for what is open, another takes it; log, audit and stream tell of both', async () => {
    app = await testApp(await makeDatabase());
    const { incidentId } = (
      await app.as('operator')('POST', '/api/alerts', alertBody({ risk: 'extraHigh' }, { home: inEast }))
    ).body;
    await app.settled();
    expect((await app.as('operator')('POST', '/api/handovers')).status).toBe(403);
    const signed = await app.as('leader')('POST', '/api/handovers');
    expect(signed.status).toBe(201);
    const { handoverId } = signed.body;
    const { body: detail } = await app.as('operator')('GET', `/api/handovers/${handoverId}`);
    expect(detail).toMatchObject({ openIncidents: 1, signedBy: 'leader', takenBy: null });
    expect(detail.promised).toBe(detail.matters.length);
    expect(detail.matters.map(({ kind }: { kind: string }) => kind)).toEqual(
      expect.arrayContaining(['call', 'authority', 'request', 'order', 'contact']),
    );
    expect(new Set(detail.matters.map((each: { incidentId: string }) => each.incidentId))).toEqual(
      new Set([incidentId]),
    );

    const take = `/api/handovers/${handoverId}/take`;
    const own = await app.as('leader')('POST', take);
    expect([own.status, own.body.error.details]).toEqual([409, { why: 'own' }]);
    const second = await anotherLeader();
    expect((await second('POST', take)).status).toBe(200);
    expect((await second('POST', take)).status).toBe(409);
    const { body } = await app.as('trace')('GET', '/api/handovers');
    expect(body.items).toMatchObject([{ id: handoverId, takenBy: 'leader-2', openIncidents: 1 }]);
    await app.settled();
    expect(app.deps.live.world().handover).toMatchObject({ id: handoverId, takenBy: 'leader-2' });
    const { rows } = await app.database.pool.query(
      `select action, actor, resource from audit_entry where action like 'handover.%' order by seq`,
    );
    expect(rows).toEqual([
      { action: 'handover.sign', actor: 'user:leader', resource: handoverId },
      { action: 'handover.take', actor: 'user:leader-2', resource: handoverId },
    ]);
  });

  it('only the newest can be taken, and one that is not there is not found', async () => {
    app = await testApp(await makeDatabase());
    const first = await app.as('leader')('POST', '/api/handovers');
    app.clock.advance(1000);
    await app.as('leader')('POST', '/api/handovers');
    const second = await anotherLeader();
    expect((await second('POST', `/api/handovers/${first.body.handoverId}/take`)).status).toBe(409);
    expect((await second('POST', '/api/handovers/hov_none/take')).status).toBe(404);
    expect((await second('GET', '/api/handovers/hov_none')).status).toBe(404);
    expect((await app.as('station')('GET', '/api/handovers')).status).toBe(403);
  });
});
