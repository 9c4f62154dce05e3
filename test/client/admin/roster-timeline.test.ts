import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  barOf,
  boardSpan,
  dayAfter,
  dayStart,
  fromWallClock,
  gapsBetween,
  shareAt,
  toWallClock,
} from '../../../client/admin/roster/timeline.ts';

const hour = 3_600_000;
const midnight = Date.parse('2026-11-22T00:00:00+08:00');
const span = (from: number, to: number) => ({
  startsAt: new Date(midnight + from * hour).toISOString(),
  endsAt: new Date(midnight + to * hour).toISOString(),
});

describe('the board of a day', () => {
  it('begins at midnight in Shanghai and shows the next morning too', () => {
    expect(dayStart(Date.parse('2026-11-22T15:59:59Z'))).toBe(midnight);
    expect(dayStart(Date.parse('2026-11-22T16:00:00Z'))).toBe(dayAfter(midnight, 1));
    expect(boardSpan(midnight)).toEqual(span(0, 36));
  });

  it('places bars within itself, and leaves out what lies beside it', () => {
    expect(barOf(span(9, 18), midnight)).toEqual({ left: 0.25, width: 0.25 });
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 80 }), fc.integer({ min: 1, max: 36 }), (from, length) => {
        const bar = barOf(span(from, from + length), midnight);
        const shown = Array.from({ length }, (_, i) => from + i).filter(each => each >= 0 && each < 36);
        expect(bar !== undefined).toBe(shown.length > 0);
        if (!bar) return;
        expect(bar.left).toBeCloseTo(shown[0]! / 36, 9);
        expect(bar.width).toBeCloseTo(shown.length / 36, 9);
        expect(shareAt(midnight + from * hour, midnight)).toBe(bar.left);
      }),
    );
  });
});

describe('gaps', () => {
  it('are the hours between the first and the last shift in which nobody is planned', () => {
    const plan = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 8 })), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(plan, parts => {
        let at = 0;
        const shifts = parts.map(([gap, length]) => {
          const from = at + gap;
          at = from + length;
          return span(from, at);
        });
        const covers = (spans: { startsAt: string; endsAt: string }[], ms: number) =>
          spans.some(each => Date.parse(each.startsAt) <= ms && ms < Date.parse(each.endsAt));
        const gaps = gapsBetween(shifts.toReversed());
        const first = parts[0]?.[0] ?? 0;
        for (let each = first; each < at; each++) {
          const ms = midnight + each * hour;
          expect(covers(gaps, ms)).toBe(!covers(shifts, ms));
        }
      }),
    );
  });
});

it('a field of wall-clock time and an instant are the same thing to the minute', () => {
  expect(toWallClock('2026-11-22T16:05:00.000Z')).toBe('2026-11-23T00:05');
  expect(fromWallClock('2026-11-23T0')).toBeUndefined();
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), minutes => {
      const at = new Date(midnight + minutes * 60_000).toISOString();
      expect(fromWallClock(toWallClock(at))).toBe(at);
    }),
  );
});
