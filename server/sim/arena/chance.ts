/** Draws that the arena needs beside the uniform ones. Pure. */
import { createRandom, type Random } from '#domain/random.ts';

/** Standard normal, by Box and Muller. */
export function normal(random: Random): number {
  const u = 1 - random.next();
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * random.next());
}

/** Exponential with this mean. */
export const exponential = (random: Random, mean: number): number => -mean * Math.log(1 - random.next());

/** An index with probability in proportion to its weight; -1 where nothing has any. */
export function weighted(random: Random, weights: readonly number[]): number {
  let left = random.next() * weights.reduce((sum, weight) => sum + weight, 0);
  let last = -1;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i]! <= 0) continue;
    last = i;
    left -= weights[i]!;
    if (left < 0) return i;
  }
  return last;
}

/** The one random number that belongs to a thing of an episode, the same for whoever asks. */
export const numberOf = (episodeId: string, ...thing: (string | number)[]): number =>
  createRandom(0x5eed)
    .fork([episodeId, ...thing].join('|'))
    .next();
