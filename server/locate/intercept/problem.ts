/** The choice of posts as weighted coverage: which unit at which junction would be there before which of her ways. */

import { type Passes, setOf, type WaySet } from './passes.ts';

/** One way that she may be driving. */
export interface Way {
  /** How likely it is, in any unit common to all ways. */
  weight: number;
  /** Junctions in driving order. */
  junctions: ArrayLike<number>;
  /** When she passes each of them, seconds from now. */
  atS: ArrayLike<number>;
}

/** What one unit could do: posts at which it wins something, each with the ways that it wins there. */
export interface Choice {
  /** Junctions. */
  posts: number[];
  /** Of each post: indices of ways, ascending. */
  wins: Uint32Array[];
}

/**
 * The posts worth thinking of for one unit: it must be there `marginS` before she is. Of posts that win the same ways
 * only the one with the most time to spare is kept; posts that win a part of what another wins are left out, which
 * loses nothing. `arriveS`: when the unit is at a junction, seconds from now, Infinity if never.
 */
export function choiceOf(passes: Passes, arriveS: (junction: number) => number, marginS: number): Choice {
  const { junctions, offset, atS, sets, setCount } = passes;
  /** Of each set: its index among those that were found, or -1. */
  const foundAs = new Int32Array(setCount).fill(-1);
  const found: { junction: number; set: WaySet; spareS: number }[] = [];
  for (let k = 0; k < junctions.length; k++) {
    const readyS = arriveS(junctions[k]!) + marginS;
    if (!(atS[offset[k]!]! >= readyS)) continue;
    const at = lastNotBefore(atS, offset[k]!, offset[k + 1]! - 1, readyS);
    const spareS = atS[at]! - readyS;
    const same = foundAs[sets[at]!]!;
    if (same < 0)
      foundAs[sets[at]!] = found.push({ junction: junctions[k]!, set: setOf(passes, k, at), spareS }) - 1;
    else if (spareS > found[same]!.spareS) {
      found[same]!.junction = junctions[k]!;
      found[same]!.spareS = spareS;
    }
  }
  const kept = maximal(found.map(({ set }) => set)).map(i => found[i]!);
  return { posts: kept.map(({ junction }) => junction), wins: kept.map(({ set }) => set.ways) };
}

/** Index of the last of falling values from `low` to `high` that is no less than a limit; the first of them is not. */
function lastNotBefore(falling: Float64Array, low: number, high: number, limit: number): number {
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (falling[middle]! >= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Indices of the sets that are no part of another one, ascending; the sets all differ. */
function maximal(sets: readonly WaySet[]): number[] {
  const bySize = [...sets.keys()].sort((a, b) => sets[b]!.ways.length - sets[a]!.ways.length);
  const kept: number[] = [];
  for (const i of bySize) if (!kept.some(other => isPart(sets[i]!.bits, sets[other]!.bits))) kept.push(i);
  return kept.sort((a, b) => a - b);
}

function isPart(part: Uint32Array, whole: Uint32Array): boolean {
  for (let word = 0; word < part.length; word++) if ((part[word]! & ~whole[word]!) !== 0) return false;
  return true;
}
