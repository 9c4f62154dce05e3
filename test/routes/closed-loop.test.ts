/** The closed loop from end to end by the right roles: one case from alert to closed, one that breaches, a repeat, a hand-over, a late loss. */
import { sql } from 'drizzle-orm';
import { afterEach, expect, it } from 'vitest';
import { clockKinds } from '#contract/kinds.ts';
import { verifyAudit } from '../../server/audit/verify.ts';
import { clockJobs } from '../../server/jobs/clock-jobs.ts';
import { alertBody, fromNow, type TestApp, testApp } from '../builders/app.ts';
import { inEast } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';

type Ask = Awaited<ReturnType<TestApp['asUser']>>;
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const never = new AbortController().signal;
const account = '6217000011112222333';
const person = { name: '赵小兰', phone: '13811112222', home: inEast, idNumber: '53012619900101777X' };

describeEachDatabase('the closed loop', makeDatabase => {
  let app: TestApp;
  afterEach(() => app.close());

  const [operator, leader, trace, station, field] = (
    ['operator', 'leader', 'trace', 'station', 'field'] as const
  ).map(
    (role): Ask =>
      (...request) =>
        app.as(role)(...request),
  ) as [Ask, Ask, Ask, Ask, Ask];

  async function start() {
    app = await testApp(await makeDatabase());
    // Monday 10:00 in Shanghai.
    await later(Date.parse('2026-11-23T02:00:00Z') - app.clock.now());
    const officer = async (badgeNumber: string, sworn: boolean) => {
      const body = { name: `民警${badgeNumber}`, badgeNumber, sworn, stationId: 'st-east' };
      return ok<{ officerId: string }>(await leader('POST', '/api/officers', body)).officerId;
    };
    return { sworn: await officer('1', true), auxiliary: await officer('2', false) };
  }
  /** Hours pass, and everybody has signed in again. */
  async function later(ms: number): Promise<void> {
    app.clock.advance(ms);
    const now = new Date(app.clock.now());
    const until = new Date(app.clock.now() + 16 * hour);
    await app.database.maintain(tx =>
      tx.execute(
        sql`update user_session set created_at = ${now}, last_seen_at = ${now}, expires_at = ${until}`,
      ),
    );
  }
  /** The body of an answer that must be a success. */
  function ok<T>({ status, body }: { status: number; body: unknown }): T {
    expect([200, 201, 204], JSON.stringify(body)).toContain(status);
    return body as T;
  }
  const alert = async (more: object = {}, subject: object = person) => {
    const body = alertBody({ risk: 'extraHigh', amount: 80_000, ...more }, { ...subject });
    return ok<{ incidentId: string; joined: boolean }>(await operator('POST', '/api/alerts', body));
  };
  const items = async <T>(path: string, ask: Ask = leader) =>
    ok<{ items: T[] }>(await ask('GET', path)).items;
  const openOrder = async (incidentId: string) =>
    (await items<{ id: string; state: string }>(`/api/incidents/${incidentId}/orders`))[0]!;
  const clocksOf = async (incidentId: string) =>
    Object.fromEntries(
      (
        await items<{ kind: string; outcome: string | null; breachedAt: string | null }>(
          `/api/incidents/${incidentId}/clocks`,
        )
      ).map(clock => [clock.kind, clock]),
    );

  it('one case, from the alert to the closing and the bulletin, by the right roles', async () => {
    const officers = await start();
    const { incidentId } = await alert({
      source: '省级反诈平台',
      externalId: 'YJ-1',
      accounts: [{ bank: '农业银行', number: account, amount: 80_000 }],
    });
    const incident = `/api/incidents/${incidentId}`;

    // Trace: asked for with the alert by whoever took it in; another person's one key sends it within the minute.
    const requests = await items<{ askedOf: string; state: string }>(`${incident}/trace-requests`);
    expect(requests.map(({ askedOf, state }) => `${askedOf} ${state}`).toSorted()).toEqual([
      'cameras asked',
      'carrier asked',
    ]);
    const [authority] = ok<{ authorities: { id: string }[] }>(await operator('GET', incident)).authorities;
    app.clock.advance(40 * second);
    expect((await operator('POST', `/api/authorities/${authority!.id}/approve`)).status).toBe(403);
    ok(await leader('POST', `/api/authorities/${authority!.id}/approve`));
    expect((await clocksOf(incidentId))['traceSent']!.outcome).toBe('met');

    // Contact: nobody answers, three times.
    for (const outcome of ['noAnswer', 'rejected', 'busy']) {
      ok(
        await operator('POST', `${incident}/contacts`, {
          channel: 'call',
          outcome,
          at: fromNow(app.clock, 0),
        }),
      );
      app.clock.advance(30 * second);
    }
    // Money: asked for and held.
    const { stopId } = ok<{ stopId: string }>(
      await operator('POST', `${incident}/stop-payments`, { account, amount: 80_000 }),
    );
    app.clock.advance(2 * minute);
    ok(await operator('POST', `/api/stop-payments/${stopId}/confirm`, { amountHeld: 76_000 }));
    expect((await clocksOf(incidentId))['stopPayment']!.outcome).toBe('met');

    // The station's order, already there; a crew without a sworn officer is refused.
    const order = await openOrder(incidentId);
    expect(order.state).toBe('issued');
    ok(await station('POST', `/api/orders/${order.id}/acknowledge`, {}));
    const unsworn = await station('POST', `/api/orders/${order.id}/assign`, {
      officerIds: [officers.auxiliary],
    });
    expect([400, 409]).toContain(unsworn.status);
    const officerIds = [officers.sworn, officers.auxiliary];
    ok(await station('POST', `/api/orders/${order.id}/assign`, { officerIds }));
    ok(await station('POST', `/api/orders/${order.id}/underWay`, {}));

    // Face to face, in five steps.
    app.clock.advance(12 * minute);
    const { meetingId } = ok<{ meetingId: string }>(
      await station('POST', `${incident}/meetings`, {
        at: fromNow(app.clock, 0),
        place: '园区南路车内',
        officers: officerIds,
      }),
    );
    expect((await openOrder(incidentId)).state).toBe('met');
    for (const n of [1, 2, 3, 4, 5]) {
      const said = n === 3 ? { done: false, refusal: 'refused' } : { done: true };
      ok(await station('POST', `/api/meetings/${meetingId}/steps/${n}`, said));
    }
    ok(await station('POST', `/api/meetings/${meetingId}/revisit`, { dueAt: fromNow(app.clock, 20 * hour) }));
    ok(await station('POST', `/api/orders/${order.id}/feedback`, { text: '已见面劝阻，未转账', met: true }));
    ok(await leader('POST', `${incident}/close`, { outcome: 'met', foundAt: inEast }));
    const clocks = await clocksOf(incidentId);
    expect(Object.values(clocks).map(({ outcome }) => outcome)).toEqual(
      Object.values(clocks).map(() => 'met'),
    );
    expect(Object.keys(clocks).toSorted()).toEqual([...clockKinds].toSorted());

    // Fed back to the platform that sent the alert, and cleared on the board of the day.
    const upward = await items<{ incidentId: string }>('/api/upward', operator);
    expect(upward.map(each => each.incidentId)).toContain(incidentId);
    const board = ok<{ counts: { opened: number; cleared: number; open: number } }>(
      await leader('GET', '/api/clear'),
    );
    expect(board.counts).toMatchObject({ opened: 1, cleared: 1, open: 0 });

    // The next morning the loss turns up: the week is restated, marked.
    await later(22 * hour);
    ok(
      await leader('POST', `${incident}/outcomes`, {
        reportedAt: fromNow(app.clock, 0),
        transferredAfterAlert: true,
        lossAmount: 4000,
        caseNumber: '立〔2026〕1号',
      }),
    );
    const bulletin = ok<{
      total: { figures: Record<string, number>; rates: { meeting: { value: number } } };
    }>(await leader('GET', '/api/reports/weekly?week=2026-W48'));
    expect(bulletin.total.figures).toMatchObject({
      issued: 1,
      metInTime: 1,
      notMet: 0,
      transferred: 1,
      lossAmount: 4000,
      heldAmount: 76_000,
      stopsConfirmed: 1,
      cases: 1,
    });
    expect(bulletin.total.rates.meeting.value).toBe(1);
    expect(await verifyAudit(app.database)).toMatchObject({ ok: true });
    await namesNobody();
  });

  it('a case that nobody works breaches each of its clocks, each told once, and calls the leader', async () => {
    await start();
    // Through the platform, so that nobody has asked for the trace yet.
    const { token } = ok<{ token: string }>(
      await leader('POST', '/api/devices', { protocol: 'gateway', identifier: 'platform', crs: 'wgs84' }),
    );
    const body = alertBody({ risk: 'extraHigh', amount: 500_000 }, person);
    const sent = await app.anonymous('POST', '/api/alerts', body, { authorization: `Bearer ${token}` });
    const { incidentId } = ok<{ incidentId: string }>(sent);
    const { jobs, close } = await clockJobs(app.deps, app.deps.live);
    const fire = jobs.find(({ name }) => name === 'fireClocks')!;
    for (let minutes = 0; minutes < 13 * 60; minutes += 5) {
      app.clock.advance(5 * minute);
      await fire.run(never);
    }
    close();
    await later(0);
    const order = await openOrder(incidentId);
    ok(await station('POST', `/api/orders/${order.id}/acknowledge`, {}));
    const clocks = await clocksOf(incidentId);
    const breached = Object.keys(clocks).filter(kind => clocks[kind]!.breachedAt !== null);
    expect(breached.toSorted()).toEqual([
      'acknowledge',
      'meeting',
      'sameDay',
      'stopPayment',
      'traceSent',
      'underWay',
    ]);
    expect(clocks['acknowledge']!.outcome).toBe('late');
    const { rows } = await app.database.pool.query<{ kind: string; n: number }>(
      `select kind, count(*)::int as n from domain_event where kind in ('clockBreached', 'leaderCalled') group by kind`,
    );
    const count = Object.fromEntries(rows.map(({ kind, n }) => [kind, n]));
    // Extra-high, a large amount, and three clocks that are worth the leader's time.
    expect(count).toEqual({ clockBreached: 6, leaderCalled: 5 });
    // Midnight: it stays on the board, with nobody who answers for it until somebody does.
    await later(12 * hour);
    const clear = async () =>
      ok<{ counts: { earlier: number; unanswered: number } }>(await leader('GET', '/api/clear')).counts;
    expect(await clear()).toMatchObject({ earlier: 1, unanswered: 1 });
    ok(
      await leader('POST', `/api/clear/${incidentId}`, {
        day: '2026-11-23',
        ownerId: 'operator',
        why: '当事人外出，明早见面',
      }),
    );
    expect(await clear()).toMatchObject({ earlier: 1, unanswered: 0 });
    await namesNobody();
  });

  it('a repeat joins the open incident, raises its risk and shows its history once it is over', async () => {
    await start();
    const first = await alert({ risk: 'medium' });
    app.clock.advance(3 * minute);
    const repeat = await alert({ risk: 'high' });
    expect(repeat).toMatchObject({ incidentId: first.incidentId, joined: true });
    expect(await items(`/api/incidents/${first.incidentId}/orders`)).toHaveLength(1);
    ok(await leader('POST', `/api/incidents/${first.incidentId}/close`, { outcome: 'falseAlarm' }));
    app.clock.advance(hour);
    const again = await alert({ risk: 'low' });
    expect(again.joined).toBe(false);
    const history = await items<{ incidentId: string }>(`/api/incidents/${again.incidentId}/history`);
    expect(history.map(each => each.incidentId)).toEqual([first.incidentId]);
  });

  it('one is handed to another station, which meets her; the first sees it no more', async () => {
    await start();
    const west = await app.asUser('west', 'station', 'st-west');
    const { incidentId } = await alert({ risk: 'medium' });
    const order = await openOrder(incidentId);
    expect((await west('GET', `/api/incidents/${incidentId}`)).status).toBe(404);
    app.clock.advance(minute);
    const over = { stationId: 'st-west', reason: '当事人现住鹿鸣辖区' };
    ok(await station('POST', `/api/orders/${order.id}/handOver`, over));
    const next = await openOrder(incidentId);
    expect(next.id).not.toBe(order.id);
    expect((await station('GET', `/api/incidents/${incidentId}`)).status).toBe(404);
    ok(await west('GET', `/api/incidents/${incidentId}`));
    expect((await field('POST', `/api/orders/${next.id}/acknowledge`, {})).status).toBe(404);
    ok(await west('POST', `/api/orders/${next.id}/acknowledge`, {}));
    const own = await items<{ refId: string | null; outcome: string | null }>(
      `/api/incidents/${incidentId}/clocks`,
    );
    expect(own.filter(({ refId }) => refId === order.id).map(({ outcome }) => outcome)).toEqual([
      'void',
      'void',
    ]);
  });

  it('who asks may not approve, whoever pressed the key first', async () => {
    await start();
    const { incidentId } = await alert();
    const { authorities } = ok<{ authorities: { id: string; requestedBy: string }[] }>(
      await trace('GET', `/api/incidents/${incidentId}`),
    );
    expect(authorities.map(({ requestedBy }) => requestedBy)).toEqual(['operator']);
    // A leader could approve what somebody else asks for, so his alert leaves the asking to the others: one key.
    const own = ok<{ incidentId: string }>(
      await leader('POST', '/api/alerts', alertBody({ risk: 'high' }, { ...person, phone: '13811113333' })),
    );
    const path = `/api/incidents/${own.incidentId}/trace-requests`;
    expect((await items<{ state: string }>(path)).map(({ state }) => state)).toEqual([
      'prepared',
      'prepared',
    ]);
    const { authorityId } = ok<{ authorityId: string }>(await trace('POST', `${path}/ask`));
    expect((await trace('POST', `/api/authorities/${authorityId}/approve`)).status).toBe(403);
    ok(await leader('POST', `/api/authorities/${authorityId}/approve`));
    expect((await items<{ state: string }>(path)).map(({ state }) => state)).toEqual(['sent', 'sent']);
  });

  /** Neither log nor audit says who she is. */
  async function namesNobody(): Promise<void> {
    const { rows } = await app.database.pool.query<{ said: string }>(
      `select payload::text as said from domain_event
       union all select coalesce(reason, '') || detail::text || resource from audit_entry`,
    );
    const all = rows.map(({ said }) => said).join('\n') + app.logLines.join('\n');
    for (const secret of [person.name, person.phone, person.idNumber, account])
      expect(all).not.toContain(secret);
  }
});
