import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dutyOf, overlaps, rosterWindowMs, withoutShift, withShift } from '#domain/roster.ts';
import type { WorldShift } from '#domain/world.ts';

const start = Date.parse('2026-11-22T00:00:00Z');
const hour = 3_600_000;
const iso = (hours: number) => new Date(start + hours * hour).toISOString();
const crew = { sworn: 1, auxiliary: 3 };
const shift = (id: string, from: number, to: number, sworn = 2): WorldShift => ({
  id,
  startsAt: iso(from),
  endsAt: iso(to),
  crew: { sworn, auxiliary: 0 },
});
const dutyAt = (hours: number, shifts: WorldShift[]) => dutyOf({ crew, shifts }, start + hours * hour);

/** Shifts that do not touch each other, in any order. */
const plan = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 14 })), { maxLength: 6 })
  .map(gaps => {
    let at = -60;
    return gaps.map(([gap, length], i) => {
      const from = at + gap;
      at = from + length;
      return shift(`s${i}`, from, at, i);
    });
  });

describe('whether a unit is on duty', () => {
  it('without any shift planned it is, and says that there is no roster', () => {
    expect(dutyAt(0, [])).toEqual({ onDuty: true, why: 'noRoster', until: null, next: null, crew });
  });

  it('counts a shift from its first instant to just before its last, with the crew of the shift', () => {
    const shifts = [shift('day', 8, 18), shift('night', 18, 32, 1)];
    expect(dutyAt(8, shifts)).toMatchObject({ onDuty: true, why: 'onShift', until: iso(18), next: iso(18) });
    expect(dutyAt(17.99, shifts).crew.sworn).toBe(2);
    expect(dutyAt(18, shifts)).toMatchObject({ onDuty: true, until: iso(32), next: null });
    expect(dutyAt(18, shifts).crew.sworn).toBe(1);
    expect(dutyAt(7.99, shifts)).toMatchObject({ onDuty: false, why: 'notYet', until: null, next: iso(8) });
    expect(dutyAt(32, shifts)).toMatchObject({
      onDuty: false,
      why: 'shiftEnded',
      until: iso(32),
      next: null,
    });
  });

  it('forgets a roster that nobody went on with', () => {
    const shifts = [shift('last', 0, 10)];
    expect(dutyAt(10 + 35.9, shifts).why).toBe('shiftEnded');
    expect(dutyAt(10 + 36, shifts)).toMatchObject({ onDuty: true, why: 'noRoster' });
  });

  it('agrees with looking at every shift, whatever their order', () => {
    fc.assert(
      fc.property(plan, fc.integer({ min: -100, max: 160 }), fc.nat(), (shifts, at, turn) => {
        const cut = turn % (shifts.length + 1);
        const duty = dutyAt(at, [...shifts.slice(cut), ...shifts.slice(0, cut)]);
        const nowMs = start + at * hour;
        const on = shifts.find(s => Date.parse(s.startsAt) <= nowMs && nowMs < Date.parse(s.endsAt));
        const near = shifts.some(
          s =>
            Date.parse(s.endsAt) > nowMs - rosterWindowMs && Date.parse(s.startsAt) < nowMs + rosterWindowMs,
        );
        expect(duty.onDuty).toBe(on !== undefined || !near);
        expect(duty.why === 'noRoster').toBe(!near);
        expect(duty.crew).toEqual(on?.crew ?? crew);
        if (on) expect(duty.until).toBe(on.endsAt);
        const ahead = shifts.filter(s => Date.parse(s.startsAt) > nowMs).map(s => s.startsAt);
        expect(duty.next).toBe(ahead.toSorted()[0] ?? null);
      }),
    );
  });
});

describe('the shifts that a world keeps', () => {
  it('dropping the old ones never changes what is said later', () => {
    fc.assert(
      fc.property(
        plan,
        fc.integer({ min: -60, max: 100 }),
        fc.integer({ min: 0, max: 80 }),
        (shifts, at, later) => {
          const kept = shifts.reduce<readonly WorldShift[]>(
            (all, each) => withShift(all, each, start + at * hour),
            [],
          );
          expect(dutyAt(at + later, [...kept])).toEqual(dutyAt(at + later, shifts));
        },
      ),
    );
  });

  it('a changed shift takes the place of the old one', () => {
    const once = withShift([shift('a', 0, 8), shift('b', 10, 18)], shift('a', 20, 24), start);
    expect(once.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(withoutShift(once, 'b').map(({ id }) => id)).toEqual(['a']);
  });
});

it('two spans overlap exactly when they share an hour', () => {
  const span = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 10 }));
  fc.assert(
    fc.property(span, span, ([a, aLength], [b, bLength]) => {
      const hours = (from: number, length: number) => Array.from({ length }, (_, i) => from + i);
      const share = hours(a, aLength).some(each => hours(b, bLength).includes(each));
      expect(
        overlaps(
          { startsAt: iso(a), endsAt: iso(a + aLength) },
          { startsAt: iso(b), endsAt: iso(b + bLength) },
        ),
      ).toBe(share);
    }),
  );
});
