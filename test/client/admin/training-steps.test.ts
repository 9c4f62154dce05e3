import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrainingResult } from '#contract/simulator.ts';
import { stepsOf } from '../../../client/admin/simulator/steps.ts';

const startMs = Date.parse('2026-11-22T02:00:00Z');
const after = (s: number) => new Date(startMs + s * 1000).toISOString();
type Name = keyof TrainingResult['times'];
const names = [
  'authorityRequestedAt',
  'authorityApprovedAt',
  'firstSightingAt',
  'firstOrderAt',
  'firstArrivalAt',
  'metAt',
] as const satisfies Name[];

const recordOf = <T>(value: (name: Name) => T) =>
  Object.fromEntries(names.map(name => [name, value(name)])) as Record<Name, T>;

describe('the steps of a training', () => {
  it('begin with the alert, follow by their times, and end with what was never done', () => {
    const taken = fc.option(fc.integer({ min: 0, max: 7200 }), { nil: null });
    fc.assert(
      fc.property(fc.record(recordOf(() => taken)), seconds => {
        const times = recordOf(name => (seconds[name] === null ? null : after(seconds[name])));
        const steps = stepsOf({ startedAt: after(0), times });
        expect(steps[0]).toEqual({ name: 'alert', afterS: 0, sinceS: null });
        expect(steps.map(({ name }) => name).toSorted()).toEqual(['alert', ...names].toSorted());
        const done = steps.filter(({ afterS }) => afterS !== null);
        expect(steps.slice(0, done.length)).toEqual(done);
        for (const [i, { name, afterS, sinceS }] of done.entries()) {
          if (name === 'alert') continue;
          expect(afterS).toBe(seconds[name]);
          expect(sinceS).toBe(afterS! - done[i - 1]!.afterS!);
          expect(sinceS).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
