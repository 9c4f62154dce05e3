/** What clocks foretell and what the day's board says are one forecast: from the plan, else from the way of the nearest free crew, else as usual. */
import { afterEach, expect, it } from 'vitest';
import type { ClearBoard } from '#contract/clear.ts';
import { usualTimes } from '#domain/loop/forecast.ts';
import { Foresight } from '../../server/clocks/foresight.ts';
import { alertBody, type TestApp, testApp } from '../builders/app.ts';
import { inEast } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';

const second = 1000;

describeEachDatabase('what is foreseen', makeDatabase => {
  let app: TestApp;
  afterEach(() => app.close());

  const alert = async (subject: Record<string, unknown>) => {
    const { body } = await app.as('operator')('POST', '/api/alerts', alertBody({ risk: 'high' }, subject));
    await app.settled();
    return app.deps.live.world().incidents[body.incidentId as string]!;
  };
  const clockOf = ({ loop }: Awaited<ReturnType<typeof alert>>, kind: string) =>
    Object.values(loop.clocks).find(each => each.kind === kind)!;

  it('a meeting without a plan takes the road time of the nearest free crew, where her home is known', async () => {
    app = await testApp(await makeDatabase());
    const [known, unknown] = [await alert({ home: inEast }), await alert({ phone: '13900000077' })];
    const asked: unknown[] = [];
    const driveS = (home: unknown) => {
      asked.push(home);
      return 300;
    };
    const meetingMs = async (foresight: Foresight, incident = known) =>
      (await foresight.now([known, unknown]))(incident, clockOf(incident, 'meeting')).doneMs;
    const { clock, database } = app.deps;
    const usual = (await meetingMs(new Foresight({ clock, database })))!;
    const byRoad = (await meetingMs(new Foresight({ clock, database, driveS })))!;
    expect(usual - byRoad).toBe((usualTimes.travelS - 300) * second);
    expect(asked).toEqual([inEast]);
    const plannedMs = () => clock.now() + 60 * second;
    expect(await meetingMs(new Foresight({ clock, database, driveS, plannedMs }))).toBe(plannedMs());
    expect(asked).toHaveLength(1);
    // Nobody was sent to her, so nobody can say; that it will not be cleared today is foreseen all the same.
    const foresee = await new Foresight({ clock, database, driveS }).now([unknown]);
    expect(foresee(unknown, clockOf(unknown, 'meeting'))).toEqual({ doneMs: null, breach: false });
    expect(foresee(unknown, clockOf(unknown, 'sameDay'))).toEqual({ doneMs: null, breach: true });
  });

  it('the board of the day says what the same-day clock foretells, at each step', async () => {
    app = await testApp(await makeDatabase());
    const { id } = await alert({ home: inEast });
    const order = Object.values(app.deps.live.world().incidents[id]!.loop.orders)[0]!.id;
    const steps = [
      ['acknowledge', {}],
      ['underWay', {}],
    ] as const;
    const agree = async () => {
      await app.settled();
      const incident = app.deps.live.world().incidents[id]!;
      const foresee = await app.deps.foresight.now([incident]);
      const { doneMs, breach } = foresee(incident, clockOf(incident, 'sameDay'));
      const { body } = await app.as('leader')('GET', '/api/clear');
      const item = (body as ClearBoard).items.find(({ incidentId }) => incidentId === id)!;
      expect(item.forecast).toEqual({ doneAt: new Date(doneMs!).toISOString(), breach });
    };
    await agree();
    for (const [step, body] of steps) {
      app.clock.advance(90 * second);
      expect((await app.as('leader')('POST', `/api/orders/${order}/${step}`, body)).status).toBe(200);
      await agree();
    }
  });
});
