import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  between,
  fixAt,
  identityAt,
  mergeTracks,
  type Track,
  type TrackFix,
  trackOf,
} from '#domain/track/track.ts';
import { anyFix, crowdedFix, windowAtMs } from './arbitraries.ts';

const fixesOf = (track: Track) => Array.from({ length: track.length }, (_, index) => fixAt(track, index));

/** What a fix is, without when it was received: by this, slowly, the oracle tells fixes apart. */
const content = (fix: TrackFix) => JSON.stringify({ ...fix, receivedAtMs: 0, future: false });

/** A decimal more than a track keeps: one in ten lies half-way between two numbers that it does keep. */
const finerBy10 = (max: number, scale: number) =>
  fc.integer({ min: 0, max: max * scale * 10 }).map(value => value / (scale * 10));

/** Each fix once, as we knew it first. */
function oracle(fixes: readonly TrackFix[]): Map<string, number> {
  const first = new Map<string, number>();
  for (const fix of fixes)
    first.set(content(fix), Math.min(first.get(content(fix)) ?? Infinity, fix.receivedAtMs));
  return first;
}

describe('a track', () => {
  it('holds each fix once, as it was known first, in order of time', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyFix, crowdedFix), { maxLength: 40 }), fixes => {
        const track = trackOf(fixes);
        expect(oracle(fixesOf(track))).toEqual(oracle(fixes));
        expect(track.length).toBe(oracle(fixes).size);
        expect([...track.observedAtMs]).toEqual([...track.observedAtMs].toSorted((a, b) => a - b));
        const names = fixesOf(track).map((_, index) => identityAt(track, index));
        expect(new Set(names).size).toBe(track.length);
      }),
    );
  });

  it('is the same whatever the order, the repetition and the grouping of its fixes', () => {
    const shuffled = fc
      .array(crowdedFix, { minLength: 1, maxLength: 25 })
      .chain(fixes =>
        fc.tuple(
          fc.constant(fixes),
          fc.shuffledSubarray([...fixes, ...fixes], { minLength: fixes.length * 2 }),
          fc.nat(),
        ),
      );
    fc.assert(
      fc.property(shuffled, ([fixes, again, cut]) => {
        const whole = trackOf(fixes);
        const at = cut % again.length;
        const merged = mergeTracks([trackOf(again.slice(0, at)), trackOf(again.slice(at))]);
        // Sources may be numbered otherwise where two devices share their first instant; what is said is the same.
        expect(fixesOf(merged).map(content)).toEqual(fixesOf(whole).map(content));
        expect([...merged.receivedAtMs]).toEqual([...whole.receivedAtMs]);
        expect(merged.sources).toEqual(whole.sources);
        expect(mergeTracks([merged, whole]).length).toBe(whole.length);
      }),
    );
  });

  it('knows a fix again that was kept in single precision', () => {
    const said = fc.record({
      speedMps: finerBy10(400, 100),
      courseDeg: finerBy10(360, 10),
      accuracyM: finerBy10(1e6, 10),
      batteryPct: finerBy10(100, 1),
    });
    fc.assert(
      fc.property(anyFix, said, (fix, measures) => {
        const kept = Object.fromEntries(
          Object.entries(measures).map(([name, value]) => [name, Math.fround(value)]),
        );
        expect(trackOf([{ ...fix, ...kept }])).toEqual(trackOf([{ ...fix, ...measures }]));
      }),
      { numRuns: 500 },
    );
  });

  it('is cut by time: from the first instant up to, not including, the last', () => {
    const fixes = [0, 500, 1000].map(
      (step): TrackFix => ({
        ...fixAt(trackOf(fc.sample(crowdedFix, 1)), 0),
        observedAtMs: windowAtMs + step,
      }),
    );
    expect([...between(trackOf(fixes), windowAtMs, windowAtMs + 1000).observedAtMs]).toEqual([
      windowAtMs,
      windowAtMs + 500,
    ]);
  });
});
