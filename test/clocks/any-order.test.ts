/** Whatever is done to an incident in whatever order, its clocks are started once, stopped at most once, and told once. */
import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { clockJobs } from '../../server/jobs/clock-jobs.ts';
import { alertBody, type TestApp, testApp } from '../builders/app.ts';
import { inEast } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';

const minute = 60_000;
const never = new AbortController().signal;

interface ClockRow {
  id: string;
  kind: string;
  refId: string | null;
  dueMs: number;
  stoppedMs: number | null;
  breached: boolean;
  outcome: string | null;
}
type Fact = { kind: string; clockId: string; atMs: number };

/** What may be done next; what is not allowed at that moment is refused, and changes nothing. */
const deeds = [
  'alertGraver',
  'alertMoney',
  'acknowledge',
  'underWay',
  'feedback',
  'issueElsewhere',
  'cancel',
  'askTrace',
  'approve',
  'failTrace',
  'handOver',
  'undoHandOver',
  'fire',
  'close',
] as const;
type Deed = (typeof deeds)[number];

describeEachDatabase('clocks in any order', makeDatabase => {
  let app: TestApp;
  afterEach(() => app.close());

  let phones = 0;
  async function alert(phone: string, more: object = {}): Promise<string> {
    const body = alertBody({ risk: 'medium', ...more }, { phone, home: inEast });
    const answer = await app.as('operator')('POST', '/api/alerts', body);
    expect(answer.status).toBe(201);
    return answer.body.incidentId as string;
  }

  /** Two servers on one database, as in the worst case. */
  async function fireTwice(): Promise<void> {
    const runners = [await clockJobs(app.deps, app.deps.live), await clockJobs(app.deps, app.deps.live)];
    const turns = runners.map(({ jobs }) => jobs.find(({ name }) => name === 'fireClocks')!.run(never));
    await Promise.all(turns);
    for (const { close } of runners) close();
  }

  async function act(deed: Deed, incidentId: string, phone: string): Promise<void> {
    const [operator, leader] = [app.as('operator'), app.as('leader')];
    const incident = `/api/incidents/${incidentId}`;
    const items = async (what: string) =>
      ((await leader('GET', `${incident}/${what}`)).body.items ?? []) as { id: string }[];
    const newest = async (what: string) => (await items(what)).at(what === 'orders' ? 0 : -1)?.id ?? 'none';
    switch (deed) {
      case 'alertGraver':
        return void (await alert(phone, { risk: 'extraHigh' }));
      case 'alertMoney':
        return void (await alert(phone, { amount: 90_000 }));
      case 'acknowledge':
      case 'underWay':
        return void (await operator('POST', `/api/orders/${await newest('orders')}/${deed}`, {}));
      case 'feedback': {
        const body = { text: '已见面劝阻', met: true };
        return void (await operator('POST', `/api/orders/${await newest('orders')}/feedback`, body));
      }
      case 'issueElsewhere':
        return void (await leader('POST', `${incident}/orders`, { stationId: 'st-west', reason: '就近' }));
      case 'cancel':
        return void (await leader('POST', `/api/orders/${await newest('orders')}/cancel`, {
          reason: '误派',
        }));
      case 'askTrace':
        return void (await operator('POST', `${incident}/trace-requests`, {
          askedOf: 'carrier',
          what: '当前位置',
        }));
      case 'approve': {
        const { body } = await operator('GET', incident);
        const paper = (body.authorities as { id: string }[] | undefined)?.[0]?.id ?? 'none';
        return void (await leader('POST', `/api/authorities/${paper}/approve`));
      }
      case 'failTrace':
        return void (await operator('POST', `/api/trace-requests/${await newest('trace-requests')}/fail`));
      case 'handOver':
        return void (await leader('POST', `${incident}/hand-over`, { to: '外地公安局', reason: '住在外地' }));
      case 'undoHandOver':
        return void (await leader('DELETE', `${incident}/hand-over`));
      case 'fire':
        return fireTwice();
      case 'close':
        return void (await leader('POST', `${incident}/close`, { outcome: 'met' }));
    }
  }

  async function clocksOf(incidentId: string): Promise<ClockRow[]> {
    const { rows } = await app.database.pool.query<ClockRow>(
      `select id, kind, ref_id as "refId", extract(epoch from due_at)::float8 * 1000 as "dueMs",
         extract(epoch from stopped_at)::float8 * 1000 as "stoppedMs", breached_at is not null as breached, outcome
       from clock where incident_id = $1`,
      [incidentId],
    );
    return rows;
  }
  async function factsOf(incidentId: string): Promise<Fact[]> {
    const { rows } = await app.database.pool.query<Fact>(
      `select kind, payload->>'clockId' as "clockId", extract(epoch from observed_at)::float8 * 1000 as "atMs"
       from domain_event where incident_id = $1 and kind like 'clock%' order by seq`,
      [incidentId],
    );
    return rows;
  }

  function expectSound(clock: ClockRow, facts: readonly Fact[], label: string): void {
    const times = (kind: string) =>
      facts.filter(each => each.clockId === clock.id && each.kind === kind).length;
    expect(times('clockStarted'), label).toBe(1);
    expect(times('clockStopped'), label).toBe(clock.outcome === null ? 0 : 1);
    expect(times('clockBreached'), label).toBe(clock.breached ? 1 : 0);
    expect(times('clockWarned'), label).toBeLessThanOrEqual(1 + times('clockMoved'));
    expect(clock.stoppedMs === null, label).toBe(clock.outcome === null);
    if (clock.stoppedMs !== null && clock.outcome !== 'void')
      expect(clock.outcome, label).toBe(clock.stoppedMs <= clock.dueMs ? 'met' : 'late');
    if (clock.breached && clock.outcome !== 'void') expect(clock.outcome, label).not.toBe('met');
  }

  const step = fc.record({
    deed: fc.constantFrom(...deeds),
    waitMs: fc.constantFrom(5_000, minute, 4 * minute, 11 * minute, 45 * minute, 260 * minute),
  });

  it('each is started once, stopped at most once, met if and only if stopped in time, and breached once', async () => {
    app = await testApp(await makeDatabase());
    // Days pass in a run: nobody signs out.
    await app.database.pool.query(
      `update user_session set last_seen_at = '2100-01-01', expires_at = '2100-01-01'`,
    );
    const run = async (steps: readonly { deed: Deed; waitMs: number }[]) => {
      const phone = `1370000${String(1000 + phones++)}`;
      const incidentId = await alert(phone);
      for (const { deed, waitMs } of steps) {
        app.clock.advance(waitMs);
        await act(deed, incidentId, phone);
      }
      const [clocks, facts] = [await clocksOf(incidentId), await factsOf(incidentId)];
      for (const clock of clocks) expectSound(clock, facts, `${clock.kind} after ${JSON.stringify(steps)}`);
      const running = clocks.filter(({ outcome }) => outcome === null);
      const names = running.map(({ kind, refId }) => `${kind} ${refId}`);
      expect(new Set(names).size, names.join(', ')).toBe(names.length);
      await app.settled();
      const incident = app.deps.live.world().incidents[incidentId]!;
      if (incident.state === 'closed') expect(running).toEqual([]);
      const shown = Object.values(incident.loop.clocks)
        .map(({ id, breached, dueAt, outcome }) => ({ id, breached, dueMs: Date.parse(dueAt), outcome }))
        .toSorted((a, b) => a.id.localeCompare(b.id));
      const kept = clocks
        .map(({ id, breached, dueMs, outcome }) => ({ id, breached, dueMs, outcome }))
        .toSorted((a, b) => a.id.localeCompare(b.id));
      expect(shown).toEqual(kept);
    };
    await run([
      { deed: 'fire', waitMs: 260 * minute },
      { deed: 'alertGraver', waitMs: minute },
      { deed: 'fire', waitMs: minute },
    ]);
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), run), {
      numRuns: 6,
      endOnFailure: true,
    });
  }, 120_000);
});
