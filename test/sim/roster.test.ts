/** The roster of the demo's fleet: its rules over many days, and planned for real over the public interface. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DutyNow, RosterView } from '#contract/roster.ts';
import { createRandom } from '#domain/random.ts';
import { RefusedError, type SimSession } from '../../server/sim/api.ts';
import { planShifts } from '../../server/sim/duty.ts';
import { FaultyDevice } from '../../server/sim/faults.ts';
import { inventStaff, missingShifts } from '../../server/sim/roster.ts';
import { type LngLat, offset } from '../../server/sim/travel.ts';
import { SimUnit } from '../../server/sim/unit.ts';
import { type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';

type RosterUnit = RosterView['units'][number];

const hour = 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString();
/** The hour of the day in Shanghai. */
const shanghaiHour = (ms: number): number => (ms / hour + 8) % 24;

const fleet = fc
  .array(
    fc.record({
      kind: fc.constantFrom('car', 'motorcycle', 'foot'),
      stationId: fc.constantFrom('s1', 's2', null),
      crew: fc.record({ sworn: fc.nat(2), auxiliary: fc.nat(3) }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map(units =>
    units.map((unit, i): RosterUnit => ({ ...unit, id: `u${i}`, callsign: `巡组-${i}`, state: 'available' })),
  );

describe('the plan of the demo', () => {
  it('has each officer, badge, plate once, and crews of the strength that units have', () => {
    fc.assert(
      fc.property(fleet, fc.nat(), (units, seed) => {
        const staffs = inventStaff(units, createRandom(seed));
        expect(staffs).toEqual(inventStaff(units, createRandom(seed)));
        for (const { unit, day, night, vehicle } of staffs) {
          for (const team of [day, night ?? day]) {
            expect(team.filter(({ sworn }) => sworn)).toHaveLength(unit.crew.sworn);
            expect(team).toHaveLength(unit.crew.sworn + unit.crew.auxiliary);
          }
          expect(vehicle?.kind).toBe(unit.kind === 'foot' ? undefined : unit.kind);
          if (unit.kind === 'car') expect(night).not.toBeNull();
        }
        const officers = staffs.flatMap(({ day, night }) => [...day, ...(night ?? [])]);
        const plates = staffs.flatMap(({ vehicle }) => (vehicle ? [vehicle.plate] : []));
        expect(new Set(officers.map(({ badgeNumber }) => badgeNumber)).size).toBe(officers.length);
        expect(new Set(plates).size).toBe(plates.length);
      }),
      { numRuns: 40 },
    );
  });

  it('covers 36 hours ahead however often it is topped up, and lets everybody sleep', () => {
    const hours = fc.array(fc.double({ min: 0, max: 36, noNaN: true }), { maxLength: 8 });
    const start = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 31) });
    fc.assert(
      fc.property(fleet, start, hours, (units, firstMs, steps) => {
        const staffs = inventStaff(units, createRandom(1));
        const planned: {
          unitId: string;
          endsAt: string;
          startMs: number;
          endMs: number;
          badges: string[];
        }[] = [];
        let nowMs = firstMs;
        for (const step of [0, ...steps]) {
          nowMs += Math.round(step * hour);
          for (const { staff, officers, startMs, endMs } of missingShifts(staffs, planned, nowMs)) {
            const badges = officers.map(({ badgeNumber }) => badgeNumber);
            planned.push({ unitId: staff.unit.id, endsAt: iso(endMs), startMs, endMs, badges });
          }
          expect(missingShifts(staffs, planned, nowMs)).toEqual([]);
        }
        for (const { unit, night } of staffs) {
          const own = planned.filter(({ unitId }) => unitId === unit.id);
          expect(own.every(({ startMs }) => [8, 20].includes(shanghaiHour(startMs)))).toBe(true);
          if (night === null) expect(own.every(({ startMs }) => shanghaiHour(startMs) === 8)).toBe(true);
          else {
            // One after the other without a gap: nobody is missing, and no unit has two.
            for (const [i, { startMs }] of own.slice(1).entries()) expect(startMs).toBe(own[i]!.endMs);
            expect(own[0]!.startMs).toBeLessThanOrEqual(firstMs);
            expect(own.at(-1)!.endMs).toBeGreaterThanOrEqual(nowMs + 36 * hour);
          }
        }
        const ends = new Map<string, number>();
        for (const { startMs, endMs, badges } of planned.toSorted((a, b) => a.startMs - b.startMs))
          for (const badge of badges) {
            expect(startMs - (ends.get(badge) ?? -Infinity)).toBeGreaterThanOrEqual(12 * hour);
            ends.set(badge, endMs);
          }
      }),
      { numRuns: 40 },
    );
  });
});

describe('a crew that goes off duty', () => {
  it('drives home, stays there and says little', () => {
    const home: LngLat = [103.3, 24.8];
    const startMs = Date.UTC(2026, 10, 22, 12);
    const random = createRandom(3);
    const record = { identifier: 'demo-1', protocol: 'positions' as const, token: 't' };
    const item = { id: 'u', callsign: '巡组-1', kind: 'motorcycle' as const, stationId: 's' };
    const device = new FaultyDevice('sound', random, []);
    const unit = new SimUnit(item, record, device, home, random, startMs);
    const findRoute = (from: LngLat, to: LngLat) => ({
      travelTimeS: 100,
      distanceM: 1000,
      geometry: [from, to],
    });
    unit.drive(offset(home, 1000, 90), findRoute, startMs, 1);
    const outMs = startMs + hour;
    unit.onDuty = false;
    const trip = unit.goHome(findRoute, outMs, 1);
    expect(unit.where(trip!.endsAtMs).at).toEqual(home);
    expect(unit.goHome(findRoute, trip!.endsAtMs, 1)).toBeNull();
    unit.takeUnsent();
    for (let atMs = trip!.endsAtMs; atMs < trip!.endsAtMs + hour; atMs += 1000) unit.observe(atMs, 500);
    expect(unit.takeUnsent().fixes).toHaveLength(12);
    unit.onDuty = true;
    for (let i = 0; i < 60; i++) unit.observe(trip!.endsAtMs + 2 * hour + i * 1000, 500);
    expect(unit.takeUnsent().fixes).toHaveLength(6);
  });
});

describeEachDatabase('the roster of the demo', makeDatabase => {
  let app: TestApp;
  let leader: SimSession;
  const kinds = ['car', 'motorcycle', 'foot'] as const;
  const units: { id: string; callsign: string }[] = [];

  const over = (ask: ReturnType<TestApp['as']>): SimSession => {
    const call = async (method: string, path: string, body?: unknown) => {
      const answer = await ask(method, path, body);
      if (answer.status >= 400)
        throw new RefusedError(method, path, answer.status, JSON.stringify(answer.body));
      return answer.body;
    };
    return {
      get: path => call('GET', path),
      post: (path, body) => call('POST', path, body),
      patch: (path, body) => call('PATCH', path, body),
    };
  };
  const plan = (inMs = 0) => planShifts(leader, units, createRandom(7), app.clock.now() + inMs);
  const roster = () => {
    const nowMs = app.clock.now();
    return leader.get<RosterView>(`/api/roster?from=${iso(nowMs - 24 * hour)}&to=${iso(nowMs + 96 * hour)}`);
  };
  const duty = async () => {
    const { stations } = await leader.get<DutyNow>('/api/roster/now');
    return stations.flatMap(station => station.units);
  };

  beforeAll(async () => {
    app = await testApp(await makeDatabase());
    leader = over(app.as('leader'));
    for (let i = 0; i < 9; i++) {
      const stationId = i % 2 === 0 ? 'st-east' : 'st-west';
      const crew = { sworn: i % 3, auxiliary: 1 };
      const body = { callsign: `巡组-${i}`, kind: kinds[i % 3]!, stationId, crew };
      units.push(await leader.post<{ id: string; callsign: string }>('/api/units', body));
    }
  });
  afterAll(() => app.close());

  it('is planned once: everybody of the cars is on duty until shifts change, nobody is in two', async () => {
    const nowMs = app.clock.now();
    expect(await plan()).toBeGreaterThan(0);
    const changesAt = iso(Math.floor(nowMs / (12 * hour)) * 12 * hour + 12 * hour);
    const board = new Map((await duty()).map(unit => [unit.unitId, unit]));
    for (const [i, { id }] of units.entries()) {
      const unit = board.get(id)!;
      if (unit.onDuty) expect(unit).toMatchObject({ why: 'onShift', availableUntil: changesAt });
      else expect(unit).toMatchObject({ why: 'notYet', nextShiftAt: changesAt });
      if (i % 3 === 0) expect(unit.onDuty).toBe(true);
      expect(unit.crew).toEqual({ sworn: i % 3, auxiliary: 1 });
    }
    const { shifts, units: planned } = await roster();
    for (const a of shifts) {
      const kind = planned.find(({ id }) => id === a.unitId)!.kind;
      expect(a.vehicleId === null).toBe(kind === 'foot');
      for (const b of shifts)
        if (a.id < b.id && a.startsAt < b.endsAt && b.startsAt < a.endsAt)
          expect(a.officerIds.filter(id => b.officerIds.includes(id))).toEqual([]);
    }
    const before = await roster();
    expect(await plan()).toBe(0);
    expect(await roster()).toEqual(before);
  });

  it('goes on with the same people on the next day, and leaves alone what a person changed', async () => {
    const before = await roster();
    const [changed, ...others] = before.shifts.filter(({ unitId }) => unitId === units[0]!.id);
    expect((await app.as('leader')('DELETE', `/api/shifts/${changed!.id}`)).status).toBe(200);
    const [vehicle] = before.vehicles;
    await leader.patch(`/api/vehicles/${vehicle!.id}`, { inService: false });
    expect(await plan(12 * hour)).toBeGreaterThanOrEqual(3);
    const after = await roster();
    expect(after.officers).toEqual(before.officers);
    const known = new Set(before.shifts.map(({ id }) => id));
    const added = after.shifts.filter(({ id }) => !known.has(id));
    const lastEnd = before.shifts
      .map(({ endsAt }) => endsAt)
      .toSorted()
      .at(-1)!;
    expect(added.every(({ startsAt, vehicleId }) => startsAt >= lastEnd && vehicleId !== vehicle!.id)).toBe(
      true,
    );
    const own = after.shifts.filter(({ unitId, id }) => unitId === units[0]!.id && known.has(id));
    expect(own).toEqual(others);
  });
});
