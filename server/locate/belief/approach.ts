/** How she comes to a cell of the road: over which end of its edge, and when. */
import type { Ground } from '#locate/ground.ts';
import { groupBy } from '#road/group.ts';
import { unreached } from '#road/graph.ts';
import type { RouteTree } from './tree.ts';

/** Where the last part of a way begins; `entry` is -1 when it lies on the edge where she starts. */
export interface Arrival {
  entry: number;
  /** She enters the edge at its `from` end (0) or its `to` end (1). */
  end: 0 | 1;
  /** On arrival; `unreached` if never. */
  ds: number;
}

/** The arcs of each edge by direction; dart 2e leads along edge e, 2e + 1 against it. */
export interface DartArcs {
  offset: Uint32Array;
  order: Uint32Array;
}

const dartArcs = new WeakMap<Ground, DartArcs>();

/** Made once for a ground. */
export function dartArcsOf(ground: Ground): DartArcs {
  const known = dartArcs.get(ground);
  if (known) return known;
  const { graph } = ground;
  const darts = new Uint32Array(graph.arcCount);
  for (let arc = 0; arc < darts.length; arc++) {
    const edge = graph.arcEdge[arc]!;
    darts[arc] = edge * 2 + (graph.nodeJunction[graph.arcFrom[arc]!] === graph.edgeFrom[edge] ? 0 : 1);
  }
  const made = groupBy(darts, graph.edgeCount * 2);
  dartArcs.set(ground, made);
  return made;
}

/** Share of its edge's length, from the `from` end, at the middle of a cell. */
export function cellFraction(ground: Ground, cell: number): number {
  const edge = ground.cellEdge[cell]!;
  const first = ground.cellOffset[edge]!;
  return (cell - first + 0.5) / (ground.cellOffset[edge + 1]! - first);
}

export function cellOnEdge(ground: Ground, edge: number, fraction: number): number {
  const first = ground.cellOffset[edge]!;
  const count = ground.cellOffset[edge + 1]! - first;
  return first + Math.min(count - 1, Math.max(0, Math.floor(fraction * count)));
}

/** The quickest way of a tree to a cell. */
export function arrivalAt(ground: Ground, arcs: DartArcs, tree: RouteTree, cell: number): Arrival {
  const { graph } = ground;
  const edge = ground.cellEdge[cell]!;
  const fraction = cellFraction(ground, cell);
  const noise = tree.noise.of(graph, edge);
  const { arcFrom, arcDs } = graph;
  let bestEntry = -1;
  let bestEnd: 0 | 1 = 0;
  let bestDs = unreached;
  for (const end of bothEnds) {
    const share = end === 0 ? fraction : 1 - fraction;
    for (let k = arcs.offset[edge * 2 + end]!; k < arcs.offset[edge * 2 + end + 1]!; k++) {
      const arc = arcs.order[k]!;
      const entry = arcFrom[arc]!;
      const ds = tree.distDs[entry]! + Math.round(share * arcDs[arc]! * noise);
      if (ds >= bestDs) continue;
      bestEntry = entry;
      bestEnd = end;
      bestDs = ds;
    }
    if (tree.source.edge !== edge) continue;
    const along = alongSource(ground, arcs, tree, fraction, end, noise);
    if (along >= bestDs) continue;
    bestEntry = -1;
    bestEnd = end;
    bestDs = along;
  }
  return { entry: bestEntry, end: bestEnd, ds: bestDs };
}

const bothEnds = [0, 1] as const;

/** Straight along the edge where she starts. */
function alongSource(
  { graph }: Ground,
  arcs: DartArcs,
  { source }: RouteTree,
  fraction: number,
  end: 0 | 1,
  noise: number,
): number {
  const { edge } = source;
  const awayShare = end === 0 ? fraction - source.fraction : source.fraction - fraction;
  const first = arcs.offset[edge * 2 + end]!;
  if (awayShare < 0 || first === arcs.offset[edge * 2 + end + 1]!) return unreached;
  return Math.round(awayShare * graph.arcDs[arcs.order[first]!]! * noise);
}
