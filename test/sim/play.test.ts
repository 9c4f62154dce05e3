/** The simulator against the real server: a scenario from the alert to the meeting, demo time at 60×, and a training led by a person. */
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DutyNow } from '#contract/roster.ts';
import type { SimulatorBody, SimulatorView, TrainingResult } from '#contract/simulator.ts';
import type { TaskView } from '#contract/task.ts';
import { signIn, type SimSession } from '../../server/sim/api.ts';
import { type ServerUnderTest, startServer } from '../e2e/server.ts';
import { demoFolder, until } from './demo-folder.ts';

interface IncidentItem {
  id: string;
  state: string;
  outcome: string | null;
  openedAt: string;
  closedAt: string | null;
  subject?: { address?: string; home?: { lng: number; lat: number } };
}

let dataDir: string;
let server: ServerUnderTest;
let leader: SimSession;

beforeAll(async () => {
  dataDir = await demoFolder();
  server = await startServer({ dataDir, demo: true });
  leader = await signIn(server.baseUrl, 'leader', 'demo');
  await until(() => server.output().includes('crews are on duty'));
}, 300_000);

afterAll(async () => {
  await server?.stop();
  await rm(dataDir, { recursive: true, force: true });
}, 60_000);

const view = () => leader.get<SimulatorView>('/api/simulator');
const tell = (body: SimulatorBody) => leader.post<SimulatorView>('/api/simulator', body);
const incidentOf = (id: string) => leader.get<IncidentItem>(`/api/incidents/${id}`);
const tasksOf = async (id: string) =>
  (await leader.get<{ items: TaskView[] }>(`/api/incidents/${id}/tasks`)).items;

describe('the simulator on a real server', () => {
  it('plans the shifts of its crews: all cars are on duty until the next change', {
    timeout: 60_000,
  }, async () => {
    await until(() => server.output().includes('shifts are planned'));
    const { items } = await leader.get<{ items: { id: string; kind: string }[] }>('/api/units?limit=1000');
    const cars = new Set(items.flatMap(({ id, kind }) => (kind === 'car' ? [id] : [])));
    const { at, stations } = await leader.get<DutyNow>('/api/roster/now');
    const board = stations.flatMap(({ units }) => units);
    expect(board.every(({ why }) => why === 'onShift' || why === 'notYet')).toBe(true);
    const onDuty = board.filter(({ unitId }) => cars.has(unitId));
    expect(onDuty).toHaveLength(cars.size);
    for (const { availableUntil } of onDuty) {
      expect(availableUntil).toMatch(/T(00|12):00:00/);
      expect(Date.parse(availableUntil!) - Date.parse(at)).toBeLessThanOrEqual(12 * 3_600_000);
    }
  });

  it('plays a scenario by itself: alert, orders, search, meeting, closing', {
    timeout: 240_000,
  }, async () => {
    await tell({ action: 'start', scenario: 'at-home', seed: 4, rate: 15 });
    const incidentId = await until(async () => {
      const { current } = await view();
      return current?.scenarioId === 'at-home' ? current.incidentId : null;
    });
    await until(async () => (await incidentOf(incidentId)).state === 'closed');
    const incident = await incidentOf(incidentId);
    expect(incident.outcome).toMatch(/^met/);
    const tasks = await tasksOf(incidentId);
    const found = tasks.find(task => task.outcome === 'found')!;
    expect(found.target?.kind).toBe('residence');
    const times = [
      incident.openedAt,
      found.orderedAt,
      found.acceptedAt!,
      found.arrivedAt!,
      found.endedAt!,
      incident.closedAt!,
    ];
    const instants = times.map(time => Date.parse(time));
    expect(instants).toEqual(instants.toSorted((a, b) => a - b));
    // Three minutes at the door at least, however little of the machine's time it took.
    expect(Date.parse(found.endedAt!) - Date.parse(found.arrivedAt!)).toBeGreaterThan(30_000);
  });

  it('at 60× keeps people signed in, and stands still when it is paused', { timeout: 60_000 }, async () => {
    await tell({ action: 'rate', rate: 60 });
    const paused = await tell({ action: 'pause' });
    expect(paused.state).toBe('paused');
    await new Promise(resolve => setTimeout(resolve, 300));
    const later = await view();
    expect(later.demoAt).toBe(paused.demoAt);
    expect((await tell({ action: 'resume' })).state).toBe('running');
    await until(async () => (await view()).demoAt > paused.demoAt);
    expect(await leader.get('/api/session')).toMatchObject({ role: 'leader' });
  });

  it('leaves a training to a person, and tells the truth afterwards', { timeout: 240_000 }, async () => {
    await tell({ action: 'start', scenario: 'at-home', seed: 5, rate: 15, training: true });
    const incidentId = await until(async () => {
      const { current } = await view();
      return current?.training ? current.incidentId : null;
    });
    const { subject } = await incidentOf(incidentId);
    const { lng, lat } = subject!.home!;
    const bbox = [lng - 0.001, lat - 0.001, lng + 0.001, lat + 0.001].join(',');
    const { items: places } = await leader.get<{ items: { id: string; position: { lng: number } }[] }>(
      `/api/places?bbox=${bbox}&kind=residence`,
    );
    const door = places.find(({ position }) => Math.abs(position.lng - lng) < 1e-6)!;
    expect(await tasksOf(incidentId)).toEqual([]);
    const order = async () => {
      const { items } = await leader.get<{ items: { unitId: string }[] }>(
        `/api/units/nearest?lng=${lng}&lat=${lat}&limit=1&by=road`,
      );
      const body = { unitId: items[0]!.unitId, placeId: door.id, method: 'gateAsked' };
      await leader.post(`/api/incidents/${incidentId}/tasks`, body);
    };
    await order();
    // A crew may refuse, or knock in vain.
    await until(async () => {
      const tasks = await tasksOf(incidentId);
      if (tasks.some(({ outcome }) => outcome === 'found')) return true;
      if (tasks.every(({ endedAt }) => endedAt !== null)) await order();
      return false;
    });
    await leader.post(`/api/incidents/${incidentId}/close`, { outcome: 'met' });
    const { id } = await until(async () => (await view()).trainings.find(({ seed }) => seed === 5));
    const result = await leader.get<TrainingResult>(`/api/simulator/trainings/${id}`);
    expect(result).toMatchObject({
      scenarioId: 'at-home',
      seed: 5,
      ending: 'met',
      incidentId,
    });
    expect(result.metAfterMinutes).toBeGreaterThan(0);
    // How soon depends on how busy this machine is.
    expect(result.moneySaved).toBe(Date.parse(result.times.metAt!) <= Date.parse(result.moneyGoneAt));
    expect(result.times.firstOrderAt! < result.times.metAt!).toBe(true);
    expect(result.times.authorityRequestedAt === null || result.times.authorityApprovedAt === null).toBe(
      true,
    );
    const last = result.truth.at(-1)!;
    expect([last.lng, last.lat]).toEqual([lng, lat]);
  });

  it('makes a history ahead that keeps the clock until it is made, with a roster to its end', {
    timeout: 240_000,
  }, async () => {
    await tell({ action: 'stop' });
    const { history } = await tell({ action: 'history', days: 1 });
    await until(async () => {
      const now = await view();
      if (now.history === null) return true;
      expect(now.demoAt <= history!.toAt).toBe(true);
      return false;
    });
    expect((await view()).demoAt >= history!.toAt).toBe(true);
    const { stations } = await leader.get<DutyNow>('/api/roster/now');
    const reasons = stations.flatMap(({ units }) => units.map(({ why }) => why));
    expect(new Set(reasons)).not.toContain('shiftEnded');
    expect(reasons.filter(why => why === 'onShift').length).toBeGreaterThan(reasons.length / 2);
  });

  it('refuses what does not exist', { timeout: 20_000 }, async () => {
    await expect(tell({ action: 'start', scenario: 'moon' })).rejects.toThrow(/expected one of at-home/);
    await expect(tell({ action: 'rate' })).rejects.toThrow(/expected the rate/);
    await expect(tell({ action: 'start', training: true })).rejects.toThrow(/expected the scenario/);
    await expect(leader.get('/api/simulator/trainings/none')).rejects.toThrow(/404/);
    const operator = await signIn(server.baseUrl, 'operator', 'demo');
    await expect(operator.get('/api/simulator')).rejects.toThrow(/403/);
  });
});
