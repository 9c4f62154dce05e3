import { afterEach, expect, it } from 'vitest';
import type { ClearBoard } from '#contract/clear.ts';
import { alertBody, type TestApp, testApp } from '../builders/app.ts';
import { inEast, inWest } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';

const hourMs = 3_600_000;

describeEachDatabase('same-day clear', makeDatabase => {
  let app: TestApp;
  let calls = 0;
  /** Nine in the morning of 22 November in Shanghai. */
  const start = async () => {
    app = await testApp(await makeDatabase());
    await later(0);
  };
  let leader: Awaited<ReturnType<TestApp['asUser']>>;
  /** Nobody stays signed in for so long. */
  const later = async (ms: number) => {
    app.clock.advance(ms);
    leader = await app.asUser(`leader-${++calls}`, 'leader');
  };
  afterEach(() => app.close());

  const alert = async (home: object): Promise<string> => {
    const phone = `139000010${String(++calls).padStart(2, '0')}`;
    return (await leader('POST', '/api/alerts', alertBody({}, { phone, home }))).body.incidentId;
  };
  const board = async (day?: string, as = leader) => {
    const answer = await as('GET', `/api/clear${day === undefined ? '' : `?day=${day}`}`);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer.body as ClearBoard;
  };
  const orderOf = async (incidentId: string) => {
    await app.settled();
    return Object.values(app.deps.live.world().incidents[incidentId]!.loop.orders)[0]!.id;
  };
  const clear = async (incidentId: string) => {
    const order = `/api/orders/${await orderOf(incidentId)}`;
    await leader('POST', `${order}/acknowledge`, {});
    const said = await leader('POST', `${order}/feedback`, { text: '已见面', met: true });
    expect(said.status, JSON.stringify(said.body)).toBe(200);
  };
  const answer = (incidentId: string, body: Record<string, unknown> = {}, as = leader) =>
    as('POST', `/api/clear/${incidentId}`, {
      day: '2026-11-22',
      ownerId: 'operator',
      why: '当事人外出，约定明早见面',
      ...body,
    });
  const found = ({ items }: ClearBoard, id: string) => items.find(({ incidentId }) => incidentId === id);

  it('what is fed back is cleared; the rest says when, and loudly that nobody answers once midnight is over', async () => {
    await start();
    const [done, open] = [await alert(inEast), await alert(inWest)];
    await clear(done);
    const today = await board();
    expect(today).toMatchObject({
      day: '2026-11-22',
      today: true,
      counts: { opened: 2, earlier: 0, cleared: 1, open: 1, unanswered: 0 },
    });
    expect(found(today, done)!.clearedAt).not.toBeNull();
    expect(found(today, open)!.forecast).toMatchObject({ breach: false });
    expect(today.items.at(-1)!.incidentId).toBe(done);

    await later(16 * hourMs);
    const young = await alert(inEast);
    const next = await board();
    expect(next).toMatchObject({
      day: '2026-11-23',
      counts: { opened: 1, earlier: 1, open: 2, unanswered: 1 },
    });
    expect(next.items[0]).toMatchObject({
      incidentId: open,
      ageDays: 1,
      answeredBy: null,
      openedDay: '2026-11-22',
    });
    expect(found(next, done)).toBeUndefined();
    expect(found(next, young)).toMatchObject({ ageDays: 0 });

    expect((await answer(open)).status).toBe(200);
    const answered = await board();
    expect(answered.counts.unanswered).toBe(0);
    expect(answered.items[0]!.answeredBy).toEqual({ id: 'operator', name: '名 operator', day: '2026-11-22' });

    await clear(open);
    expect((await board()).counts).toMatchObject({ cleared: 1, open: 1, earlier: 1 });
    // The day before stays as it ended: cleared only later.
    const past = await board('2026-11-22');
    expect(past).toMatchObject({ today: false, counts: { opened: 2, cleared: 1, open: 1 } });
  });

  it('what will not clear by the hour is told by a rule where no clock has said so', async () => {
    await start();
    const late = await alert(inEast);
    await later(14.8 * hourMs);
    expect(found(await board(), late)!.forecast).toMatchObject({ breach: true });
    const noOrder = (await leader('POST', '/api/alerts', alertBody({}, { phone: '13900009999' }))).body
      .incidentId as string;
    expect(found(await board(), noOrder)).toMatchObject({ orderState: null, forecast: { breach: true } });
  });

  it('one is answerable only for what was open, by people who can answer; stations for their own', async () => {
    await start();
    const [east, west] = [await alert(inEast), await alert(inWest)];
    const station = app.as('station');
    expect((await board(undefined, station)).items.map(({ incidentId }) => incidentId)).toEqual([east]);
    expect((await answer(west, { ownerId: 'station' }, station)).status).toBe(404);
    expect((await answer(east, { ownerId: 'station' }, station)).status).toBe(200);
    expect((await answer(east, {}, app.as('wall'))).status).toBe(403);
    for (const body of [{ ownerId: 'nobody' }, { ownerId: 'auditor' }, { day: '2026-11-23' }])
      expect((await answer(east, body)).status, JSON.stringify(body)).toBe(400);
    expect((await answer(east, { day: '2026-11-21' })).status).toBe(409);
    await clear(west);
    expect((await answer(west)).status).toBe(409);
    const wall = found(await board(undefined, app.as('wall')), east)!;
    expect(wall.officers).toBeUndefined();
    expect(JSON.stringify(wall)).not.toMatch(/赵|139/);
  });
});
