import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockKinds } from '#contract/kinds.ts';
import { type Role, roles } from '#contract/incident.ts';
import { emptyLoop, type WorldClock } from '#domain/loop/world.ts';
import type { WorldIncident } from '#domain/world.ts';
import { clockOfDay, secondsOfDay } from '../../../client/admin/clocks/times.ts';
import { pressing } from '../../../client/desk/breaches/to-see-to.ts';

const nowMs = Date.parse('2026-11-22T02:00:00Z');
const iso = (minutes: number) => new Date(nowMs + minutes * 60_000).toISOString();

const clock: fc.Arbitrary<WorldClock> = fc
  .record({
    kind: fc.constantFrom(...clockKinds),
    dueIn: fc.integer({ min: -30, max: 60 }),
    warnBefore: fc.integer({ min: 0, max: 40 }),
    stopped: fc.boolean(),
    breach: fc.boolean(),
    id: fc.uuid(),
  })
  .map(({ kind, dueIn, warnBefore, stopped, breach, id }) => ({
    id,
    kind,
    refId: null,
    startedAt: iso(-60),
    warnAt: iso(dueIn - warnBefore),
    dueAt: iso(dueIn),
    warned: false,
    breached: false,
    stoppedAt: stopped ? iso(-1) : null,
    outcome: stopped ? 'met' : null,
    forecast: { doneAt: null, breach },
  }));

const incidents = fc.array(fc.array(clock, { maxLength: 6 }), { maxLength: 4 }).map(all =>
  Object.fromEntries(
    all.map((clocks, i) => [
      `i${i}`,
      {
        id: `i${i}`,
        number: i + 1,
        state: i === 3 ? 'closed' : 'open',
        loop: { ...emptyLoop, clocks: Object.fromEntries(clocks.map(each => [each.id, each])) },
      } as unknown as WorldIncident,
    ]),
  ),
);

describe('clocks to see to', () => {
  it('are those of open incidents that run and are overdue, warn, or are foreseen to be late; the overdue first', () => {
    fc.assert(
      fc.property(incidents, fc.constantFrom<Role>(...roles), (world, role) => {
        const shown = pressing(world, role, nowMs);
        for (const { incidentId, clock: its, level } of shown) {
          expect(world[incidentId]!.state).toBe('open');
          expect(its.stoppedAt).toBeNull();
          const over = Date.parse(its.dueAt) <= nowMs;
          expect(level === 'over').toBe(over);
          if (level === 'soon') expect(Date.parse(its.warnAt)).toBeLessThanOrEqual(nowMs);
          if (level === 'foreseen') expect(its.forecast!.breach).toBe(true);
        }
        const levels = shown.map(({ level }) => ['over', 'foreseen', 'soon'].indexOf(level));
        expect(levels).toEqual(levels.toSorted((a, b) => a - b));
        // What an auditor or a wall has no part in, nobody shows them; the leader sees each overdue meeting.
        if (role === 'auditor' || role === 'wall') expect(shown).toEqual([]);
        if (role !== 'leader') return;
        const overdue = Object.values(world)
          .filter(({ state }) => state === 'open')
          .flatMap(({ loop }) => Object.values(loop.clocks))
          .filter(each => each.kind === 'meeting' && !each.stoppedAt && Date.parse(each.dueAt) <= nowMs);
        for (const each of overdue) expect(shown.map(row => row.clock.id)).toContain(each.id);
      }),
    );
  });
});

it('an hour of the day survives being written and read', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 24 * 60 - 1 }), minutes => {
      expect(secondsOfDay(clockOfDay(minutes * 60))).toBe(minutes * 60);
    }),
  );
  expect(['24:00', '7', 'x', '10:60'].map(secondsOfDay)).toEqual([null, null, null, null]);
});
