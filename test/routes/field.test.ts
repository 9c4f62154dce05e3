/** An officer's own phone: who may share where it is, for whom, and how it ends. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fromNow, openTrace, testApp, type TestApp } from '../builders/app.ts';
import { bank, inEast } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';

describeEachDatabase('the field page', makeDatabase => {
  let app: TestApp;
  let own: string;
  let other: string;
  beforeEach(async () => {
    app = await testApp(await makeDatabase());
    [own, other] = [await unit('茶口-1', 'st-east'), await unit('鹿鸣-1', 'st-west')];
    await app.settled();
  });
  afterEach(() => app.close());

  async function unit(callsign: string, stationId: string): Promise<string> {
    const body = { callsign, stationId, kind: 'car', crew: { sworn: 1, auxiliary: 1 } };
    return (await app.as('leader')('POST', '/api/units', body)).body.id as string;
  }
  const share = (unitId: string) => app.as('field')('PUT', '/api/field/sharing', { unitId });
  const here = (more: Record<string, unknown> = {}) => ({
    observedAt: fromNow(app.clock, 0),
    ...inEast,
    accuracyM: 12,
    ...more,
  });
  const report = (fixes: unknown[], as = app.as('field')) => as('POST', '/api/field/positions', fixes);
  const fixOf = async (unitId: string) => {
    const { body } = await app.as('leader')(
      'GET',
      `/api/units/nearest?lng=${inEast.lng}&lat=${inEast.lat}&by=line&limit=9`,
    );
    return body.items.find((item: { unitId: string }) => item.unitId === unitId);
  };

  it('positions count only while sharing is on, and for the unit that was named', async () => {
    expect((await app.as('field')('GET', '/api/field/sharing')).body).toEqual({ unitId: null, since: null });
    expect((await report([here()])).status).toBe(409);
    const on = await share(own);
    expect([on.status, on.body]).toEqual([200, { unitId: own, since: expect.any(String) }]);
    expect((await app.as('field')('GET', '/api/field/sharing')).body.unitId).toBe(own);
    expect((await report([here(), here()])).body).toEqual({ accepted: 1, duplicates: 1, rejected: [] });
    expect(await fixOf(own)).toMatchObject({ position: inEast });
    expect(await fixOf(other)).toBeUndefined();
    expect((await app.as('field')('DELETE', '/api/field/sharing')).status).toBe(204);
    expect((await app.as('field')('DELETE', '/api/field/sharing')).status).toBe(204);
    expect((await report([here()])).status).toBe(409);
  });

  it("is for field officers, for their own station's units", async () => {
    const foreign = await share(other);
    expect([foreign.status, foreign.body.error.code]).toEqual([404, 'notFound']);
    expect((await share('unt_nothing')).body).toEqual(foreign.body);
    for (const role of ['leader', 'station', 'admin', 'wall'] as const)
      expect((await app.as(role)('PUT', '/api/field/sharing', { unitId: own })).status, role).toBe(403);
    const second = await app.asUser('field-2', 'field', 'st-east');
    await share(own);
    expect((await report([here()], second)).status, "another's switch is not mine").toBe(409);
  });

  it("a body that is no list of positions is refused; the time of a fix is the phone's", async () => {
    await share(own);
    for (const body of [[], [{ lng: 1, lat: 2 }], [{ ...here(), lng: 999 }], { ...here() }])
      expect((await report(body as unknown[])).status).toBe(400);
    const late = here({ observedAt: fromNow(app.clock, -90_000), speedMps: 8, courseDeg: 90 });
    expect((await report([late])).body.accepted).toBe(1);
    expect((await fixOf(own)).fixAgeS).toBeCloseTo(90, 0);
  });

  it('switching is audited, with the unit and without a position', async () => {
    await share(own);
    await report([here()]);
    await app.as('field')('DELETE', '/api/field/sharing');
    const { rows } = await app.database.maintain(tx =>
      tx.execute("select actor, action, detail from audit_entry where action like 'position.%' order by seq"),
    );
    expect(rows).toEqual([
      { actor: 'user:field', action: 'position.share', detail: { unitId: own } },
      { actor: 'user:field', action: 'position.stopSharing', detail: { unitId: own } },
    ]);
  });

  it('changing over to another crew of the station moves the phone along', async () => {
    const third = await unit('茶口-2', 'st-east');
    await share(own);
    await report([here()]);
    await share(third);
    app.clock.advance(10_000);
    await report([here({ lng: 103.352 })]);
    expect((await fixOf(own)).position).toEqual(inEast);
    expect((await fixOf(third)).position.lng).toBe(103.352);
  });

  it('an answer may tell when it was so: a phone without network tells later, never ahead', async () => {
    const { incidentId } = await openTrace(app);
    const { taskId } = (
      await app.as('operator')('POST', `/api/incidents/${incidentId}/tasks`, {
        unitId: own,
        placeId: bank.id,
        method: 'clerkAsked',
      })
    ).body;
    app.clock.advance(300_000);
    const say = (verb: string, observedAt: string) =>
      app.as('field')('POST', `/api/tasks/${taskId}/${verb}`, { observedAt });
    const accepted = fromNow(app.clock, -240_000);
    expect((await say('accept', accepted)).status).toBe(200);
    expect((await say('arrive', fromNow(app.clock, 600_000))).body.error.code).toBe('invalidBody');
    const arrived = fromNow(app.clock, -60_000);
    expect((await say('arrive', arrived)).status).toBe(200);
    const { items } = (await app.as('field')('GET', `/api/tasks?unitId=${own}`)).body;
    expect(items[0]).toMatchObject({ state: 'arrived', acceptedAt: accepted, arrivedAt: arrived });
    await app.settled();
    expect(app.deps.live.world().tasks[taskId]!.changedAt).toBe(arrived);
  });
});
