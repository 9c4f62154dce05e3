import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockKinds, risks } from '#contract/kinds.ts';
import { emptyLoop, type WorldClock } from '#domain/loop/world.ts';
import type { WorldIncident, WorldUnit } from '#domain/world.ts';
import { alarmsOf, unheard } from '../../../client/wall/alarms.ts';
import { dutyByStation, figuresOfDay, meetingRate, totalOf } from '../../../client/wall/figures.ts';
import { type Focus, nextFocus } from '../../../client/wall/focus.ts';
import { framed } from '../../../client/wall/framing.ts';
import { layoutFrom } from '../../../client/wall/layout.ts';
import { wallLines } from '../../../client/wall/lines.ts';

const minute = 60_000;
const nowMs = Date.parse('2026-11-22T02:00:00Z');
const iso = (ms: number) => new Date(ms).toISOString();

const clock: fc.Arbitrary<WorldClock> = fc
  .record({
    id: fc.uuid(),
    kind: fc.constantFrom(...clockKinds),
    due: fc.integer({ min: -90, max: 90 }),
    running: fc.boolean(),
    breach: fc.boolean(),
  })
  .map(({ id, kind, due, running, breach }) => ({
    id,
    kind,
    refId: null,
    startedAt: iso(nowMs - 100 * minute),
    warnAt: iso(nowMs - minute),
    dueAt: iso(nowMs + due * minute),
    warned: false,
    breached: false,
    stoppedAt: running ? null : iso(nowMs - minute),
    outcome: running ? null : 'met',
    forecast: { doneAt: null, breach },
  }));

const incident: fc.Arbitrary<WorldIncident> = fc
  .record({
    id: fc.uuid(),
    risk: fc.constantFrom(...risks),
    state: fc.constantFrom('open' as const, 'closed' as const),
    minutesAgo: fc.integer({ min: 0, max: 3000 }),
    clocks: fc.array(clock, { maxLength: 4 }),
  })
  .map(({ id, risk, state, minutesAgo, clocks }) => ({
    id,
    number: 1,
    risk,
    scamType: 'fakePolice',
    state,
    stationId: null,
    stationBasis: 'none',
    openedAt: iso(nowMs - minutesAgo * minute),
    closedAt: null,
    outcome: null,
    amount: null,
    alertCount: 1,
    lastAlertAt: iso(nowMs - minutesAgo * minute),
    members: [],
    authorities: {},
    sightings: {},
    loop: { ...emptyLoop, clocks: Object.fromEntries(clocks.map(each => [each.id, each])) },
  }));
const incidents = fc
  .array(incident, { maxLength: 6 })
  .map(all => Object.fromEntries(all.map(each => [each.id, each])));

describe('alarms of the wall', () => {
  it('are the overdue and the foreseen clocks of open incidents, each once, the gravest first', () => {
    fc.assert(
      fc.property(incidents, all => {
        const alarms = alarmsOf(all, nowMs);
        const running = Object.values(all)
          .filter(({ state }) => state === 'open')
          .flatMap(({ loop }) => Object.values(loop.clocks))
          .filter(({ stoppedAt }) => stoppedAt === null);
        const late = running.filter(({ dueAt }) => Date.parse(dueAt) <= nowMs).length;
        expect(alarms.filter(({ priority }) => priority < 3).length).toBe(late);
        expect(new Set(alarms.map(({ key }) => key)).size).toBe(alarms.length);
        const priorities = alarms.map(({ priority }) => priority);
        expect(priorities).toEqual(priorities.toSorted((a, b) => a - b));
      }),
    );
  });

  it('sound once: what was heard is never new again', () => {
    fc.assert(
      fc.property(incidents, all => {
        const alarms = alarmsOf(all, nowMs);
        expect(unheard(alarms, new Set())).toBe(alarms[0]?.priority ?? null);
        expect(unheard(alarms, new Set(alarms.map(({ key }) => key)))).toBeNull();
      }),
    );
  });
});

describe('the focus of the map', () => {
  it('moves at most once in 20 s, and never away from an extra-high-risk incident that is open', () => {
    const seconds = fc.array(fc.tuple(fc.integer({ min: 1, max: 30 }), incidents), { maxLength: 12 });
    fc.assert(
      fc.property(seconds, steps => {
        let focus: Focus = { incidentId: null, sinceMs: 0 };
        let atMs = nowMs;
        for (const [later, all] of steps) {
          atMs += later * 1000;
          const queue = Object.values(all).filter(({ state }) => state === 'open');
          const next = nextFocus(focus, queue, atMs);
          if (next.incidentId !== focus.incidentId && focus.sinceMs > 0) {
            expect(atMs - focus.sinceMs).toBeGreaterThanOrEqual(20_000);
            expect(queue.find(({ id }) => id === focus.incidentId)?.risk).not.toBe('extraHigh');
          }
          focus = next;
        }
      }),
    );
  });

  it('frames the pinned areas, else the jurisdiction, else the county', () => {
    const square = (at: number) => ({
      type: 'Polygon' as const,
      coordinates: [
        [
          [at, at],
          [at + 1, at],
          [at + 1, at + 2],
          [at, at],
        ],
      ],
    });
    const jurisdictions = [{ stationId: 's', name: 's', geometry: square(10), estimated: false }];
    const posterior = { regions: [{ share: 0.5, geometry: square(20) }], places: [] };
    const county = [0, 0, 50, 50];
    expect(framed({ jurisdictions, posterior }, 's', county)).toEqual([20, 20, 21, 22]);
    expect(framed({ jurisdictions, posterior: null }, 's', county)).toEqual([10, 10, 11, 12]);
    expect(framed({ jurisdictions, posterior: null }, null, county)).toEqual(county);
    expect(framed({ jurisdictions, posterior: null }, 'other', null)).toEqual([]);
  });
});

describe('figures of the day', () => {
  it('begin anew at midnight in Shanghai', () => {
    const midnight = Date.parse('2026-11-22T16:00:00Z');
    fc.assert(
      fc.property(incidents, all => {
        const before = figuresOfDay(all, midnight - 1);
        const after = figuresOfDay(all, midnight);
        expect(before.alerts).toBe(
          Object.values(all).filter(({ openedAt }) => Date.parse(openedAt) >= midnight - 24 * 60 * minute)
            .length,
        );
        expect(after.alerts).toBe(0);
        expect(after.open, 'what is open stays open').toBe(before.open);
      }),
    );
  });

  it('tell a rate only of enough meetings', () => {
    const figures = figuresOfDay({}, nowMs);
    expect(meetingRate({ ...figures, due: 4, metInTime: 4 })).toBeNull();
    expect(meetingRate({ ...figures, due: 5, metInTime: 4 })).toBe(0.8);
  });
});

describe('units on duty', () => {
  it('are each counted once: free, tasked or out of contact', () => {
    const unit = fc.record({
      id: fc.uuid(),
      slot: fc.nat(20),
      stationId: fc.constantFrom('a', 'b', null),
      state: fc.constantFrom('available' as const, 'enRoute' as const, 'outOfService' as const),
      fixAgoS: fc.option(fc.nat(200)),
    });
    fc.assert(
      fc.property(fc.uniqueArray(unit, { selector: ({ id }) => id }), all => {
        const crew = { sworn: 1, auxiliary: 0 };
        const units = Object.fromEntries(
          all.map(({ id, slot, stationId, state }): [string, WorldUnit] => [
            id,
            { id, slot, stationId, state, callsign: id, kind: 'car', crew, shifts: [] },
          ]),
        );
        const ages = new Map(all.map(({ id, fixAgoS }) => [id, fixAgoS]));
        const fixAt = ({ id }: WorldUnit) => nowMs - (ages.get(id) ?? Number.NaN) * 1000;
        const duty = dutyByStation(units, fixAt, nowMs);
        const counted = all.filter(({ state, stationId }) => state !== 'outOfService' && stationId !== null);
        expect(duty.reduce((sum, each) => sum + totalOf(each), 0)).toBe(counted.length);
        expect(duty.reduce((sum, { silent }) => sum + silent, 0)).toBe(
          counted.filter(({ fixAgoS }) => fixAgoS === null || fixAgoS >= 60).length,
        );
      }),
    );
  });
});

describe('layout and lines', () => {
  it('follow the address, else the shape of the window', () => {
    expect(layoutFrom('', 1920, 1080)).toBe('standard');
    expect(layoutFrom('', 3840, 2160)).toBe('standard');
    expect(layoutFrom('', 5760, 1080)).toBe('wide');
    expect(layoutFrom('?layout=wide', 1920, 1080)).toBe('wide');
    expect(layoutFrom('?layout=standard', 5760, 1080)).toBe('standard');
  });

  it('take the steps of the station for the ground, since the wall is sent no tasks', () => {
    const [sample] = fc.sample(incident, { numRuns: 1, seed: 1 });
    const changedAt = iso(nowMs - 30 * minute);
    const order = {
      id: 'o',
      stationId: 's',
      basis: 'home' as const,
      replaces: null,
      issuedAt: changedAt,
      changedAt,
      at: {},
      officerIds: [] as string[],
      sworn: 1,
    };
    const withOrder = (state: 'underWay' | 'cancelled'): WorldIncident => ({
      ...sample!,
      state: 'open',
      loop: { ...emptyLoop, orders: { o: { ...order, state } } },
    });
    expect(wallLines(withOrder('underWay'), nowMs).ground.state).toBe('waiting');
    expect(wallLines(withOrder('underWay'), nowMs - 25 * minute).ground.state).toBe('news');
    expect(wallLines(withOrder('cancelled'), nowMs).ground.state).toBe('none');
  });
});
