/** Two futures side by side: when she is met in each, by how much they differ, and in which minutes they part. Pure. */
import type { Random } from '#domain/random.ts';

/** Minutes are counted from the fork. */
export interface MeetingTimes {
  metBy: { minute: number; share: number }[];
  /** The first to the ninth tenth of all draws; null where she is not met in so many within the horizon. */
  decilesMin: (number | null)[];
  medianMin: number | null;
}

export interface Comparison {
  draws: number;
  asItWas: MeetingTimes;
  changed: MeetingTimes;
  /** Mean over the draws, with a bootstrap interval of 90 %; who is not met counts with the whole horizon. */
  earlierMin: { mean: number; low: number; high: number };
  /** Spans in which most of the difference in `metBy` arises; `gain` is its part, above 0 where the change is for the better. */
  decisive: { fromMin: number; toMin: number; gain: number }[];
}

const minutesShown = [5, 10, 15, 20, 30, 60] as const;
const resamples = 1000;
const tail = 0.05;
/** The decisive minutes make up at least this part of the widest gap. */
const mostOf = 0.5;

/** @param asItWas seconds to the meeting in each draw, Infinity where there is none; `changed` on the same draws */
export function compare(
  asItWas: readonly number[],
  changed: readonly number[],
  horizonS: number,
  random: Random,
): Comparison {
  const earlierS = asItWas.map((atS, i) => Math.min(horizonS, atS) - Math.min(horizonS, changed[i]!));
  const { mean, low, high } = meanInterval(earlierS, random);
  return {
    draws: asItWas.length,
    asItWas: timesOf(asItWas),
    changed: timesOf(changed),
    earlierMin: { mean: mean / 60, low: low / 60, high: high / 60 },
    decisive: decisiveMinutes(asItWas, changed, horizonS),
  };
}

function timesOf(times: readonly number[]): MeetingTimes {
  const sorted = times.toSorted((a, b) => a - b);
  const quantile = (share: number): number | null => {
    const atS = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Infinity;
    return Number.isFinite(atS) ? atS / 60 : null;
  };
  return {
    metBy: minutesShown.map(minute => ({ minute, share: metBy(times, minute) })),
    decilesMin: [1, 2, 3, 4, 5, 6, 7, 8, 9].map(tenth => quantile(tenth / 10)),
    medianMin: quantile(0.5),
  };
}

const metBy = (times: readonly number[], minute: number): number =>
  times.length === 0 ? 0 : times.filter(atS => atS <= minute * 60).length / times.length;

/** The mean, and the middle 90 % of the means of as many values drawn from these with replacement (Efron 1979). */
export function meanInterval(
  values: readonly number[],
  random: Random,
): { mean: number; low: number; high: number } {
  const count = values.length;
  if (count === 0) return { mean: 0, low: 0, high: 0 };
  const means = Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += values[random.int(count)]!;
    return sum / count;
  }).sort((a, b) => a - b);
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  return { mean, low: means[resamples * tail]!, high: means[resamples * (1 - tail) - 1]! };
}

/** The fewest minutes whose gains make up most of the widest gap between the two curves; neighbours are one span. */
function decisiveMinutes(
  asItWas: readonly number[],
  changed: readonly number[],
  horizonS: number,
): Comparison['decisive'] {
  const gaps = Array.from(
    { length: Math.ceil(horizonS / 60) + 1 },
    (_, minute) => metBy(changed, minute) - metBy(asItWas, minute),
  );
  const widest = gaps.reduce((most, gap) => (Math.abs(gap) > Math.abs(most) ? gap : most), 0);
  if (widest === 0) return [];
  const better = Math.sign(widest);
  const gains = gaps.map((gap, minute) => ({ minute, gain: gap - (gaps[minute - 1] ?? 0) }));
  const ranked = gains.filter(({ gain }) => gain * better > 0).sort((a, b) => (b.gain - a.gain) * better);
  const chosen: typeof gains = [];
  for (let sum = 0; Math.abs(sum) < mostOf * Math.abs(widest) && ranked.length > 0; ) {
    const next = ranked.shift()!;
    chosen.push(next);
    sum += next.gain;
  }
  const spans: Comparison['decisive'] = [];
  for (const { minute, gain } of chosen.sort((a, b) => a.minute - b.minute)) {
    const last = spans.at(-1);
    const fromMin = Math.max(0, minute - 1);
    if (last?.toMin !== fromMin) spans.push({ fromMin, toMin: minute, gain });
    else {
      last.toMin = minute;
      last.gain += gain;
    }
  }
  return spans;
}
