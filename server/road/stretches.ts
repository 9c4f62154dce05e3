/** From ways to stretches between junctions, and of these the ones that hang together. */
import type { RoadInput, RoadWay } from './build.ts';
import { strongComponents } from './components.ts';
import { distanceM, type LngLat } from './geo.ts';
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

/** Cuts all ways where they meet. */
export function splitAtJunctions(input: RoadInput): Stretch[] {
  const runs: Stretch[] = [];
  const uses = new Map<number, number>();
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

/** Numbers the ends of the stretches in the order in which they turn up. */
export function numberNodes(stretches: Stretch[]): Numbered {
  const numberOf = new Map<number, number>();
  const nodeRefs: number[] = [];
  const numbered = (ref: number): number => {
    let node = numberOf.get(ref);
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
export function keepConnected(all: Numbered, input: RoadInput): { kept: Numbered; dropped: DroppedRoads } {
  const tails: number[] = [];
  const heads: number[] = [];
  all.stretches.forEach(({ way }, i) => {
    if (way.oneway >= 0) tails.push(all.from[i]!);
    if (way.oneway >= 0) heads.push(all.to[i]!);
    if (way.oneway <= 0) tails.push(all.to[i]!);
    if (way.oneway <= 0) heads.push(all.from[i]!);
  });
  const { offset, order } = groupBy(tails, all.nodeRefs.length);
  const { label, sizes } = strongComponents(
    offset,
    order.map(arc => heads[arc]!),
  );
  const largest = sizes.reduce((best, size, i) => (size > (sizes[best] ?? 0) ? i : best), 0);

  const newNumber = new Int32Array(all.nodeRefs.length).fill(-1);
  const kept: Numbered = { stretches: [], from: [], to: [], nodeRefs: [] };
  all.nodeRefs.forEach((ref, node) => {
    if (label[node] === largest) newNumber[node] = kept.nodeRefs.push(ref) - 1;
  });
  const dropped: DroppedRoads = { nodes: all.nodeRefs.length - kept.nodeRefs.length, edges: 0, lengthM: 0 };
  all.stretches.forEach((stretch, i) => {
    const from = newNumber[all.from[i]!]!;
    const to = newNumber[all.to[i]!]!;
    if (from >= 0 && to >= 0) {
      kept.stretches.push(stretch);
      kept.from.push(from);
      kept.to.push(to);
    } else {
      dropped.edges++;
      dropped.lengthM += lineLengthM(stretch.refs.map(ref => input.nodes.get(ref)!));
    }
  });
  return { kept, dropped };
}

function lineLengthM(line: LngLat[]): number {
  let lengthM = 0;
  for (let i = 1; i < line.length; i++) lengthM += distanceM(line[i - 1]!, line[i]!);
  return lengthM;
}
