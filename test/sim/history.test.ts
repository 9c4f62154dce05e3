/** A demo that begins with a day behind it, and a training that the end of the server cuts short. */
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AlertReply } from '#contract/alert.ts';
import type { SimulatorBody, SimulatorView, TrainingResult } from '#contract/simulator.ts';
import { createRandom } from '#domain/random.ts';
import { signIn, type SimSession } from '../../server/sim/api.ts';
import { inventPerson } from '../../server/sim/people.ts';
import { type ServerUnderTest, startServer } from '../e2e/server.ts';
import { demoFolder, until } from './demo-folder.ts';

let dataDir: string;
let server: ServerUnderTest;
let leader: SimSession;
/** The history as it was when it was begun. */
let begun: NonNullable<SimulatorView['history']>;

async function start(demoHistoryDays = 0): Promise<void> {
  server = await startServer({ dataDir, demo: true, demoHistoryDays });
  leader = await signIn(server.baseUrl, 'leader', 'demo');
}

beforeAll(async () => {
  dataDir = await demoFolder();
  await start(1);
}, 300_000);

afterAll(async () => {
  await server?.stop();
  await rm(dataDir, { recursive: true, force: true });
}, 60_000);

const view = () => leader.get<SimulatorView>('/api/simulator');
const tell = (body: SimulatorBody) => leader.post<SimulatorView>('/api/simulator', body);
const minute = 60_000;
const iso = (atMs: number) => new Date(atMs).toISOString();
const ms = (instant: string) => Date.parse(instant);

describe('a demo with a day behind it', () => {
  it('arrives at the now of the machine, and not at the one at which its history was begun', {
    timeout: 240_000,
  }, async () => {
    begun = (await view()).history!;
    const begunAtMs = Date.now();
    let last = begun;
    await until(async () => {
      const { history } = await view();
      last = history ?? last;
      return history === null;
    });
    const tookMs = Date.now() - begunAtMs;
    const { demoAt, state, rate } = await view();
    expect(ms(last.toAt)).toBeGreaterThan(ms(begun.toAt));
    expect(ms(demoAt)).toBeGreaterThanOrEqual(ms(last.toAt));
    // It was behind by as long as the history took.
    expect(Math.abs(Date.now() - ms(demoAt))).toBeLessThan(tookMs / 4);
    expect({ state, rate }).toEqual({ state: 'running', rate: 1 });
    expect(last.incidents).toBeGreaterThan(5);
  });

  it('has the positions of its crews to the end', { timeout: 60_000 }, async () => {
    const { items: units } = await leader.get<{ items: { id: string }[] }>('/api/units?limit=1000');
    const span = `from=${iso(ms(begun.toAt) - 10 * minute)}&to=${begun.toAt}&limit=1`;
    let seen = 0;
    for (const { id } of units) {
      const { items } = await leader.get<{ items: unknown[] }>(`/api/units/${id}/track?${span}`);
      seen += items.length;
    }
    // One half of them was on duty; some devices have a wrong clock, or no network.
    expect(seen).toBeGreaterThan(units.length / 4);
  });

  it('lets the jobs go on that were held meanwhile', { timeout: 60_000 }, async () => {
    const metrics = async () => (await fetch(`${server.baseUrl}/metrics`)).text();
    // Due each hour of demo time, of which a day has passed in some seconds.
    await until(async () => (await metrics()).includes('job="partitionsAhead",outcome="done"'));
  });
});

describe('a training', () => {
  const scenario = 'patrol';
  const seed = 7;
  const order = async (incidentId: string) => {
    const incident = await leader.get<{ subject: { home: { lng: number; lat: number } } }>(
      `/api/incidents/${incidentId}`,
    );
    const { lng, lat } = incident.subject.home;
    const near = `lng=${lng}&lat=${lat}`;
    const { items: units } = await leader.get<{ items: { unitId: string }[] }>(
      `/api/units/nearest?${near}&limit=1&by=road`,
    );
    const bbox = [lng - 0.01, lat - 0.01, lng + 0.01, lat + 0.01].join(',');
    const { items: places } = await leader.get<{ items: { id: string }[] }>(`/api/places?bbox=${bbox}`);
    const body = { unitId: units[0]!.unitId, placeId: places[0]!.id, method: 'driveBy' };
    await leader.post(`/api/incidents/${incidentId}/tasks`, body);
  };

  it('that a restart cuts short is told of as such, with what was done until then', {
    timeout: 240_000,
  }, async () => {
    await tell({ action: 'stop' });
    // Somebody has warned her before: the exercise joins an incident that has a past of its own.
    const person = inventPerson(createRandom(seed).fork(scenario).fork('person'));
    const region = await leader.get<{ items: { position: { lng: number; lat: number } }[] }>(
      '/api/places?kind=residence&limit=1',
    );
    const { incidentId } = await leader.post<AlertReply>('/api/alerts', {
      source: '96110',
      risk: 'high',
      scamType: 'fakePolice',
      subject: { ...person, home: region.items[0]!.position },
    });
    await order(incidentId);
    await tell({ action: 'start', scenario, seed, training: true });
    const current = await until(async () => {
      const { current: played } = await view();
      return played?.training ? played : null;
    });
    expect(current.incidentId).toBe(incidentId);
    await expect(tell({ action: 'history', days: 1 })).rejects.toThrow(/409.*a training is under way/);
    await order(incidentId);
    await server.kill();

    await start();
    const summary = await until(async () => (await view()).trainings[0]);
    expect(summary).toMatchObject({ scenarioId: scenario, seed, ending: 'restarted', metAfterMinutes: null });
    expect(summary.startedAt).toBe(current.startedAt);
    const result = await leader.get<TrainingResult>(`/api/simulator/trainings/${summary.id}`);
    expect(result).toMatchObject({ incidentId, moneySaved: false, drivenKm: null, orders: 1 });
    const times = Object.values(result.times).filter(time => time !== null);
    expect(times).toContain(result.times.firstOrderAt);
    for (const time of times) expect(ms(time)).toBeGreaterThanOrEqual(ms(result.startedAt));
    expect(result.truth.length).toBeGreaterThan(1);
    expect(await leader.get(`/api/incidents/${incidentId}`)).toMatchObject({
      state: 'closed',
      outcome: 'falseAlarm',
    });
  });

  it('is told of once', { timeout: 120_000 }, async () => {
    const before = (await view()).trainings;
    await server.stop();
    await start();
    // After what the simulator does first.
    await until(async () => (await view()).state === 'running');
    expect((await view()).trainings).toEqual(before);
  });
});
