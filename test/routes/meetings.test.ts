import { afterEach, expect, it } from 'vitest';
import { dayMs, dayOf, dayStartMs, mondayOf } from '#domain/shanghai.ts';
import { missRevisits } from '../../server/services/revisit/miss.ts';
import { drawSpotChecks } from '../../server/services/spot-check/draw.ts';
import { alertBody, fromNow, type TestApp, testApp } from '../builders/app.ts';
import { bank, inEast, inWest } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3, 0xff, 0xfe, 0]);

describeEachDatabase('meetings', makeDatabase => {
  let app: TestApp;
  let sworn: string;
  let auxiliary: string;
  let incidentId: string;
  afterEach(() => app.close());

  const start = async (home = inEast) => {
    app = await testApp(await makeDatabase());
    const leader = app.as('leader');
    const officer = (name: string, badgeNumber: string, isSworn: boolean) =>
      leader('POST', '/api/officers', { name, badgeNumber, sworn: isSworn, stationId: 'st-east' });
    sworn = (await officer('李明', '051234', true)).body.officerId;
    auxiliary = (await officer('张勇', 'F0567', false)).body.officerId;
    incidentId = (await leader('POST', '/api/alerts', alertBody({}, { home }))).body.incidentId;
  };
  const hold = (ask = app.as('field'), more: object = {}) =>
    ask('POST', `/api/incidents/${incidentId}/meetings`, {
      at: fromNow(app.clock, 0),
      place: '翠屏路18号门口，赵小兰家',
      officers: [sworn, auxiliary],
      ...more,
    });
  const held = async (): Promise<string> => (await hold()).body.meetingId;
  const send = async (
    path: string,
    body: BodyInit,
    type = 'application/octet-stream',
    role: 'field' | 'station' = 'field',
  ) => {
    const headers = { ...app.credentials(role), 'content-type': type };
    return app.app.request(path, { method: 'POST', headers, body });
  };
  const view = async (role: 'field' | 'leader' | 'analyst' = 'leader') =>
    (await app.as(role)('GET', `/api/incidents/${incidentId}/meetings`)).body.items;

  it('the whole meeting at the door: five steps, a refusal that is corrected, consent, and the order is met', async () => {
    await start();
    const [order] = (await app.as('leader')('GET', `/api/incidents/${incidentId}/orders`)).body.items;
    expect(order).toMatchObject({ stationId: 'st-east' });
    app.clock.advance(60_000);
    const meeting = await hold();
    expect(meeting.status).toBe(201);
    const { meetingId } = meeting.body;
    const field = app.as('field');
    for (const step of [1, 2, 4])
      expect((await field('POST', `/api/meetings/${meetingId}/steps/${step}`, { done: true })).status).toBe(
        200,
      );
    const refused = { done: false, refusal: 'refused', note: '不让看手机，说赵小兰没空' };
    expect((await field('POST', `/api/meetings/${meetingId}/steps/3`, refused)).status).toBe(200);
    expect((await view())[0].steps[2]).toMatchObject({
      step: 3,
      done: false,
      refusal: 'refused',
      note: refused.note,
    });
    await field('POST', `/api/meetings/${meetingId}/steps/3`, { done: true, at: fromNow(app.clock, 0) });
    await field('PATCH', `/api/meetings/${meetingId}`, { consent: true, appInstalled: true });
    const [shown] = await view('field');
    expect(shown).toMatchObject({
      orderId: order.id,
      consent: true,
      appInstalled: true,
      miniProgram: null,
      place: { text: '翠屏路18号门口，赵小兰家', placeId: null },
      officers: [
        { id: sworn, name: '李明', badgeNumber: '051234', sworn: true },
        { id: auxiliary, sworn: false },
      ],
    });
    expect(shown.steps.map((step: { step: number; done: boolean }) => [step.step, step.done])).toEqual([
      [1, true],
      [2, true],
      [3, true],
      [4, true],
    ]);
    // An analyst counts; the words are for who works the case.
    expect((await view('analyst'))[0]).toMatchObject({ place: { text: null }, consent: true });
    const [after] = (await app.as('leader')('GET', `/api/incidents/${incidentId}/orders`)).body.items;
    expect(after.state).toBe('met');
    await app.settled();
    const { loop } = app.deps.live.world().incidents[incidentId]!;
    expect(loop.meetings[meetingId]).toMatchObject({
      sworn: 1,
      officers: 2,
      noted: { consent: true, appInstalled: true, miniProgram: null },
      steps: { 3: { done: true, refusal: null } },
    });
    const { rows } = await app.database.pool.query(
      `select payload from domain_event where kind = 'meetingStepDone' and (payload->>'step')::int = 3 order by seq`,
    );
    expect(rows.map(({ payload }) => payload.refusal)).toEqual(['refused', null]);
    const texts = await app.database.pool.query(
      `select coalesce(string_agg(e::text, ' '), '') || coalesce((select string_agg(a::text, ' ') from audit_entry a), '') as all
       from domain_event e`,
    );
    expect(texts.rows[0].all + app.logLines.join(' ')).not.toMatch(/赵小兰|13800000001|翠屏路18号门口/);
  });

  it('refuses what cannot be: nobody sworn, nobody known, the future, before the incident, a place that is not there', async () => {
    await start();
    const refusal = async (more: object) => (await hold(app.as('field'), more)).body.error;
    expect(await refusal({ officers: [auxiliary] })).toMatchObject({
      code: 'invalidBody',
      message: expect.stringContaining('sworn'),
      details: { rule: 'sworn' },
    });
    expect((await refusal({ officers: [sworn, 'off_none'] })).details).toEqual({ unknown: ['off_none'] });
    expect((await refusal({ at: fromNow(app.clock, 120_000) })).message).toContain('has been');
    expect((await refusal({ at: fromNow(app.clock, -3_600_000) })).message).toContain('incident');
    expect((await refusal({ place: { placeId: 'nowhere' } })).message).toContain('no such place');
    expect((await hold(app.as('field'), { place: { placeId: bank.id } })).status).toBe(201);
    expect((await hold(app.as('field'), { place: { lng: 103.35, lat: 24.75 } })).status).toBe(201);
    const places = (await view()).map(({ place }: { place: object }) => place);
    expect(places).toContainEqual({ placeId: bank.id, name: '江源银行', text: null, position: null });
    expect(places).toContainEqual({
      placeId: null,
      name: null,
      text: null,
      position: { lng: 103.35, lat: 24.75 },
    });
    const { meetingId } = (await hold()).body;
    const step = (body: object) => app.as('field')('POST', `/api/meetings/${meetingId}/steps/1`, body);
    expect((await step({ done: true, refusal: 'denied' })).status).toBe(400);
    expect((await step({ done: true, at: fromNow(app.clock, -600_000) })).status).toBe(400);
    expect((await app.as('field')('POST', `/api/meetings/${meetingId}/steps/6`, { done: true })).status).toBe(
      400,
    );
    await app.as('leader')('POST', `/api/incidents/${incidentId}/close`, { outcome: 'met' });
    expect((await hold(app.as('leader'))).body.error.code).toBe('alreadyClosed');
    expect(
      (await app.as('leader')('POST', `/api/meetings/${meetingId}/steps/5`, { done: true })).status,
    ).toBe(200);
  });

  it("is another station's only once its crew has found her there", async () => {
    await start(inWest);
    const field = app.as('field');
    const missing = await field('GET', '/api/incidents/inc_none/meetings');
    expect(await field('GET', `/api/incidents/${incidentId}/meetings`)).toMatchObject({
      status: 404,
      body: missing.body,
    });
    expect((await hold()).status).toBe(404);
    const leader = app.as('leader');
    const unit = { callsign: '茶口-1', stationId: 'st-east', kind: 'car', crew: { sworn: 1, auxiliary: 1 } };
    const unitId = (await leader('POST', '/api/units', unit)).body.id;
    const task = { unitId, placeId: bank.id, method: 'walkThrough' };
    const { taskId } = (await leader('POST', `/api/incidents/${incidentId}/tasks`, task)).body;
    expect((await hold()).status).toBe(404);
    const found = { outcome: 'found', method: 'walkThrough', observedAt: fromNow(app.clock, 0) };
    expect((await field('POST', `/api/tasks/${taskId}/result`, found)).status).toBe(200);
    const { meetingId } = (await hold()).body;
    expect((await field('POST', `/api/meetings/${meetingId}/steps/1`, { done: true })).status).toBe(200);
    expect((await send(`/api/meetings/${meetingId}/documents?kind=photo`, png)).status).toBe(201);
    expect(
      (await field('POST', `/api/meetings/${meetingId}/revisit`, { dueAt: fromNow(app.clock, dayMs) }))
        .status,
    ).toBe(201);
    expect((await view('field'))[0].steps).toHaveLength(1);
    expect((await field('GET', `/api/incidents/${incidentId}`)).status).toBe(404);
    const stranger = await app.asUser('north', 'station', null);
    expect((await stranger('GET', `/api/incidents/${incidentId}/meetings`)).status).toBe(404);
  });

  it('keeps documents by what they are, and gives each out as a file, with an audit row before it', async () => {
    await start();
    const meetingId = await held();
    const path = `/api/meetings/${meetingId}/documents`;
    const kept = await send(`${path}?kind=pledge`, png, 'image/png');
    expect(kept.status).toBe(201);
    const { documentId, sha256 } = (await kept.json()) as { documentId: string; sha256: string };
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect((await send(`${path}?kind=photo`, png, 'image/jpeg')).status).toBe(415);
    const drawing = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    expect((await send(`${path}?kind=photo`, drawing, 'image/svg+xml')).status).toBe(415);
    expect((await send(`${path}?kind=other`, png)).status).toBe(400);
    expect((await send(`${path}?kind=photo`, new Uint8Array(5_000_001).fill(0xff))).status).toBe(413);
    app.clock.advance(1000);
    const recording = await send(`${path}?kind=recording`, '执法仪 A12 / 20261122-0935');
    expect(recording.status).toBe(201);
    expect((await send(`${path}?kind=recording`, new Uint8Array([0xff, 0xfe]))).status).toBe(415);

    const readAs = async (role: 'leader' | 'station' | 'field' | 'operator' | 'analyst') =>
      app.app.request(`/api/documents/${documentId}`, { headers: app.credentials(role) });
    const answer = await readAs('leader');
    expect(answer.status).toBe(200);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(png);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${documentId}.png"`);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect((await readAs('station')).status).toBe(200);
    // Members only, and this one is not.
    expect((await readAs('operator')).status).toBe(403);
    expect((await readAs('analyst')).status).toBe(403);
    const other = await app.asUser('west', 'station', 'st-west');
    const hidden = await other('GET', `/api/documents/${documentId}`);
    expect(hidden).toMatchObject({ status: 404, body: (await other('GET', '/api/documents/doc_none')).body });
    const { rows } = await app.database.pool.query(
      `select actor, resource from audit_entry where action = 'paper.read' order by seq`,
    );
    expect(rows).toEqual([
      { actor: 'user:leader', resource: documentId },
      { actor: 'user:station', resource: documentId },
    ]);
    expect((await view())[0].documents).toMatchObject([
      { kind: 'pledge', mime: 'image/png', sizeBytes: png.length },
      { kind: 'recording', sizeBytes: 0 },
    ]);
  });

  it('a repeated request is the same one: offline phones send again', async () => {
    await start();
    const body = { at: fromNow(app.clock, 0), place: '门口', officers: [sworn] };
    const again = () =>
      app.as('field')('POST', `/api/incidents/${incidentId}/meetings`, body, {
        'Idempotency-Key': 'meeting-1',
      });
    const first = await again();
    expect((await again()).body).toEqual(first.body);
    expect(await view()).toHaveLength(1);
    const photo = async () => {
      const headers = { ...app.credentials('field'), 'Idempotency-Key': 'photo-1' };
      const path = `/api/meetings/${first.body.meetingId}/documents?kind=photo`;
      return (await app.app.request(path, { method: 'POST', headers, body: png })).json();
    };
    expect(await photo()).toEqual(await photo());
    expect((await view())[0].documents).toHaveLength(1);
  });

  it('revisits outlive the closing, are listed masked, and are missed once when their day is over', async () => {
    await start();
    const meetingId = await held();
    const station = app.as('station');
    const plan = (days: number) =>
      station('POST', `/api/meetings/${meetingId}/revisit`, { dueAt: fromNow(app.clock, days * dayMs) });
    const first = (await plan(1)).body.revisitId;
    expect((await plan(1)).status).toBe(409);
    expect((await plan(-1)).status).toBe(400);
    const second = (await plan(7)).body.revisitId;
    const third = (await plan(30)).body.revisitId;
    await app.as('leader')('POST', `/api/incidents/${incidentId}/close`, { outcome: 'met' });

    const due = dayOf(app.clock.now() + dayMs);
    const list = await station('GET', `/api/revisits?due=${due}`);
    expect(list.body.items).toMatchObject([
      { id: first, nameMasked: '赵**', stationId: 'st-east', incidentState: 'closed', state: 'planned' },
    ]);
    expect((await station('GET', '/api/revisits?limit=1')).body.nextCursor).toBe(first);
    expect((await station('GET', `/api/revisits?cursor=${first}`)).body.items).toHaveLength(2);
    const west = await app.asUser('west', 'station', 'st-west');
    expect((await west('GET', '/api/revisits')).body.items).toEqual([]);
    expect((await west('POST', `/api/revisits/${first}/done`, {})).status).toBe(404);

    // To the last millisecond of its day nobody has missed it.
    app.clock.advance(dayStartMs(due) + dayMs - 1 - app.clock.now());
    expect(await missRevisits(app.deps)).toBe(0);
    app.clock.advance(1);
    const both = await Promise.all([missRevisits(app.deps), missRevisits(app.deps)]);
    expect(both.toSorted((a, b) => a - b)).toEqual([0, 1]);
    const { rows } = await app.database.pool.query(
      `select payload->>'revisitId' as id from domain_event where kind = 'revisitMoved' and payload->>'to' = 'missed'`,
    );
    expect(rows).toEqual([{ id: first }]);
    // Later than planned is better than never.
    const leader = await app.asUser('leader9', 'leader');
    expect((await leader('POST', `/api/revisits/${first}/done`, { note: '已上门' })).status).toBe(200);
    expect((await leader('POST', `/api/revisits/${first}/cancel`, {})).status).toBe(409);
    expect((await leader('POST', `/api/revisits/${third}/cancel`, {})).status).toBe(200);
    // The server was down for a week: the day of the second one is over, too.
    app.clock.advance(8 * dayMs);
    expect(await missRevisits(app.deps)).toBe(1);
    const late = await app.asUser('leader10', 'leader');
    const after = (await late('GET', `/api/incidents/${incidentId}/meetings`)).body.items;
    const states = after[0].revisits.map(({ id, state }: { id: string; state: string }) => [id, state]);
    expect(states).toEqual([
      [first, 'done'],
      [second, 'missed'],
      [third, 'cancelled'],
    ]);
  });

  it('the phrase is made once, read with an audit row, and is in no reply that is kept', async () => {
    await start();
    const path = `/api/incidents/${incidentId}/phrase`;
    const operator = app.as('operator');
    expect((await operator('GET', path)).status).toBe(404);
    const made = await Promise.all([operator('POST', path), app.as('field')('POST', path)]);
    expect(made.map(({ status }) => status)).toEqual([201, 201]);
    expect(made[0]!.body).toEqual(made[1]!.body);
    const said = (await operator('GET', path)).body;
    expect(said.phrase.split(' · ')).toHaveLength(3);
    expect(said.toldAt).toBeNull();
    await operator('POST', `${path}/told`);
    expect((await app.as('field')('GET', path)).body).toEqual({ ...said, toldAt: fromNow(app.clock, 0) });
    expect((await app.as('analyst')('GET', path)).status).toBe(403);
    const west = await app.asUser('west', 'field', 'st-west');
    expect((await west('GET', path)).status).toBe(404);
    const { rows } = await app.database.pool.query(
      `select (select string_agg(a::text, ' ') from audit_entry a) as audit, (select string_agg(k::text, ' ') from idempotency_key k) as keys,
        (select count(*)::int from audit_entry where action = 'phrase.read') as reads`,
    );
    expect(rows[0].reads).toBe(2);
    for (const word of said.phrase.split(' · '))
      expect(`${rows[0].audit} ${rows[0].keys}`).not.toContain(word);
  });

  it('each Monday some meetings of the week before are drawn for a leader, once', async () => {
    await start();
    // A Wednesday, so that all of it is one week.
    app.clock.advance(dayStartMs(mondayOf(app.clock.now())) + 9 * dayMs + 3_600_000 - app.clock.now());
    const signedIn = await app.asUser('leader9', 'leader');
    const fresh = alertBody({}, { home: inEast, phone: '13900000055' });
    incidentId = (await signedIn('POST', '/api/alerts', fresh)).body.incidentId;
    for (let i = 0; i < 11; i++) expect((await hold(signedIn)).status).toBe(201);
    expect(await drawSpotChecks(app.deps)).toBe(0);
    app.clock.advance(5 * dayMs);
    const leader = await app.asUser('leader10', 'leader');
    const drawn = await Promise.all([drawSpotChecks(app.deps), drawSpotChecks(app.deps)]);
    expect(drawn.toSorted((a, b) => a - b)).toEqual([0, 2]);
    const week = mondayOf(app.clock.now());
    const { items, counts } = (await leader('GET', `/api/spot-checks?week=${week}&state=due`)).body;
    expect(counts).toEqual({ drawn: 2, good: 0, lacking: 0 });
    expect(items).toMatchObject([{ stationId: 'st-east', verdict: null }, { week }]);
    const check = (id: string) =>
      leader('POST', `/api/meetings/${id}/check`, { verdict: 'lacking', note: '未核对身份' });
    expect((await check(items[0].id)).status).toBe(200);
    expect((await check(items[0].id)).status).toBe(409);
    expect((await check('mtg_none')).status).toBe(404);
    const after = (await leader('GET', `/api/spot-checks?week=${week}&state=checked`)).body;
    expect(after.counts).toEqual({ drawn: 2, good: 0, lacking: 1 });
    expect(after.items).toMatchObject([
      { id: items[0].id, note: '未核对身份', checkedByName: '名 leader10' },
    ]);
    expect(await drawSpotChecks(app.deps)).toBe(0);
  });
});
