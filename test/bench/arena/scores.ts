/** Scores over episodes, with their bootstrap intervals. */
import { createRandom } from '#domain/random.ts';
import type { Figures } from '../report.ts';
import { round } from '../report.ts';

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

const resamples = 1000;

/** The figure and the middle 95 % of what it is on resampled episodes. */
export function bootstrap(
  episodes: number,
  figure: (pick: readonly number[]) => number,
): { value: number; lo: number; hi: number } {
  const random = createRandom(5);
  const all = Array.from({ length: episodes }, (_, i) => i);
  const values = Array.from({ length: resamples }, () => figure(all.map(() => random.int(episodes)))).sort(
    (a, b) => a - b,
  );
  return {
    value: digits(figure(all)),
    lo: digits(values[Math.floor(resamples * 0.025)]!),
    hi: digits(values[Math.floor(resamples * 0.975)]!),
  };
}

const digits = (value: number): number => Math.round(value * 10_000) / 10_000;

/** Times to find in minutes, cut at the horizon, one an episode. */
export interface Played {
  minutes: number[];
  found: boolean[];
  km: number[];
}

export function timeFigures({ minutes, found, km }: Played): Figures {
  const within = (limit: number): number =>
    digits(minutes.filter((at, i) => found[i] && at <= limit).length / Math.max(1, minutes.length));
  const spread = bootstrap(minutes.length, pick => mean(pick.map(i => minutes[i]!)));
  return {
    medianMin: round(median(minutes)),
    meanMin: round(mean(minutes)),
    meanMinLo: round(spread.lo),
    meanMinHi: round(spread.hi),
    found15: within(15),
    found30: within(30),
    found60: within(60),
    km: round(mean(km)),
  };
}

/** Share of the possible saving: (Σ last ping − Σ policy) ÷ (Σ last ping − Σ oracle). */
export function shareWon(lastPing: readonly number[], policy: readonly number[], oracle: readonly number[]) {
  return bootstrap(policy.length, pick => {
    let won = 0;
    let possible = 0;
    for (const i of pick) {
      won += lastPing[i]! - policy[i]!;
      possible += lastPing[i]! - oracle[i]!;
    }
    return won / possible;
  });
}

/** Mean of the differences, pair by pair, and its standard error. */
export function paired(
  one: readonly number[],
  other: readonly number[],
): { difference: number; error: number } {
  const differences = one.map((value, i) => value - other[i]!);
  const difference = mean(differences);
  const variance = mean(differences.map(each => (each - difference) ** 2));
  return { difference, error: Math.sqrt(variance / Math.max(1, differences.length - 1)) };
}

/** Where the truth lay in the belief of one moment. */
export interface Level {
  /** Mass of the smallest region that holds the truth's cell, its own counted by a share drawn at random. */
  level: number;
  /** Probability of the truth's cell. */
  p: number;
}

/** Share of the truths inside the regions, and the mean logarithm of what the truth's cell was given. */
export function calibration(levels: readonly Level[]) {
  const inside = (limit: number): number =>
    digits(levels.filter(({ level }) => level <= limit).length / Math.max(1, levels.length));
  return {
    r50: { inside: inside(0.5), n: levels.length },
    r90: { inside: inside(0.9), n: levels.length },
    logScore: digits(mean(levels.map(({ p }) => Math.log(p + 1e-6)))),
  };
}
