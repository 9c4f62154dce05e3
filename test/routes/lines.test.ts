import { afterEach, expect, it } from 'vitest';
import { outcomesByHand, redialAfterMs } from '#domain/loop/contact.ts';
import { linesOf } from '#domain/loop/lines.ts';
import { alertBody, fromNow, type TestApp, testApp } from '../builders/app.ts';
import { inEast, inWest } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';

describeEachDatabase('three lines', makeDatabase => {
  let app: TestApp;
  afterEach(() => app.close());
  const start = async (
    overrides: Record<string, unknown> = {},
    subject: Record<string, unknown> = {},
    as: 'operator' | 'leader' = 'operator',
  ) => {
    app ??= await testApp(await makeDatabase());
    const { body } = await app.as(as)('POST', '/api/alerts', alertBody(overrides, subject));
    return body.incidentId as string;
  };
  const fresh = async () => {
    app = await testApp(await makeDatabase());
  };
  const post = (role: Parameters<TestApp['as']>[0], path: string, body?: unknown) =>
    app.as(role)('POST', path, body);
  const loopOf = async (incidentId: string) => {
    await app.settled();
    return app.deps.live.world().incidents[incidentId]!.loop;
  };
  const requestsOf = async (incidentId: string) =>
    (
      (await app.as('trace')('GET', `/api/incidents/${incidentId}/trace-requests`)).body.items as {
        id: string;
        askedOf: string;
        state: string;
        what: string;
        note: string | null;
        authorityId: string;
      }[]
    ).toSorted((a, b) => b.askedOf.localeCompare(a.askedOf));

  it('a request under a second authority has a clock of its own, which answers to the first do not stop', async () => {
    await fresh();
    const incidentId = await start({ risk: 'extraHigh' });
    const first = await requestsOf(incidentId);
    await post('leader', `/api/authorities/${first[0]!.authorityId}/approve`);
    const clocks = async () =>
      Object.values((await loopOf(incidentId)).clocks)
        .filter(({ kind }) => kind === 'traceSent')
        .map(({ outcome }) => outcome);
    expect(await clocks()).toEqual(['met']);
    // The standard paper holds for eight hours.
    app.clock.advance(9 * 3_600_000);
    const operator = await app.asUser('operator-2', 'operator');
    const again = await operator('POST', `/api/incidents/${incidentId}/trace-requests`, {
      askedOf: 'hotel',
      what: '近两日入住记录',
    });
    expect(again).toMatchObject({ status: 201, body: { state: 'asked' } });
    expect(await clocks()).toEqual(['met', null]);
    for (const { id } of first) {
      const { status } = await operator('POST', `/api/trace-requests/${id}/answer`, {});
      expect(status).toBe(200);
    }
    expect(await clocks()).toEqual(['met', null]);
    // Taken back before anybody sent it: nothing was done in time, and nothing was late.
    await operator('POST', `/api/trace-requests/${again.body.requestId}/withdraw`, { note: '已不需要' });
    expect(await clocks()).toEqual(['met', 'void']);
  });

  it('a grave alert has carrier and cameras asked in its own transaction, and one approval by another sends both', async () => {
    await fresh();
    const incidentId = await start({ risk: 'extraHigh' });
    const asked = await requestsOf(incidentId);
    expect(asked.map(({ askedOf, state }) => [askedOf, state])).toEqual([
      ['carrier', 'asked'],
      ['cameras', 'asked'],
    ]);
    const { authorityId } = asked[0]!;
    const detail = await app.as('operator')('GET', `/api/incidents/${incidentId}`);
    expect(detail.body.authorities).toEqual([
      expect.objectContaining({ id: authorityId, requestedBy: 'operator', approvedBy: null }),
    ]);
    expect(detail.body.authorities[0].number).toMatch(/^反诈查〔\d{4}〕\d{4}第1号$/);
    expect(detail.body.authorities[0].legalBasis).toContain('反电信网络诈骗法');
    expect((await post('operator', `/api/authorities/${authorityId}/approve`)).status).toBe(403);
    expect((await post('leader', `/api/authorities/${authorityId}/approve`)).status).toBe(200);
    const loop = await loopOf(incidentId);
    expect(Object.values(loop.requests).map(({ state }) => state)).toEqual(['sent', 'sent']);
    const { rows } = await app.database.pool.query(
      `select count(distinct received_at)::int as instants from domain_event
       where kind in ('authorityApproved') or (kind = 'traceRequestMoved' and payload->>'to' = 'sent')`,
    );
    expect(rows[0].instants).toBe(1);
    // The same person again: nothing is asked twice.
    await start({ risk: 'extraHigh' });
    expect(await requestsOf(incidentId)).toHaveLength(2);
  });

  it('what a gateway or the approver himself hands in is prepared, until somebody asks with one key', async () => {
    await fresh();
    const incidentId = await start({}, {}, 'leader');
    expect((await requestsOf(incidentId)).map(({ state }) => state)).toEqual(['prepared', 'prepared']);
    const path = `/api/incidents/${incidentId}/trace-requests/ask`;
    expect((await post('station', path)).status).toBe(403);
    const asked = await post('trace', path);
    expect(asked.body).toMatchObject({ requestIds: [expect.any(String), expect.any(String)] });
    expect((await post('trace', path)).status).toBe(409);
    expect((await post('leader', `/api/authorities/${asked.body.authorityId}/revoke`)).status).toBe(200);
    expect((await requestsOf(incidentId)).map(({ state }) => state)).toEqual(['prepared', 'prepared']);
    app.clock.advance(1000);
    const again = await post('trace', path);
    expect(again.body.authorityId).not.toBe(asked.body.authorityId);
    await post('leader', `/api/authorities/${again.body.authorityId}/approve`);
    const { rows } = await app.database.pool.query('select number from authority order by requested_at, id');
    expect(rows[1].number).toBe(`${rows[0].number}之2`);
    // Under it one more goes out at once, and her family is asked without any.
    const bank = await post('operator', `/api/incidents/${incidentId}/trace-requests`, {
      askedOf: 'bank',
      what: '近一小时取现网点',
    });
    expect(bank).toMatchObject({ status: 201, body: { state: 'sent' } });
    // A medium risk has nothing asked.
    const other = await start({ risk: 'medium' }, { phone: '13800000002' }, 'leader');
    expect(await requestsOf(other)).toEqual([]);
    const family = await post('operator', `/api/incidents/${other}/trace-requests`, {
      askedOf: 'family',
      what: '常去的地方',
    });
    expect(family.body.state).toBe('sent');
  });

  it('a request ends once, and what was answered is told nobody outside a look', async () => {
    await fresh();
    const incidentId = await start();
    const [carrier, cameras] = await requestsOf(incidentId);
    const answered = await post('trace', `/api/trace-requests/${carrier!.id}/answer`, { note: '在工业园区' });
    expect(answered).toMatchObject({ status: 200, body: { state: 'answered' } });
    expect((await post('trace', `/api/trace-requests/${carrier!.id}/fail`)).status).toBe(409);
    await post('trace', `/api/trace-requests/${cameras!.id}/fail`, { note: '卡口维护中' });
    expect((await post('trace', '/api/trace-requests/trq_none/answer')).status).toBe(404);
    const list = await app.as('trace')('GET', `/api/incidents/${incidentId}/trace-requests`);
    expect(JSON.stringify(list.body)).not.toContain('工业园区');
    expect((await requestsOf(incidentId)).map(({ note }) => note)).toEqual([null, '卡口维护中']);
    expect((await app.as('station')('GET', `/api/incidents/${incidentId}/trace-requests`)).status).toBe(403);
  });

  it('with its incident what was asked ends too', async () => {
    await fresh();
    const incidentId = await start();
    await post('leader', `/api/incidents/${incidentId}/close`, { outcome: 'met' });
    const { requests } = await loopOf(incidentId);
    expect(Object.values(requests).map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn']);
    const body = { askedOf: 'carrier', what: '位置' };
    expect((await post('trace', `/api/incidents/${incidentId}/trace-requests`, body)).body.error.code).toBe(
      'alreadyClosed',
    );
    const call = { channel: 'call', outcome: 'noAnswer' };
    expect((await post('trace', `/api/incidents/${incidentId}/contacts`, call)).status).toBe(409);
  });

  it('extra-high risk and a large amount call the leader, once each, and only he answers', async () => {
    await fresh();
    const incidentId = await start({ risk: 'extraHigh', amount: 200_000 });
    await start({ risk: 'extraHigh', amount: 500_000 });
    const calls = Object.values((await loopOf(incidentId)).calls);
    expect(calls.map(({ because }) => because).toSorted()).toEqual(['extraHigh', 'largeAmount']);
    const path = `/api/leader-calls/${calls[0]!.id}/answer`;
    expect((await post('operator', path)).status).toBe(403);
    expect((await post('leader', path, { note: '马上到指挥中心' })).status).toBe(200);
    expect((await post('leader', path)).status).toBe(409);
    expect((await loopOf(incidentId)).calls[calls[0]!.id]).toMatchObject({ answeredBy: 'leader' });
    const small = await start({ risk: 'high', amount: 199_999 }, { phone: '13800000003' });
    expect((await loopOf(small)).calls).toEqual({});
  });

  it('three calls in vain raise the risk one level and call the leader, once; an answer between begins anew', async () => {
    await fresh();
    const incidentId = await start({ risk: 'medium' }, { home: inEast }, 'leader');
    const record = (outcome: string, at?: string) =>
      post('field', `/api/incidents/${incidentId}/contacts`, { channel: 'call', outcome, ...(at && { at }) });
    await app.as('leader')('POST', `/api/incidents/${incidentId}/members`, { userId: 'field' });
    for (const outcome of ['noAnswer', 'rejected', 'answered', 'noAnswer', 'busy']) {
      app.clock.advance(60_000);
      expect((await record(outcome)).body.raisedTo, outcome).toBe(null);
    }
    // Told late, it happened before her answer and does not count.
    expect((await record('noAnswer', fromNow(app.clock, -240_000))).body.raisedTo).toBe(null);
    app.clock.advance(60_000);
    expect((await record('poweredOff')).body.raisedTo).toBe('high');
    app.clock.advance(60_000);
    expect((await record('unreachable')).body.raisedTo).toBe(null);
    const loop = await loopOf(incidentId);
    expect(Object.values(loop.calls)).toEqual([expect.objectContaining({ because: 'unanswered' })]);
    expect(app.deps.live.world().incidents[incidentId]!.risk).toBe('high');
    const { rows } = await app.database.pool.query(
      `select payload->>'risk' as risk, payload->>'because' as because from domain_event where kind = 'riskRaised'`,
    );
    expect(rows).toEqual([{ risk: 'high', because: 'unanswered' }]);
    // Grave now, so her trace is prepared; a station's officer asks for no authority.
    expect(Object.values(loop.requests).map(({ state }) => state)).toEqual(['prepared', 'prepared']);
    const { contact } = linesOf(app.deps.live.world().incidents[incidentId]!, [], app.clock.now());
    expect(contact).toMatchObject({
      state: 'news',
      next: { action: 'redial', dueAtMs: app.clock.now() + redialAfterMs.high },
    });
  });

  it('two calls recorded at the same moment both count', async () => {
    await fresh();
    const incidentId = await start({ risk: 'low' });
    const path = `/api/incidents/${incidentId}/contacts`;
    const replies = await Promise.all(
      [0, 1, 2, 3].map(() => post('operator', path, { channel: 'call', outcome: 'noAnswer' })),
    );
    expect(replies.map(({ body }) => body.raisedTo).filter(Boolean)).toEqual(['medium']);
  });

  it('an outcome belongs to its channel; what the gateway says nobody says by hand', async () => {
    await fresh();
    const incidentId = await start();
    const record = (body: object) => post('operator', `/api/incidents/${incidentId}/contacts`, body);
    for (const outcome of ['sent', 'delivered', 'failed']) {
      const refused = await record({ channel: 'sms', outcome });
      expect(refused.status).toBe(400);
      expect(refused.body.error.details).toMatchObject({ why: 'byReceiptOnly' });
    }
    expect((await record({ channel: 'call', outcome: 'reached' })).body.error.details.why).toBe(
      'notOfChannel',
    );
    expect((await record({ channel: 'visit', outcome: 'busy' })).status).toBe(400);
    const future = { channel: 'call', outcome: 'answered', at: fromNow(app.clock, 3_600_000) };
    expect((await record(future)).body.error.message).toContain('field at');
    for (const [channel, outcomes] of Object.entries(outcomesByHand))
      for (const outcome of outcomes) expect((await record({ channel, outcome })).status).toBe(201);
    app.clock.advance(1000);
    const noted = { channel: 'family', outcome: 'reached', note: '丈夫称其往工业园方向' };
    expect((await record(noted)).status).toBe(201);
    const { body } = await app.as('trace')('GET', `/api/incidents/${incidentId}/contacts`);
    expect(body.items[0]).toMatchObject(noted);
    // The words are in the vault alone.
    const { rows } = await app.database.pool.query(
      `select payload::text as text from domain_event union all select detail::text from audit_entry`,
    );
    expect(JSON.stringify(rows)).not.toContain('工业园方向');
    expect(app.logLines.join('')).not.toContain('工业园方向');
  });

  it('a line has one owner, who alone gives it up', async () => {
    await fresh();
    const incidentId = await start();
    const line = (role: 'operator' | 'leader' | 'station', take: boolean) =>
      post(role, `/api/incidents/${incidentId}/lines`, { line: 'contact', take });
    expect((await line('station', true)).status).toBe(403);
    expect((await line('operator', true)).body.ownerId).toBe('operator');
    expect((await line('leader', false)).status).toBe(409);
    expect((await line('leader', true)).body.ownerId).toBe('leader');
    expect((await loopOf(incidentId)).owners).toEqual({ contact: 'leader' });
    expect((await line('leader', false)).body.ownerId).toBe(null);
    expect((await loopOf(incidentId)).owners).toEqual({});
  });

  it('a station records calls for its own incidents alone', async () => {
    await fresh();
    const own = await start({}, { home: inEast }, 'leader');
    const foreign = await start({}, { phone: '13800000002', home: inWest }, 'leader');
    const body = { channel: 'call', outcome: 'noAnswer' };
    expect((await post('station', `/api/incidents/${own}/contacts`, body)).status).toBe(201);
    const hidden = await post('station', `/api/incidents/${foreign}/contacts`, body);
    const nothing = await post('station', '/api/incidents/inc_none/contacts', body);
    expect(hidden).toMatchObject({ status: 404, body: nothing.body });
    expect((await app.as('station')('GET', `/api/incidents/${foreign}/contacts`)).status).toBe(404);
  });
});
