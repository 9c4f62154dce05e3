/** The thread's side without its thread: what comes of closed roads, other speeds, priors and another incident. */
import { expect, it } from 'vitest';
import { openRoad } from '#road/file.ts';
import { buildHierarchy } from '#road/contraction.ts';
import { withSpeeds } from '#road/speeds.ts';
import { roadClasses } from '#road/build.ts';
import { Locator } from '../../server/locating/locator.ts';
import type { BeliefQuestion, QuestionUnit } from '../../server/locating/protocol.ts';
import { planView, posteriorView } from '../../server/locating/record.ts';
import { townGround } from '../builders/ground.ts';

const { ground, router } = townGround();
const file = openRoad(ground.road);
const openedAtMs = Date.UTC(2026, 10, 22, 1);

const unit = (id: string, lng: number, lat: number, more: Partial<QuestionUnit> = {}): QuestionUnit => ({
  id,
  callsign: id,
  stationId: null,
  kind: 'car',
  sworn: 1,
  auxiliary: 2,
  at: router.snap([lng, lat])!,
  fixAgeS: 5,
  moving: false,
  untilMs: null,
  tasks: [],
  refused: [],
  ...more,
});
const question = (more: Partial<BeliefQuestion> = {}): BeliefQuestion => ({
  incidentId: 'inc_1',
  openedAtMs,
  nowMs: openedAtMs + 300_000,
  scamType: 'fakePolice',
  risk: 'extraHigh',
  amount: 100_000,
  home: { lng: 103.34, lat: 24.75 },
  sightings: [
    {
      id: 'sgt_1',
      observedAtMs: openedAtMs + 120_000,
      detail: { kind: 'fix', position: { lng: 103.36, lat: 24.74 }, accuracyM: 300 },
    },
  ],
  plateKnown: false,
  downCameraIds: [],
  restBefore: null,
  priors: { weights: [], counts: [] },
  closed: { edges: [], darts: [] },
  units: [unit('A', 103.33, 24.74), unit('B', 103.37, 24.77), unit('C', 103.31, 24.72)],
  unavailable: [],
  ...more,
});

function located(): Locator {
  const locator = new Locator(file);
  locator.setGround(ground.tables);
  return locator;
}
const planOf = (locator: Locator, more: Partial<BeliefQuestion> = {}) =>
  planView(locator.answer(question(more)).plan, { seq: 1, atMs: openedAtMs }, { lang: 'zh', horizonMin: 30 });
const beliefOf = (locator: Locator, more: Partial<BeliefQuestion> = {}) =>
  posteriorView(locator.answer(question(more)).posterior, { seq: 1, atMs: openedAtMs }, 'zh');
const nearestS = (locator: Locator, more: Partial<BeliefQuestion> = {}) =>
  planOf(locator, more).nearest.map(({ travelTimeS }) => travelTimeS);

it('the same question has the same answer, to the byte, also in another thread', () => {
  const once = located();
  const first = once.answer(question());
  once.answer(question({ nowMs: openedAtMs + 400_000 }));
  expect(Buffer.compare(once.answer(question()).posterior, first.posterior)).toBe(0);
  expect(Buffer.compare(located().answer(question()).posterior, first.posterior)).toBe(0);
});

it('a rehearsal changes no answer, and leaves no incident behind that would take units', () => {
  const rehearsed = located();
  const steps = [...rehearsed.rehearse()];
  expect(steps.length).toBeGreaterThan(2);
  const stopped = located();
  for (const _ of stopped.rehearse()) break;
  const fresh = located().answer(question());
  for (const locator of [rehearsed, stopped]) {
    const { posterior, plan, troubles } = locator.answer(question());
    expect(Buffer.compare(posterior, fresh.posterior)).toBe(0);
    expect(Buffer.compare(plan, fresh.plan)).toBe(0);
    expect(troubles).toEqual([]);
  }
});

it('crews drive at the speeds of the hour, and around what is closed', () => {
  const locator = located();
  const usual = nearestS(locator);
  const graph = withSpeeds(
    file.graph,
    roadClasses.map(() => 0.5),
  );
  locator.setRoad({ graph, hierarchy: buildHierarchy(graph) });
  nearestS(locator).forEach((seconds, i) => expect(seconds).toBeGreaterThan(usual[i]! * 1.5));
  locator.setRoad(null);
  expect(nearestS(locator)).toEqual(usual);

  const target = planOf(locator).nearest[0]!;
  const at = question().units.find(({ id }) => id === target.unitId)!.at;
  const closed = { edges: [at.edge], darts: [] };
  expect(nearestS(locator, { closed }).reduce((sum, s) => sum + s, 0)).toBeGreaterThanOrEqual(
    usual.reduce((sum, s) => sum + s, 0),
  );
  expect(nearestS(locator)).toEqual(usual);
});

it('what leaders set changes what is believed', () => {
  const banks = { weights: [{ scamType: 'fakePolice', weights: { bank: 1 } } as const], counts: [] };
  const poa = (view: ReturnType<typeof beliefOf>) =>
    view.places.find(({ kind }) => kind === 'bank')?.poa ?? 0;
  const bare = { sightings: [] };
  expect(poa(beliefOf(located(), { ...bare, priors: banks }))).toBeGreaterThan(
    poa(beliefOf(located(), bare)) * 2,
  );
});

it('says what to distrust: few facts, no home, and a rest of the world that grows', () => {
  const kinds = (more: Partial<BeliefQuestion>) => beliefOf(located(), more).warnings.map(({ kind }) => kind);
  expect(kinds({})).not.toContain('fewFacts');
  expect(kinds({ sightings: [] })).toContain('fewFacts');
  expect(kinds({ home: null })).toContain('homeUnknown');
});

it('no unit is planned for two incidents; one with a task keeps it, and who is left out is told why', () => {
  const locator = located();
  const task = {
    taskId: 'tsk_1',
    targetId: 's-gravel',
    method: 'driveBy',
    state: 'accepted',
    changedAtMs: openedAtMs,
  } as const;
  const units = [
    unit('A', 103.33, 24.74, { tasks: [task] }),
    ...['B', 'C', 'D', 'E'].map((id, i) => unit(id, 103.32 + i * 0.015, 24.75 + (i % 2) * 0.02)),
  ];
  planOf(locator, {
    incidentId: 'inc_2',
    units: units.slice(1),
    home: { lng: 103.31, lat: 24.73 },
    sightings: [],
  });
  const plan = planOf(locator, { units });
  const used = plan.routes.map(({ unitId }) => unitId);
  const told = plan.unavailable.map(({ unitId }) => unitId);
  expect([...used, ...told].toSorted()).toEqual(['A', 'B', 'C', 'D', 'E']);
  expect(plan.routes.find(({ unitId }) => unitId === 'A')!.tasks[0]).toMatchObject({
    taskRef: 'tsk_1',
    state: 'accepted',
  });
  for (const { code, why } of plan.unavailable) {
    expect(['spare', 'reserve', 'neededElsewhere']).toContain(code);
    expect(why).toContain('留');
  }
  locator.forget('inc_2');
  expect(planOf(locator, { units }).unavailable.every(({ code }) => code === 'spare')).toBe(true);
});

it('answers nothing before it has a ground', () => {
  expect(() => new Locator(file).answer(question())).toThrow('expected the ground');
});
