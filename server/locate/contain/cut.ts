/**
 * The fewest junctions that cut an area off: a minimum vertex cut, by augmenting paths (Ford and Fulkerson 1956) in the
 * network of split nodes (Menger 1927). It is found as the cut next to the area. Turn restrictions are left aside: who
 * cares for them finds fewer ways out, not more.
 */
import type { RoadGraph } from '#road/graph.ts';
import { MinHeap } from '#road/heap.ts';

export interface CutInput {
  graph: RoadGraph;
  /** Of each junction: 1 where the area is that must not be left. */
  area: Uint8Array;
  /** Of each junction: 1 where she has escaped. */
  outside: Uint8Array;
  /** Of each junction: 1 where somebody can stand in time. */
  blockable: Uint8Array;
  /** Of each junction: larger nearer to the outside. It only saves work: ways out are sought there first. */
  outwards: ArrayLike<number>;
  /** A cut of more junctions is of no use. */
  most: number;
}

/** The junctions of a smallest cut, ascending; null when there is none of at most `most` blockable junctions. */
export function smallestCut(input: CutInput): number[] | null {
  const network = new SplitNetwork(input);
  if (network.leaks()) return null;
  for (let flow = 0; network.augment(); flow++) if (flow === input.most) return null;
  return network.cut();
}

/** Where the search began, and where it has not been. */
const start = -2;
const never = -1;
/** Between the two halves of one junction there is no arc. */
const within = -1;

/**
 * Each junction j is split: 2j is where one comes in, 2j + 1 where one goes on, and what leads from the one to the other
 * carries one unit of flow if the junction can be blocked, any amount if not. Arcs carry any amount.
 */
class SplitNetwork {
  private readonly input: CutInput;
  /** Of each junction, and of each arc. */
  private readonly through: Int32Array;
  private readonly along: Int32Array;
  /** How the last search came to each half: the half before, and the arc. */
  private readonly cameFrom: Int32Array;
  private readonly cameBy: Int32Array;
  private readonly open = new MinHeap();

  constructor(input: CutInput) {
    const { junctionCount, arcCount } = input.graph;
    this.input = input;
    this.through = new Int32Array(junctionCount);
    this.along = new Int32Array(arcCount);
    this.cameFrom = new Int32Array(junctionCount * 2);
    this.cameBy = new Int32Array(junctionCount * 2);
  }

  /** Whether a way leads out past nothing that can be blocked. */
  leaks(): boolean {
    return this.search(true) !== null;
  }

  /** Sends one more unit of flow out of the area, if that is possible. */
  augment(): boolean {
    const last = this.search(false);
    if (last === null) return false;
    this.along[last.arc]!++;
    for (let half = last.half; this.cameFrom[half] !== start; half = this.cameFrom[half]!) {
      const arc = this.cameBy[half]!;
      if (arc !== within) this.along[arc]! += half % 2 === 0 ? 1 : -1;
      else this.through[half >> 1]! += this.cameFrom[half]! < half ? 1 : -1;
    }
    return true;
  }

  /** After the last search: the junctions that can be come into and not be left. */
  cut(): number[] {
    const junctions: number[] = [];
    for (let j = 0; j < this.through.length; j++)
      if (this.cameFrom[j * 2] !== never && this.cameFrom[j * 2 + 1] === never) junctions.push(j);
    return junctions;
  }

  /**
   * From the area over what can carry more flow; only over junctions that cannot be blocked if asked so. an arc
   * that leads outside with the half where it begins, or null.
   */
  private search(unblockableOnly: boolean): { half: number; arc: number } | null {
    const { area, blockable } = this.input;
    this.cameFrom.fill(never);
    this.open.clear();
    for (let junction = 0; junction < area.length; junction++)
      if (area[junction]) this.come(junction * 2 + 1, start, within);
    while (this.open.size > 0) {
      const half = this.open.pop();
      const junction = half >> 1;
      if (half % 2 === 0) {
        const isFree = !blockable[junction] || (!unblockableOnly && this.through[junction] === 0);
        if (isFree) this.come(half + 1, half, within);
        if (this.through[junction]! > 0) this.comeBack(junction, half);
      } else {
        const arc = this.comeOn(junction, half);
        if (arc !== within) return { half, arc };
        if (this.through[junction]! > 0) this.come(half - 1, half, within);
      }
    }
    return null;
  }

  private come(half: number, from: number, arc: number): void {
    if (this.cameFrom[half] !== never) return;
    this.cameFrom[half] = from;
    this.cameBy[half] = arc;
    this.open.push(-this.input.outwards[half >> 1]!, half);
  }

  /** Along the arcs from the junction and its copies; answers one that leads outside, if any does. */
  private comeOn(junction: number, half: number): number {
    const { graph, area, outside } = this.input;
    const { arcOffset, arcTo, nodeJunction, copyOffset } = graph;
    const last = copyOffset[junction + 1]!;
    for (let node = junction, copy = copyOffset[junction]!; ; node = copy++) {
      for (let arc = arcOffset[node]!; arc < arcOffset[node + 1]!; arc++) {
        const head = nodeJunction[arcTo[arc]!]!;
        if (outside[head]) return arc;
        if (!area[head]) this.come(head * 2, half, arc);
      }
      if (copy >= last) return within;
    }
  }

  /** Against the flow on the arcs that lead to the junction and its copies. */
  private comeBack(junction: number, half: number): void {
    const { inOffset, inArc, arcFrom, nodeJunction, copyOffset } = this.input.graph;
    const last = copyOffset[junction + 1]!;
    for (let node = junction, copy = copyOffset[junction]!; ; node = copy++) {
      for (let i = inOffset[node]!; i < inOffset[node + 1]!; i++) {
        const arc = inArc[i]!;
        if (this.along[arc]! > 0) this.come(nodeJunction[arcFrom[arc]!]! * 2 + 1, half, arc);
      }
      if (copy >= last) return;
    }
  }
}
