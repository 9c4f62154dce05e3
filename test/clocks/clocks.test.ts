/** Clocks through the real services and tables: started by facts, told once, whoever runs and whenever. */
import { afterEach, expect, it } from 'vitest';
import type { DomainEvent } from '#domain/event/event.ts';
import { clockJobs } from '../../server/jobs/clock-jobs.ts';
import { alertBody, type TestApp, testApp } from '../builders/app.ts';
import { inEast } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';

const minute = 60_000;
const never = new AbortController().signal;

interface Clock {
  id: string;
  kind: string;
  refId: string | null;
  dueAt: string;
  breachedAt: string | null;
  late: boolean;
  outcome: string | null;
}

describeEachDatabase('clocks', makeDatabase => {
  let app: TestApp;
  afterEach(() => app.close());

  async function start(): Promise<void> {
    app = await testApp(await makeDatabase());
  }
  async function alert(risk = 'medium', more: object = {}): Promise<string> {
    const body = alertBody({ risk, ...more }, { phone: '13900000001', home: inEast });
    return (await app.as('operator')('POST', '/api/alerts', body)).body.incidentId as string;
  }
  const clocksOf = async (incidentId: string) =>
    (await app.as('leader')('GET', `/api/incidents/${incidentId}/clocks`)).body.items as Clock[];
  const clock = async (incidentId: string, kind: string) =>
    (await clocksOf(incidentId)).find(each => each.kind === kind)!;
  const orderOf = async (incidentId: string) =>
    (await app.as('leader')('GET', `/api/incidents/${incidentId}/orders`)).body.items[0].id as string;
  const told = async (...kinds: DomainEvent['kind'][]) => {
    const { rows } = await app.database.pool.query<{
      kind: string;
      payload: { clockId: string; late?: boolean };
    }>('select kind, payload from domain_event where kind = any($1) order by seq', [kinds]);
    return rows;
  };
  /** Fires what is due by now, as a server that was started now. */
  async function runner() {
    const { jobs, close } = await clockJobs(app.deps, app.deps.live);
    const fire = jobs.find(({ name }) => name === 'fireClocks')!;
    const forecast = jobs.find(({ name }) => name === 'forecastClocks')!;
    return { fire: () => fire.run(never), forecast: () => forecast.run(never), close };
  }

  it('start with the alert and its order, and stop in time or late by what was done when', async () => {
    await start();
    const incidentId = await alert('medium', { amount: 5000 });
    const kinds = (await clocksOf(incidentId)).map(({ kind }) => kind).toSorted();
    expect(kinds).toEqual(['acknowledge', 'meeting', 'sameDay', 'stopPayment', 'underWay']);
    const order = await orderOf(incidentId);
    app.clock.advance(4 * minute);
    await app.as('station')('POST', `/api/orders/${order}/acknowledge`, {});
    app.clock.advance(7 * minute);
    await app.as('station')('POST', `/api/orders/${order}/underWay`, {});
    expect((await clock(incidentId, 'acknowledge')).outcome).toBe('met');
    expect((await clock(incidentId, 'underWay')).outcome).toBe('late');
    app.clock.advance(minute);
    await app.as('leader')('POST', `/api/incidents/${incidentId}/close`, { outcome: 'falseAlarm' });
    const closed = await clocksOf(incidentId);
    expect(closed.every(({ outcome }) => outcome !== null)).toBe(true);
    expect(closed.find(({ kind }) => kind === 'meeting')!.outcome).toBe('void');
    expect(closed.find(({ kind }) => kind === 'sameDay')!.outcome).toBe('met');
    // Each started once and stopped once.
    await app.settled();
    for (const { id } of closed) {
      const own = (await told('clockStarted', 'clockStopped')).filter(
        ({ payload }) => payload.clockId === id,
      );
      expect(own.map(({ kind }) => kind)).toEqual(['clockStarted', 'clockStopped']);
    }
    const world = app.deps.live.world().incidents[incidentId]!.loop.clocks;
    const outcomes = (of: readonly { id: string; outcome: string | null }[]) =>
      Object.fromEntries(of.map(({ id, outcome }) => [id, outcome]));
    expect(outcomes(Object.values(world))).toEqual(outcomes(closed));
  });

  it('a risk that is raised makes the meeting due sooner, by the same start', async () => {
    await start();
    const incidentId = await alert('medium');
    const before = await clock(incidentId, 'meeting');
    app.clock.advance(10 * minute);
    expect(await alert('extraHigh')).toBe(incidentId);
    const after = await clock(incidentId, 'meeting');
    expect(after.id).toBe(before.id);
    expect(Date.parse(before.dueAt) - Date.parse(after.dueAt)).toBe(210 * minute);
    expect(await told('clockMoved')).toHaveLength(1);
  });

  it('a server that was down across the due time tells of it late, and once; so do two servers', async () => {
    await start();
    const incidentId = await alert('extraHigh');
    const { id } = await clock(incidentId, 'acknowledge');
    app.clock.advance(20 * minute);
    const [one, other] = [await runner(), await runner()];
    await Promise.all([one.fire(), other.fire()]);
    await one.fire();
    one.close();
    other.close();
    const again = await runner();
    await again.fire();
    again.close();
    const breaches = (await told('clockBreached')).filter(({ payload }) => payload.clockId === id);
    expect(breaches.map(({ payload }) => payload.late)).toEqual([true]);
    expect(await clock(incidentId, 'acknowledge')).toMatchObject({ late: true, outcome: null });
    // The leader is called once for each clock that is worth it, beside the call of the alert itself.
    const calls = (await told('leaderCalled')).map(
      ({ payload }) => (payload as { because?: string }).because,
    );
    expect(calls.filter(because => because === 'extraHigh')).toHaveLength(1);
    const leaderClocks = (await told('leaderCalled')).map(({ payload }) => payload.clockId).filter(Boolean);
    expect(new Set(leaderClocks).size).toBe(leaderClocks.length);
  });

  it('while it runs it warns first, is breached on time, and says nothing of what has stopped', async () => {
    await start();
    const live = await runner();
    const incidentId = await alert('low');
    const order = await orderOf(incidentId);
    await app.settled();
    await live.fire();
    expect(await told('clockWarned', 'clockBreached')).toEqual([]);
    app.clock.advance(3.5 * minute);
    await live.fire();
    const warned = await told('clockWarned');
    expect(warned.map(({ payload }) => payload.clockId)).toEqual([
      (await clock(incidentId, 'acknowledge')).id,
    ]);
    await app.as('station')('POST', `/api/orders/${order}/acknowledge`, {});
    app.clock.advance(6.5 * minute + 1000);
    await live.fire();
    live.close();
    const [breach, ...others] = await told('clockBreached');
    expect(others).toEqual([]);
    expect(breach!.payload).toMatchObject({ clockId: (await clock(incidentId, 'underWay')).id, late: false });
  });

  it('foretells a breach, and that it is averted', async () => {
    await start();
    const incidentId = await alert('extraHigh');
    const order = await orderOf(incidentId);
    const live = await runner();
    app.clock.advance(28 * minute);
    await app.settled();
    await live.fire();
    await app.settled();
    await live.forecast();
    const { id } = await clock(incidentId, 'meeting');
    const ofMeeting = async () =>
      (await told('clockForecast')).filter(({ payload }) => payload.clockId === id).map(each => each.payload);
    expect(await ofMeeting()).toMatchObject([{ breach: true }]);
    await app.settled();
    // Nothing new is told of what has not changed.
    await live.forecast();
    expect(await ofMeeting()).toHaveLength(1);
    live.close();
    await app.as('station')('POST', `/api/orders/${order}/acknowledge`, {});
  });

  it('targets are set by a leader, with a reason, for the clocks that start from then on', async () => {
    await start();
    const first = await alert('high');
    const body = { kind: 'acknowledge', risk: null, targetS: 120, warnS: 30, reason: '夜间加强值守' };
    expect((await app.as('operator')('PUT', '/api/clock-targets', body)).status).toBe(403);
    const unsound = { ...body, warnS: 500 };
    expect((await app.as('leader')('PUT', '/api/clock-targets', unsound)).status).toBe(400);
    expect((await app.as('leader')('PUT', '/api/clock-targets', body)).status).toBe(200);
    const listed = (await app.as('station')('GET', '/api/clock-targets')).body.items as { kind: string }[];
    expect(listed.find(({ kind }) => kind === 'acknowledge')).toMatchObject({ targetS: 120, warnS: 30 });
    const lengthOf = async (incidentId: string) => {
      const { rows } = await app.database.pool.query(
        `select extract(epoch from due_at - started_at)::int as s from clock where incident_id = $1 and kind = 'acknowledge'`,
        [incidentId],
      );
      return rows[0].s as number;
    };
    expect(await lengthOf(first)).toBe(300);
    const other = alertBody({ risk: 'high' }, { phone: '13900000002', home: inEast });
    const second = (await app.as('operator')('POST', '/api/alerts', other)).body.incidentId as string;
    expect(await lengthOf(second)).toBe(120);
  });
});
