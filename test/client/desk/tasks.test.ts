import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TaskView } from '#contract/task.ts';
import { isOpenTask, newTask, taskStates } from '#domain/task.ts';
import { emptyLoop } from '#domain/loop/world.ts';
import type { WorldIncident, WorldTask } from '#domain/world.ts';
import { toMapSearches, toMapSegments } from '../../../client/desk/scene.ts';
import { alarmsOf, openTasksOfUnit, tasksOf, versionOf } from '../../../client/desk/tasks/selectors.ts';

const at = '2026-11-22T01:00:00.000Z';
const task = (id: string, more: Partial<WorldTask> = {}): WorldTask => ({
  ...newTask,
  id,
  incidentId: 'i1',
  unitId: 'u1',
  placeId: 'p1',
  segmentId: null,
  method: 'walkThrough',
  resultMethod: null,
  sightingId: null,
  needsSworn: false,
  orderedAt: at,
  changedAt: at,
  ...more,
});
const byId = (tasks: WorldTask[]) => Object.fromEntries(tasks.map(each => [each.id, each]));

describe('tasks in the panel', () => {
  it('are those of the incident, open ones first, then what changed last', () => {
    const some = fc.array(
      fc.record({
        state: fc.constantFrom(...taskStates),
        incidentId: fc.constantFrom('i1', 'i2'),
        minute: fc.nat(59),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(some, parts => {
        const all = parts.map(({ minute, ...rest }, i) =>
          task(`t${i}`, { ...rest, changedAt: `2026-11-22T01:${String(minute).padStart(2, '0')}:00.000Z` }),
        );
        const shown = tasksOf(byId(all), 'i1');
        expect(shown).toHaveLength(all.filter(({ incidentId }) => incidentId === 'i1').length);
        shown.slice(1).forEach((next, i) => {
          const before = shown[i]!;
          const [a, b] = [isOpenTask(before), isOpenTask(next)];
          expect(a && !b ? true : a === b && before.changedAt >= next.changedAt).toBe(true);
        });
      }),
    );
  });

  it('alarm for finds, and for calls of crews that are still out', () => {
    const tasks = [
      task('a', { state: 'done', outcome: 'found', resumes: 'arrived' }),
      task('b', { helpAt: at }),
      task('c', { state: 'cancelled', helpAt: at }),
    ];
    const { found, help } = alarmsOf(tasks);
    expect([found.map(({ id }) => id), help.map(({ id }) => id)]).toEqual([['a'], ['b']]);
    expect(openTasksOfUnit(byId(tasks), 'u1').map(({ id }) => id)).toEqual(['b']);
    expect(versionOf(tasks)).not.toBe(versionOf([tasks[0]!, task('b'), tasks[2]!]));
  });
});

describe('tasks on the map', () => {
  const incident: WorldIncident = {
    id: 'i1',
    number: 1,
    risk: 'high',
    scamType: 'loan',
    state: 'open',
    stationId: null,
    stationBasis: 'none',
    openedAt: at,
    closedAt: null,
    outcome: null,
    amount: null,
    alertCount: 1,
    lastAlertAt: at,
    members: [],
    authorities: {},
    loop: emptyLoop,
    sightings: Object.fromEntries(
      ['s1', 's2'].map((id, i) => [
        id,
        {
          id,
          kind: 'search' as const,
          observedAt: `2026-11-22T01:0${i}:00.000Z`,
          receivedAt: at,
          withdrawn: false,
          replacedBy: null,
        },
      ]),
    ),
  };
  const segment = {
    id: 'g',
    kind: 'quietRoad' as const,
    name: '路',
    lengthM: 9,
    line: { type: 'LineString' as const, coordinates: [[103, 24]] },
  };

  it('a segment is under way while somebody is on it, and searched after', () => {
    const stateOf = (...tasks: WorldTask[]) => toMapSegments([segment], undefined, tasks)[0]?.state;
    const on = { placeId: null, segmentId: 'g' };
    const over = { ...on, state: 'done', outcome: 'notHere', resumes: 'arrived' } as const;
    expect(stateOf()).toBe('open');
    expect(stateOf(task('a', on))).toBe('underWay');
    expect(stateOf(task('a', over))).toBe('searched');
    expect(stateOf(task('a', over), task('b', on))).toBe('underWay');
    expect(stateOf(task('a', { ...over, outcome: 'blocked' }))).toBe('open');
  });

  it('a search shows where it was, with its number in the trace, though the trace is not open here', () => {
    const done = task('a', { state: 'done', outcome: 'notHere', resumes: 'arrived', sightingId: 's2' });
    const view = { target: { position: { lng: 103.3, lat: 24.7 } } } as TaskView;
    expect(toMapSearches(incident, [done], { a: view })).toEqual([
      {
        id: 's2',
        number: 2,
        observedAt: Date.parse('2026-11-22T01:01:00.000Z'),
        kind: 'search',
        position: [103.3, 24.7],
        outcome: 'notHere',
      },
    ]);
    expect(toMapSearches(incident, [done], {})).toEqual([]);
    expect(toMapSearches(undefined, [done], { a: view })).toEqual([]);
  });
});
