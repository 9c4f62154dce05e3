/** From ways to stretches between junctions, and of these the ones that hang together. */
import type { RoadInput, RoadWay } from './build.ts';
import { strongComponents } from './components.ts';
import { Darts } from './darts.ts';
import { lineLengthM } from './geo.ts';
import type { DroppedRoads } from './graph.ts';
import { groupBy } from './group.ts';

/** A way's stretch between two junctions, still in the ids of the source. */
export interface Stretch {
  way: RoadWay;
  refs: number[];
}

/** Stretches whose ends are numbered nodes of the graph. */
export interface Numbered {
  stretches: Stretch[];
  from: number[];
  to: number[];
  nodeRefs: number[];
}

/** Cuts ways into runs of known nodes, without repeated neighbours. */
function knownRuns(way: RoadWay, nodes: RoadInput['nodes']): number[][] {
  const runs: number[][] = [];
  let run: number[] = [];
  const close = (): void => {
    if (run.length > 1) runs.push(run);
    run = [];
  };
  for (const ref of way.nodes) {
    if (!nodes.has(ref)) close();
    else if (ref !== run.at(-1)) run.push(ref);
  }
  close();
  return runs;
}

/** Cuts all ways where they meet, and at barriers. */
export function splitAtJunctions(input: RoadInput): Stretch[] {
  const runs: Stretch[] = [];
  const uses = new Map<number, number>(input.barriers.map(ref => [ref, 2]));
  for (const way of input.ways) {
    if (!(way.speedKmh > 0))
      throw new RangeError(`Way ${way.id} has speed ${way.speedKmh} km/h; a speed above 0 was expected.`);
    for (const refs of knownRuns(way, input.nodes)) {
      runs.push({ way, refs });
      refs.forEach((ref, i) => {
        const isEnd = i === 0 || i === refs.length - 1;
        uses.set(ref, (uses.get(ref) ?? 0) + (isEnd ? 2 : 1));
      });
    }
  }
  const stretches: Stretch[] = [];
  for (const { way, refs } of runs) {
    let start = 0;
    for (let i = 1; i < refs.length; i++) {
      if (i < refs.length - 1 && uses.get(refs[i]!)! < 2) continue;
      stretches.push(...withoutLoop({ way, refs: refs.slice(start, i + 1) }));
      start = i;
    }
  }
  return stretches;
}

/** A stretch that returns to its own start (a turning circle, a lollipop) is cut in two at its middle vertex. */
function withoutLoop(stretch: Stretch): Stretch[] {
  const { way, refs } = stretch;
  if (refs[0] !== refs.at(-1)) return [stretch];
  const middle = refs.length >> 1;
  return [
    { way, refs: refs.slice(0, middle + 1) },
    { way, refs: refs.slice(middle) },
  ];
}

/** Numbers the ends of the stretches in the order in which they turn up. At a barrier each end is a node of its own. */
export function numberNodes(stretches: Stretch[], barriers: Iterable<number>): Numbered {
  const blocked = new Set(barriers);
  const numberOf = new Map<number, number>();
  const nodeRefs: number[] = [];
  const numbered = (ref: number): number => {
    let node = blocked.has(ref) ? undefined : numberOf.get(ref);
    if (node === undefined) {
      node = nodeRefs.length;
      numberOf.set(ref, node);
      nodeRefs.push(ref);
    }
    return node;
  };
  const from = stretches.map(({ refs }) => numbered(refs[0]!));
  const to = stretches.map(({ refs }) => numbered(refs.at(-1)!));
  return { stretches, from, to, nodeRefs };
}

/** What is left when everything outside the largest strongly connected component is gone. */
export function keepConnected(all: Numbered): Numbered {
  const darts = new Darts(all);
  const tails = darts.all.map(dart => darts.tail(dart));
  const { offset, order } = groupBy(tails, all.nodeRefs.length);
  const { label, sizes } = strongComponents(
    offset,
    order.map(i => darts.head(darts.all[i]!)),
  );
  const largest = sizes.reduce((best, size, i) => (size > (sizes[best] ?? 0) ? i : best), 0);

  const newNumber = new Int32Array(all.nodeRefs.length).fill(-1);
  const kept: Numbered = { stretches: [], from: [], to: [], nodeRefs: [] };
  all.nodeRefs.forEach((ref, node) => {
    if (label[node] === largest) newNumber[node] = kept.nodeRefs.push(ref) - 1;
  });
  all.stretches.forEach((stretch, i) => {
    const from = newNumber[all.from[i]!]!;
    const to = newNumber[all.to[i]!]!;
    if (from < 0 || to < 0) return;
    kept.stretches.push(stretch);
    kept.from.push(from);
    kept.to.push(to);
  });
  return kept;
}

/** The network without some of its edges. */
export function withoutEdges({ stretches, from, to, nodeRefs }: Numbered, edges: Set<number>): Numbered {
  const isLeft = (_: unknown, edge: number): boolean => !edges.has(edge);
  return { stretches: stretches.filter(isLeft), from: from.filter(isLeft), to: to.filter(isLeft), nodeRefs };
}

/** What of all the roads is not in the kept part. */
export function droppedRoads(all: Numbered, kept: Numbered, nodes: RoadInput['nodes']): DroppedRoads {
  const isKept = new Set(kept.stretches);
  const gone = all.stretches.filter(stretch => !isKept.has(stretch));
  return {
    nodes: all.nodeRefs.length - kept.nodeRefs.length,
    edges: gone.length,
    lengthM: gone.reduce((sum, stretch) => sum + stretchLengthM(stretch, nodes), 0),
  };
}

export function stretchLengthM({ refs }: Stretch, nodes: RoadInput['nodes']): number {
  return lineLengthM(refs.map(ref => nodes.get(ref)!));
}
