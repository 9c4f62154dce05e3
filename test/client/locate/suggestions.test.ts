import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlannedTask, PlanView } from '../../../client/api/locate.ts';
import { doubtKm, foundBy, trend } from '../../../client/desk/locate/figures.ts';
import {
  endedOf,
  firstOfEach,
  groupsOf,
  keyOf,
  neighbour,
  replacement,
  step,
  suggestionsOf,
} from '../../../client/desk/locate/suggestions.ts';
import { newTask } from '../../../server/domain/task.ts';
import type { WorldTask } from '../../../server/domain/world.ts';

const at = '2026-11-22T01:00:00.000Z';
const planned = (placeId: string, more: Partial<PlannedTask> = {}): PlannedTask => ({
  taskRef: `s-${placeId}`,
  state: 'suggested',
  place: { placeId, kind: 'park', name: placeId, nameEn: null, position: { lng: 103, lat: 24 }, path: null },
  etaAt: { p10: at, p50: at, p90: at },
  travelTimeS: 60,
  serviceS: 120,
  method: 'walkThrough',
  pod: 0.75,
  poa: 0.2,
  pos: 0.15,
  needsSworn: false,
  swornFrom: null,
  why: '',
  ...more,
});
const plan = (routes: Record<string, PlannedTask[]>): PlanView => ({
  seq: 1,
  at,
  routes: Object.entries(routes).map(([unitId, tasks]) => ({ unitId, tasks, path: [] })),
  pFoundBy: [],
  bound: 1,
  value: 1,
  gap: 0,
  nearest: [],
  questions: [],
  unavailable: [],
  intercept: [],
  containment: [],
});
const ordered = (id: string, more: Partial<WorldTask> = {}): WorldTask => ({
  ...newTask,
  id,
  incidentId: 'i',
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
const none = new Set<string>();

describe('the plan as a list', () => {
  it('shows a suggestion as ordered as soon as the order is heard, before the next plan', () => {
    const view = plan({ u1: [planned('p1'), planned('p2')] });
    const [group] = groupsOf(view, [ordered('t1')], none);
    expect(group?.rows.map(({ state }) => state)).toEqual(['ordered', 'suggested']);
    expect(suggestionsOf([group!]).map(({ key }) => key)).toEqual([keyOf('u1', 'p2')]);
  });

  it('knows a line by its segment, and not another unit’s task for its own', () => {
    const view = plan({ u1: [planned('p1')] });
    const line = ordered('t1', { placeId: null, segmentId: 'p1', state: 'arrived' });
    expect(groupsOf(view, [line], none)[0]?.rows[0]?.state).toBe('arrived');
    expect(groupsOf(view, [{ ...line, unitId: 'u2' }], none)[0]?.rows[0]?.state).toBe('suggested');
  });

  it('follows a task to its result', () => {
    const view = plan({ u1: [planned('p1', { taskRef: 't1', state: 'accepted' })] });
    const done = ordered('t1', { state: 'done', outcome: 'notHere' });
    expect(groupsOf(view, [done], none)[0]?.rows[0]).toMatchObject({ state: 'done', outcome: 'notHere' });
  });

  it('suggests again what was done long ago under another task', () => {
    const view = plan({ u1: [planned('p1')] });
    const before = ordered('t0', { state: 'done', outcome: 'notHere' });
    expect(groupsOf(view, [before], none)[0]?.rows[0]?.state).toBe('suggested');
  });

  it('keeps the last two results of a unit beside what comes next', () => {
    const done = (id: string, minute: number, more: Partial<WorldTask> = {}) =>
      ordered(id, {
        state: 'done',
        outcome: 'notHere',
        changedAt: `2026-11-22T01:0${minute}:00.000Z`,
        ...more,
      });
    const tasks = [done('c', 3), done('a', 1), done('b', 2), done('x', 4, { unitId: 'u2' }), ordered('open')];
    expect(endedOf(tasks, 'u1').map(({ id }) => id)).toEqual(['b', 'c']);
  });

  it('leaves out what was refused, and units that have nothing left, but never what is ordered', () => {
    const view = plan({ u1: [planned('p1')], u2: [planned('p2'), planned('p3')] });
    const refused = new Set([keyOf('u1', 'p1'), keyOf('u2', 'p2')]);
    const groups = groupsOf(view, [], refused);
    expect(groups.map(({ unitId, rows }) => [unitId, rows.map(({ order }) => order)])).toEqual([['u2', [2]]]);
    expect(groupsOf(view, [ordered('t1')], refused).map(({ unitId }) => unitId)).toEqual(['u1', 'u2']);
  });

  it('puts first who is likeliest to find her, ordered or not', () => {
    const view = plan({ u1: [planned('p1')], u2: [planned('p2', { state: 'accepted', pos: 0.5 })] });
    expect(groupsOf(view, [], none).map(({ unitId }) => unitId)).toEqual(['u2', 'u1']);
  });

  it('orders all at once only the next look of each unit that has nothing to do', () => {
    const view = plan({
      u1: [planned('p1', { state: 'accepted' }), planned('p2')],
      u2: [planned('p3'), planned('p4')],
    });
    expect(firstOfEach(groupsOf(view, [], none)).map(({ key }) => key)).toEqual([keyOf('u2', 'p3')]);
  });
});

describe('moving through suggestions', () => {
  const keys = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 });

  it('stays in the list, and starts at its top when what was chosen is gone', () => {
    fc.assert(
      fc.property(keys, fc.array(fc.constantFrom(1 as const, -1 as const)), (all, moves) => {
        let selected: string | null = null;
        for (const by of moves) selected = step(all, selected, by);
        if (moves.length > 0) expect(all).toContain(selected);
        expect(step(all, 'not there', -1)).toBe(all[0]);
      }),
    );
    expect(step([], null, 1)).toBeNull();
  });

  it('keeps what was chosen, else its unit, else the first', () => {
    const list = [keyOf('u1', 'a'), keyOf('u2', 'b'), keyOf('u2', 'c')];
    expect(replacement(list, keyOf('u2', 'c'))).toBe(keyOf('u2', 'c'));
    expect(replacement(list, keyOf('u2', 'gone'))).toBe(keyOf('u2', 'b'));
    expect(replacement(list, keyOf('u9', 'gone'))).toBe(list[0]);
    expect(replacement(list, null)).toBe(list[0]);
    expect(replacement([], keyOf('u1', 'a'))).toBeNull();
  });

  it('goes to another one when one was dealt with', () => {
    fc.assert(
      fc.property(keys, fc.nat(7), (all, index) => {
        const key = all[index % all.length]!;
        const next = neighbour(all, key);
        if (all.length === 1) expect(next).toBeNull();
        else expect(all.filter(each => each !== key)).toContain(next);
      }),
    );
  });
});

describe('figures', () => {
  it('say doubt as a length of road', () => {
    expect(doubtKm({ entropyBits: 0 })).toBeCloseTo(0.06);
    expect(doubtKm({ entropyBits: 10 })).toBeCloseTo(61.44);
  });

  it('read a curve anywhere: between its points, never falling, never beyond its end', () => {
    const rising = fc.array(fc.double({ min: 0, max: 0.1, noNaN: true }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(rising, fc.double({ min: 0, max: 60, noNaN: true }), (steps, minute) => {
        let p = 0;
        const curve = steps.map((more, i) => ({ minute: 5 * i, p: (p += more) }));
        const found = foundBy(curve, minute);
        expect(found).toBeGreaterThanOrEqual(0);
        expect(found).toBeLessThanOrEqual(p + 1e-12);
        expect(foundBy(curve, minute + 1)).toBeGreaterThanOrEqual(found - 1e-12);
      }),
    );
    expect(foundBy([{ minute: 10, p: 0.4 }], 5)).toBeCloseTo(0.2);
    expect(foundBy([], 5)).toBe(0);
  });

  it('call a change what is worth a word', () => {
    expect(trend({ poa: 0.3, poaSoon: 0.31 })).toBe(0);
    expect(trend({ poa: 0.3, poaSoon: 0.4 })).toBe(1);
    expect(trend({ poa: 0.3, poaSoon: 0.1 })).toBe(-1);
    expect(trend({ poa: 0.001, poaSoon: 0.004 })).toBe(0);
  });
});
