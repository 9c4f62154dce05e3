/** The choice of posts as weighted coverage: which unit at which junction would be there before which of her ways. */

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

/** Who passes a junction, the latest first; a way that comes by twice counts the last time. */
export interface Passes {
  ways: Uint32Array;
  atS: Float64Array;
  /** Of the first n + 1 ways, whatever their order: tells sets apart without looking at them. */
  marks: Uint32Array;
}

/** All junctions on the ways. */
export function passesOf(ways: readonly Way[]): Map<number, Passes> {
  const latest = new Map<number, { ways: number[]; atS: number[] }>();
  ways.forEach(({ junctions, atS }, way) => {
    for (let i = 0; i < junctions.length; i++) {
      let at = latest.get(junctions[i]!);
      if (!at) latest.set(junctions[i]!, (at = { ways: [], atS: [] }));
      const last = at.ways.length - 1;
      if (at.ways[last] === way) at.atS[last] = Math.max(at.atS[last]!, atS[i]!);
      else {
        at.ways.push(way);
        at.atS.push(atS[i]!);
      }
    }
  });
  return new Map(Array.from(latest, ([junction, at]) => [junction, latestFirst(at)]));
}

function latestFirst({ ways, atS }: { ways: number[]; atS: number[] }): Passes {
  const order = [...ways.keys()].sort((a, b) => atS[b]! - atS[a]! || a - b);
  let mark = 0;
  return {
    ways: Uint32Array.from(order, i => ways[i]!),
    atS: Float64Array.from(order, i => atS[i]!),
    marks: Uint32Array.from(order, i => (mark = (mark ^ scattered(ways[i]!)) >>> 0)),
  };
}

/** A number's bits, mixed (the finalizer of MurmurHash3). */
function scattered(number: number): number {
  let bits = number + 1;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/**
 * The posts worth thinking of for one unit: it must be there `marginS` before she is. Of posts that win the same ways
 * only the one with the most time to spare is kept; posts that win a part of what another wins are left out, which
 * loses nothing. `arriveS`: when the unit is at a junction, seconds from now, Infinity if never.
 */
export function choiceOf(
  passes: ReadonlyMap<number, Passes>,
  arriveS: (junction: number) => number,
  marginS: number,
): Choice {
  // Two sets of one size and mark are taken for the same: wrong once in thousands of calls, and then a post is lost.
  const best = new Map<number, { junction: number; ways: Uint32Array; spareS: number }>();
  for (const [junction, { ways, atS, marks }] of passes) {
    const readyS = arriveS(junction) + marginS;
    let count = 0;
    while (count < atS.length && atS[count]! >= readyS) count++;
    if (count === 0) continue;
    const spareS = atS[count - 1]! - readyS;
    const key = marks[count - 1]! * 2 ** 16 + count;
    const same = best.get(key);
    if (!same || spareS > same.spareS) best.set(key, { junction, ways: ways.subarray(0, count), spareS });
  }
  const all = Array.from(best.values(), ({ junction, ways }) => ({ junction, wins: ways.toSorted() }));
  const kept = maximal(all.map(each => each.wins)).map(i => all[i]!);
  return { posts: kept.map(each => each.junction), wins: kept.map(each => each.wins) };
}

/** Indices of the sets that are no part of another one; the sets all differ. */
function maximal(sets: readonly Uint32Array[]): number[] {
  const holders = new Map<number, number[]>();
  sets.forEach((set, i) => {
    for (const member of set) {
      const list = holders.get(member);
      if (list) list.push(i);
      else holders.set(member, [i]);
    }
  });
  return [...sets.keys()].filter(i => {
    const set = sets[i]!;
    // Whatever holds all of it holds its rarest member.
    let rarest = holders.get(set[0]!)!;
    for (const member of set) {
      const list = holders.get(member)!;
      if (list.length < rarest.length) rarest = list;
    }
    return !rarest.some(other => sets[other]!.length > set.length && contains(sets[other]!, set));
  });
}

/** Whether every member of the part, ascending, is in the whole, ascending. */
function contains(whole: Uint32Array, part: Uint32Array): boolean {
  let at = 0;
  for (const member of part) {
    while (at < whole.length && whole[at]! < member) at++;
    if (whole[at] !== member) return false;
  }
  return true;
}
