/** Who passes where and when: all junctions on her ways, and the sets of ways that a post there could win. */
import { fallingOrder } from '../order.ts';
import type { Way } from './problem.ts';

/**
 * Junction k of the ways, in the order in which they are first come to, is passed by `ways[offset[k] … offset[k + 1]]`, the
 * latest first; a way that comes by twice counts the last time.
 */
export interface Passes {
  junctions: number[];
  offset: Uint32Array;
  ways: Uint32Array;
  atS: Float64Array;
  /** The number of the set of ways that pass the junction then or later, whatever their order. */
  sets: Uint32Array;
  setCount: number;
  wayCount: number;
  /** Of each set, once somebody asked: see `setOf`. */
  known: (WaySet | null)[];
}

/** The same set in two forms. */
export interface WaySet {
  /** Ascending. */
  ways: Uint32Array;
  /** Bit w % 32 of word w ÷ 32 for way w. */
  bits: Uint32Array;
}

/** @param mayStand whether somebody can be posted at a junction; others are left out */
export function passesOf(ways: readonly Way[], mayStand: (junction: number) => boolean = () => true): Passes {
  const latest = new Map<number, { ways: number[]; atS: number[] } | null>();
  let count = 0;
  ways.forEach(({ junctions, atS }, way) => {
    for (let i = 0; i < junctions.length; i++) {
      const junction = junctions[i]!;
      let at = latest.get(junction);
      if (at === undefined) latest.set(junction, (at = mayStand(junction) ? { ways: [], atS: [] } : null));
      if (at === null) continue;
      const last = at.ways.length - 1;
      if (last >= 0 && at.ways[last] === way) at.atS[last] = Math.max(at.atS[last]!, atS[i]!);
      else {
        at.ways.push(way);
        at.atS.push(atS[i]!);
        count++;
      }
    }
  });
  const numbers = new SetNumbers(count);
  const passes: Passes = {
    junctions: [],
    offset: new Uint32Array(latest.size + 1),
    ways: new Uint32Array(count),
    atS: new Float64Array(count),
    sets: new Uint32Array(count),
    setCount: 0,
    wayCount: ways.length,
    known: [],
  };
  for (const [junction, at] of latest) if (at) addJunction(passes, junction, at, numbers);
  passes.setCount = numbers.count;
  passes.known = Array.from({ length: numbers.count }, () => null);
  return passes;
}

function addJunction(
  passes: Passes,
  junction: number,
  { ways, atS }: { ways: number[]; atS: number[] },
  numbers: SetNumbers,
): void {
  const first = passes.offset[passes.junctions.length]!;
  const order = fallingOrder(Float64Array.from(atS));
  let mark = 0;
  for (let n = 0; n < order.length; n++) {
    const way = ways[order[n]!]!;
    passes.ways[first + n] = way;
    passes.atS[first + n] = atS[order[n]!]!;
    mark = (mark ^ scattered(way)) >>> 0;
    passes.sets[first + n] = numbers.of(mark, n + 1);
  }
  passes.offset[passes.junctions.push(junction)] = first + order.length;
}

/** The ways that pass a junction at `atS[at]` or later. */
export function setOf(passes: Passes, junction: number, at: number): WaySet {
  const number = passes.sets[at]!;
  const known = passes.known[number];
  if (known) return known;
  const bits = new Uint32Array(Math.ceil(passes.wayCount / 32));
  const first = passes.offset[junction]!;
  for (let i = first; i <= at; i++) bits[passes.ways[i]! >> 5]! |= 1 << (passes.ways[i]! & 31);
  const ways = new Uint32Array(at - first + 1);
  for (let way = 0, i = 0; i < ways.length; way++)
    if ((bits[way >> 5]! & (1 << (way & 31))) !== 0) ways[i++] = way;
  return (passes.known[number] = { ways, bits });
}

/** Numbers of sets in the order in which they are met, in a table of open addresses. */
class SetNumbers {
  count = 0;
  private readonly marks: Uint32Array;
  /** 0 where nothing is. */
  private readonly sizes: Uint32Array;
  private readonly numbers: Uint32Array;

  constructor(most: number) {
    const length = 2 ** Math.ceil(Math.log2(2 * most + 1));
    this.marks = new Uint32Array(length);
    this.sizes = new Uint32Array(length);
    this.numbers = new Uint32Array(length);
  }

  /** Two sets of one size and mark are taken for the same: wrong once in thousands of calls, and then a post is lost. */
  of(mark: number, size: number): number {
    const { marks, sizes, numbers } = this;
    let slot = (mark + size) & (marks.length - 1);
    while (sizes[slot] !== 0) {
      if (sizes[slot] === size && marks[slot] === mark) return numbers[slot]!;
      slot = (slot + 1) & (marks.length - 1);
    }
    marks[slot] = mark;
    sizes[slot] = size;
    numbers[slot] = this.count;
    return this.count++;
  }
}

/** A number's bits, mixed (the finalizer of MurmurHash3). */
function scattered(number: number): number {
  let bits = number + 1;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
