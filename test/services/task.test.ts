import { afterAll, beforeAll, expect, it } from 'vitest';
import { alertBody, fromNow, openTrace, reasonHeader, type TestApp, testApp } from '../builders/app.ts';
import { bank, gravelRoad, inEast, inWest } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';

describeEachDatabase('search tasks', makeDatabase => {
  let app: TestApp;
  let incidentId: string;
  let calls = 0;
  beforeAll(async () => {
    app = await testApp(await makeDatabase());
    ({ incidentId } = await openTrace(app));
  });
  afterAll(() => app.close());

  const unit = async (more: Record<string, unknown> = {}) => {
    const crew = { sworn: 1, auxiliary: 3 };
    const body = { callsign: `车-${++calls}`, kind: 'car', stationId: 'st-east', crew, ...more };
    return (await app.as('leader')('POST', '/api/units', body)).body.id as string;
  };
  const order = (unitId: string, more: Record<string, unknown> = {}, incident = incidentId) =>
    app.as('operator')('POST', `/api/incidents/${incident}/tasks`, {
      unitId,
      placeId: bank.id,
      method: 'clerkAsked',
      ...more,
    });
  const say = (taskId: string, what: string, body: unknown = {}, as = app.as('operator')) =>
    as('POST', `/api/tasks/${taskId}/${what}`, body);
  const result = (
    taskId: string,
    outcome: string,
    more: Record<string, unknown> = {},
    as = app.as('operator'),
  ) =>
    say(
      taskId,
      'result',
      { outcome, method: 'clerkAsked', observedAt: fromNow(app.clock, -30_000), ...more },
      as,
    );
  const stateOf = async (unitId: string) => {
    await app.settled();
    return app.deps.live.world().units[unitId]!.state;
  };
  const worldTask = async (taskId: string) => {
    await app.settled();
    return app.deps.live.world().tasks[taskId]!;
  };
  const trace = async () =>
    (await app.as('trace')('GET', `/api/incidents/${incidentId}/sightings`, undefined, reasonHeader)).body
      .items as { id: string; withdrawn: boolean; detail: Record<string, unknown> }[];
  const device = async (unitId: string) => {
    const body = { unitId, protocol: 'field', identifier: `phone-${++calls}` };
    const { token } = (await app.as('leader')('POST', '/api/devices', body)).body as { token: string };
    return (method: string, path: string, sent?: unknown) =>
      app.anonymous(method, path, sent, { authorization: `Bearer ${token}` });
  };

  it('goes its way from the order to the result, and the unit with it', async () => {
    const unitId = await unit();
    const ordered = await order(unitId);
    expect([ordered.status, ordered.body]).toEqual([
      201,
      { taskId: expect.stringMatching(/^tsk_/), seq: expect.any(Number), needsSworn: false },
    ]);
    const { taskId } = ordered.body;
    expect(await stateOf(unitId)).toBe('dispatched');
    expect((await say(taskId, 'accept')).status).toBe(200);
    expect(await stateOf(unitId)).toBe('enRoute');
    expect((await say(taskId, 'arrive')).status).toBe(200);
    expect(await stateOf(unitId)).toBe('onScene');
    const done = await result(taskId, 'notHere', { note: '柜员说没见过她' });
    expect([done.status, done.body]).toEqual([200, { taskId, seq: expect.any(Number) }]);
    expect(await stateOf(unitId)).toBe('available');
    const search = (await trace()).find(({ detail }) => detail['unitId'] === unitId)!;
    expect(search).toMatchObject({
      withdrawn: false,
      source: 'task',
      detail: { kind: 'search', placeId: bank.id, method: 'clerkAsked', outcome: 'notHere' },
    });
    const { items } = (await app.as('operator')('GET', `/api/incidents/${incidentId}/tasks`)).body;
    expect(items.find(({ id }: { id: string }) => id === taskId)).toMatchObject({
      incidentId,
      unitId,
      state: 'done',
      outcome: 'notHere',
      note: '柜员说没见过她',
      target: { kind: 'bank', name: '江源银行', position: bank.position, path: null },
      acceptedAt: expect.any(String),
      arrivedAt: expect.any(String),
      endedAt: expect.any(String),
    });
  });

  it('a result may come by radio before anything else was said; found writes no search and closes nothing', async () => {
    const unitId = await unit();
    const before = (await trace()).length;
    const { taskId } = (
      await order(unitId, { placeId: undefined, segmentId: gravelRoad.id, method: 'driveBy' })
    ).body;
    expect((await result(taskId, 'found', { method: 'driveBy' })).status).toBe(200);
    expect(await trace()).toHaveLength(before);
    expect(await worldTask(taskId)).toMatchObject({
      state: 'done',
      outcome: 'found',
      resultMethod: 'driveBy',
    });
    expect(app.deps.live.world().incidents[incidentId]!.state).toBe('open');
    const [shown] = (await app.as('operator')('GET', `/api/tasks?unitId=${unitId}&state=done`)).body.items;
    expect(shown.target.path).toHaveLength(2);
  });

  it('undoing a result withdraws its search and goes on from where it was', async () => {
    const unitId = await unit();
    const { taskId } = (await order(unitId)).body;
    await say(taskId, 'accept');
    await result(taskId, 'blocked');
    const search = (await trace()).find(({ detail }) => detail['unitId'] === unitId)!;
    expect((await say(taskId, 'undo', {})).status).toBe(400);
    expect((await say(taskId, 'undo', { reason: '听错了' })).status).toBe(200);
    expect((await trace()).find(({ id }) => id === search.id)!.withdrawn).toBe(true);
    expect(await worldTask(taskId)).toMatchObject({ state: 'accepted', outcome: null, resultMethod: null });
    expect(await stateOf(unitId)).toBe('enRoute');
    const again = await say(taskId, 'undo', { reason: '听错了' });
    expect([again.status, again.body.error.code]).toEqual([409, 'conflict']);
    expect((await result(taskId, 'notHere')).status).toBe(200);
    const live = (await trace()).filter(({ detail, withdrawn }) => detail['unitId'] === unitId && !withdrawn);
    expect(live).toHaveLength(1);
  });

  it('undoing finds the search that the desk corrected meanwhile', async () => {
    const unitId = await unit();
    const { taskId } = (await order(unitId)).body;
    await result(taskId, 'notHere');
    const search = (await trace()).find(({ detail }) => detail['unitId'] === unitId)!;
    const corrected = await app.as('trace')('POST', `/api/sightings/${search.id}/correct`, {
      reason: '方式有误',
      kind: 'search',
      observedAt: fromNow(app.clock, -30_000),
      source: 'desk',
      placeId: bank.id,
      unitId,
      method: 'driveBy',
      outcome: 'notHere',
    });
    expect(corrected.status).toBe(201);
    expect((await say(taskId, 'undo', { reason: '不是这里' })).status).toBe(200);
    const live = (await trace()).filter(({ detail, withdrawn }) => detail['unitId'] === unitId && !withdrawn);
    expect(live.map(({ id }) => id)).toEqual([search.id]);
    expect(live[0]).toMatchObject({ replacedBy: corrected.body.sightingId });
  });

  it('what cannot be is a conflict that says what was expected', async () => {
    const unitId = await unit();
    const { taskId } = (await order(unitId)).body;
    expect((await order(unitId)).status).toBe(409);
    await say(taskId, 'arrive');
    const late = await say(taskId, 'accept');
    expect([late.status, late.body.error]).toEqual([
      409,
      {
        code: 'conflict',
        message: 'the task is arrived; expected ordered',
        details: { state: 'arrived', expected: ['ordered'] },
      },
    ]);
    expect((await say(taskId, 'cancel', { reason: '另有安排' })).status).toBe(200);
    expect((await result(taskId, 'notHere')).status).toBe(409);
    expect((await order(unitId)).status, 'after it ended it may be ordered again').toBe(201);
    expect((await order(unitId, { placeId: 'nowhere' })).status).toBe(400);
    expect((await order(unitId, { segmentId: gravelRoad.id })).status).toBe(400);
    expect((await order('unt_nobody')).status).toBe(400);
    await app.as('operator')('PATCH', `/api/units/${unitId}`, { state: 'outOfService' });
    const refused = await order(unitId, { placeId: 'p-park' });
    expect([refused.status, refused.body.error.details]).toEqual([409, { why: 'outOfService' }]);
    expect(await stateOf(unitId)).toBe('outOfService');
  });

  it('a unit with several tasks does what the farthest of them says', async () => {
    const unitId = await unit();
    const first = (await order(unitId)).body.taskId;
    await say(first, 'arrive');
    const second = (await order(unitId, { placeId: 'p-park', method: 'walkThrough' })).body.taskId;
    expect(await stateOf(unitId)).toBe('onScene');
    await result(first, 'notHere');
    expect(await stateOf(unitId)).toBe('dispatched');
    await say(second, 'refuse', { reason: '车坏了' });
    expect(await stateOf(unitId)).toBe('available');
  });

  it('auxiliaries alone may look, and the reply says that they need an officer', async () => {
    const unitId = await unit({ crew: { sworn: 0, auxiliary: 4 } });
    const { body } = await order(unitId);
    expect(body.needsSworn).toBe(true);
    expect((await worldTask(body.taskId)).needsSworn).toBe(true);
  });

  it('a call for help stands beside the state', async () => {
    const unitId = await unit();
    const { taskId } = (await order(unitId)).body;
    expect((await say(taskId, 'help', { reason: '对方有人阻拦' })).status).toBe(200);
    expect(await worldTask(taskId)).toMatchObject({ state: 'ordered', helpAt: expect.any(String) });
  });

  it('closing the incident cancels what is open and frees the units', async () => {
    const { incidentId: other } = await openTrace(app);
    const unitId = await unit();
    const open = (await order(unitId, {}, other)).body.taskId;
    const ended = (await order(unitId, { placeId: 'p-park' }, other)).body.taskId;
    await result(ended, 'notHere');
    await app.as('leader')('POST', `/api/incidents/${other}/close`, { outcome: 'met' });
    expect((await worldTask(open)).state).toBe('cancelled');
    expect((await worldTask(ended)).state).toBe('done');
    expect(await stateOf(unitId)).toBe('available');
    expect((await say(ended, 'undo', { reason: '太晚了' })).body.error.code).toBe('alreadyClosed');
    expect((await order(unitId, {}, other)).body.error.code).toBe('alreadyClosed');
  });

  it('a device answers for its own unit and sees no other', async () => {
    const [mine, other] = [await unit(), await unit()];
    const phone = await device(mine);
    const own = (await order(mine)).body.taskId;
    const foreign = (await order(other)).body.taskId;
    const open = await phone('GET', `/api/tasks?unitId=${mine}&state=open`);
    expect(open.body.items.map(({ id }: { id: string }) => id)).toEqual([own]);
    expect((await phone('GET', `/api/tasks?unitId=${other}`)).body.items).toEqual([]);
    expect((await phone('GET', '/api/tasks')).body.items).toHaveLength(1);
    expect((await phone('GET', `/api/incidents/${incidentId}/tasks`)).body.items).toHaveLength(1);
    expect((await phone('POST', `/api/tasks/${own}/accept`)).status, 'without a body').toBe(200);
    const hidden = await phone('POST', `/api/tasks/${foreign}/accept`);
    expect([hidden.status, hidden.body]).toEqual([
      404,
      (await phone('POST', '/api/tasks/tsk_nothing/accept')).body,
    ]);
    expect((await phone('POST', `/api/tasks/${own}/cancel`)).status).toBe(403);
    const order2 = { unitId: mine, placeId: 'p-park', method: 'walkThrough' };
    expect((await phone('POST', `/api/incidents/${incidentId}/tasks`, order2)).status).toBe(403);
    const answered = await result(own, 'notHere', {}, phone);
    expect(answered.status).toBe(200);
    const gateway = (
      await app.as('leader')('POST', '/api/devices', { protocol: 'gateway', identifier: `g-${++calls}` })
    ).body.token;
    const asked = await app.anonymous('GET', '/api/tasks', undefined, { authorization: `Bearer ${gateway}` });
    expect(asked.status).toBe(403);
  });

  it('S6 a station sees tasks of its units and incidents, and answers for its own units only', async () => {
    const leader = app.as('leader');
    const foreignIncident = (
      await leader('POST', '/api/alerts', alertBody({}, { phone: '13700000001', home: inWest }))
    ).body.incidentId;
    const ownIncident = (
      await leader('POST', '/api/alerts', alertBody({}, { phone: '13700000002', home: inEast }))
    ).body.incidentId;
    const [own, foreign] = [await unit(), await unit({ stationId: 'st-west' })];
    const ownUnitAbroad = (await order(own, {}, foreignIncident)).body.taskId;
    const foreignUnitHere = (await order(foreign, {}, ownIncident)).body.taskId;
    const neither = (await order(foreign, {}, foreignIncident)).body.taskId;
    for (const role of ['station', 'field'] as const) {
      const ask = app.as(role);
      const seen = (await ask('GET', '/api/tasks?limit=1000')).body.items.map(({ id }: { id: string }) => id);
      expect(seen).toEqual(expect.arrayContaining([ownUnitAbroad, foreignUnitHere]));
      expect(seen).not.toContain(neither);
      expect((await ask('GET', `/api/incidents/${foreignIncident}/tasks`)).status).toBe(404);
      expect((await say(foreignUnitHere, 'accept', {}, ask)).status).toBe(403);
      const hidden = await say(neither, 'accept', {}, ask);
      expect([hidden.status, hidden.body]).toEqual([404, (await say('tsk_nothing', 'accept', {}, ask)).body]);
    }
    expect((await say(ownUnitAbroad, 'accept', {}, app.as('station'))).status).toBe(200);
    expect((await app.as('wall')('GET', '/api/tasks')).status).toBe(403);
    expect((await say(ownUnitAbroad, 'arrive', {}, app.as('trace'))).status).toBe(403);
  });

  it('log and audit hold ids and classes, never the words', async () => {
    const unitId = await unit();
    const { taskId } = (await order(unitId)).body;
    const words = '金丝雀备注';
    await say(taskId, 'help', { reason: words });
    await result(taskId, 'notHere', { note: words });
    await say(taskId, 'undo', { reason: words });
    const { rows } = await app.database.pool.query<{ text: string }>(
      "select (select string_agg(e::text, ' ') from domain_event e) || (select string_agg(a::text, ' ') from audit_entry a) as text",
    );
    expect(rows[0]!.text).toContain(taskId);
    expect(rows[0]!.text).not.toContain(words);
    expect(app.logLines.join('')).not.toContain(words);
  });

  it('the same request twice orders once', async () => {
    const unitId = await unit();
    const send = () =>
      app.as('operator')(
        'POST',
        `/api/incidents/${incidentId}/tasks`,
        { unitId, placeId: bank.id, method: 'clerkAsked' },
        { 'Idempotency-Key': 'order-once' },
      );
    expect((await send()).body).toEqual((await send()).body);
  });

  it('of many who answer at once exactly one is first', async () => {
    const unitId = await unit();
    const { taskId } = (await order(unitId)).body;
    const answers = await Promise.all(
      ['accept', 'accept', 'cancel', 'refuse'].map(what => say(taskId, what)),
    );
    const { items } = (await app.as('operator')('GET', `/api/tasks?unitId=${unitId}`)).body;
    expect(answers.map(({ status }) => status).every(status => status === 200 || status === 409)).toBe(true);
    expect((await worldTask(taskId)).state).toBe(items[0].state);
  });
});
