import { describe, expect, it } from 'vitest';
import { apply, type Fact } from '#domain/apply.ts';
import { emptyWorld } from '#domain/world.ts';
import { seesFact, worldFor } from '../../server/stream/project.ts';
import { scopeOf } from '../../server/stream/scope.ts';
import { viewer } from './live-stage.ts';

const at = '2026-11-22T01:00:00.000Z';
const unit = (unitId: string, slot: number, stationId: string) => ({
  kind: 'unitCreated' as const,
  payload: {
    unitId,
    slot,
    callsign: unitId,
    stationId,
    kind: 'car' as const,
    crew: { sworn: 1, auxiliary: 1 },
    state: 'available' as const,
  },
});
const incident = (incidentId: string, stationId: string) => ({
  kind: 'incidentOpened' as const,
  incidentId,
  payload: {
    incidentId,
    number: 1,
    subjectId: 's',
    risk: 'high' as const,
    scamType: 'loan' as const,
    stationId,
    stationBasis: 'jurisdiction' as const,
    openedAt: at,
  },
});
const ordered = (taskId: string, incidentId: string, unitId: string) => ({
  kind: 'taskOrdered' as const,
  incidentId,
  payload: {
    incidentId,
    taskId,
    unitId,
    placeId: 'p',
    segmentId: null,
    method: 'walkThrough' as const,
    needsSworn: false,
  },
});

const facts = [
  unit('east', 1, 'st-east'),
  unit('west', 2, 'st-west'),
  incident('here', 'st-east'),
  incident('there', 'st-west'),
  ordered('own-unit-abroad', 'there', 'east'),
  ordered('foreign-unit-here', 'here', 'west'),
  ordered('neither', 'there', 'west'),
].map(
  (fact, i) =>
    ({ incidentId: null, ...fact, seq: i + 1, actor: 'system:test', observedAt: at, receivedAt: at }) as Fact,
);
const world = facts.reduce(apply, emptyWorld);
const all = ['own-unit-abroad', 'foreign-unit-here', 'neither'];

describe('S6 tasks in streams', () => {
  it.each([
    ['operator', null, all],
    ['leader', null, all],
    ['analyst', null, all],
    ['wall', null, []],
    ['station', 'st-east', ['own-unit-abroad', 'foreign-unit-here']],
    ['field', 'st-east', ['own-unit-abroad', 'foreign-unit-here']],
    ['station', null, []],
  ] as const)('%s of %s', (role, stationId, expected) => {
    const scope = scopeOf(viewer(role, 'usr-1', stationId), world);
    expect(Object.keys(worldFor(scope, world).tasks)).toEqual(expected);
    const told = facts.filter(fact => fact.kind === 'taskOrdered' && seesFact(scope, world, fact));
    expect(told.map(fact => (fact.payload as { taskId: string }).taskId)).toEqual(expected);
  });
});
