/** Where a camera sees the road, as the nodes of a tree behind it: who goes beyond one of them has passed the camera. */
import type { Ground } from '#locate/ground.ts';
import { angleBetween, bearingDeg, type LngLat } from '#road/geo.ts';
import { edgeOfVertex, edgeSlice } from '#road/graph.ts';
import { eachSegmentWithin } from '#road/grid.ts';
import type { RouteTree } from './tree.ts';

export interface Watched {
  position: LngLat;
  headingDeg?: number;
}

/** One direction of an edge that a camera sees, and where along it in this direction, 0 to 1. */
export interface WatchedDart {
  edge: number;
  end: 0 | 1;
  share: number;
}

export interface Gate {
  node: number;
  /** The tree's time at the camera. */
  ds: number;
}

const seesWithinM = 35;
const seesWithinDeg = 60;

/** What a camera sees of the roads around it. */
export function watchedBy({ graph }: Ground, { position, headingDeg }: Watched): WatchedDart[] {
  const nearest = new Map<number, { awayM: number; share: number; bearing: number }>();
  for (const grid of [graph.grid, graph.fencedGrid]) {
    eachSegmentWithin(grid, graph.shape, position, seesWithinM, (vertex, along, awayM) => {
      const edge = edgeOfVertex(graph, vertex);
      if ((nearest.get(edge)?.awayM ?? Infinity) <= awayM) return;
      const first = graph.shapeOffset[edge]!;
      const parts = Math.max(1, graph.shapeOffset[edge + 1]! - 1 - first);
      const share = Math.min(1, (vertex - first + along) / parts);
      const [a, b] = edgeSlice(graph, edge, Math.max(0, share - 0.05), Math.min(1, share + 0.05));
      nearest.set(edge, { awayM, share, bearing: a && b ? bearingDeg(a, b) : 0 });
    });
  }
  return [...nearest].flatMap(([edge, { share, bearing }]) =>
    ([0, 1] as const).flatMap(end => {
      const course = end === 0 ? bearing : (bearing + 180) % 360;
      const seen = headingDeg === undefined || angleBetween(headingDeg, course) <= seesWithinDeg;
      return seen ? [{ edge, end, share: end === 0 ? share : 1 - share }] : [];
    }),
  );
}

/** What was worked out for the cameras of a fact and a tree: the same trees are asked again for all trips. */
function remembered<Seen extends object, Found>(
  work: (ground: Ground, tree: RouteTree, seen: Seen) => Found,
): (ground: Ground, tree: RouteTree, seen: Seen) => Found {
  const known = new WeakMap<Seen, WeakMap<RouteTree, Found>>();
  return (ground, tree, seen) => {
    let byTree = known.get(seen);
    if (!byTree) known.set(seen, (byTree = new WeakMap<RouteTree, Found>()));
    let found = byTree.get(tree);
    if (found === undefined) byTree.set(tree, (found = work(ground, tree, seen)));
    return found;
  };
}

/** The gates of one tree for what a camera sees. */
export const gatesOf = remembered(findGates);
/** For each node of a tree, how many of these cameras see the way to it; one that sees two edges in a row counts once. */
export const camerasOnWay = remembered(countCameras);

function findGates({ graph }: Ground, tree: RouteTree, darts: readonly WatchedDart[]): Gate[] {
  const gates: Gate[] = [];
  for (const { edge, end, share } of darts) {
    const junction = (end === 0 ? graph.edgeTo : graph.edgeFrom)[edge]!;
    const check = (node: number): void => {
      const arc = tree.parentArc[node]!;
      if (arc < 0 || graph.arcEdge[arc] !== edge) return;
      const beforeDs = tree.distDs[tree.parent[node]!]!;
      gates.push({ node, ds: beforeDs + (tree.distDs[node]! - beforeDs) * share });
    };
    check(junction);
    for (let copy = graph.copyOffset[junction]!; copy < graph.copyOffset[junction + 1]!; copy++) check(copy);
  }
  return gates;
}

/** The first gate on the way to a node, or null. */
export function gateOnWay(tree: RouteTree, gates: readonly Gate[], node: number): Gate | null {
  if (node < 0) return null;
  for (const gate of gates) if (tree.leadsOver(node, gate.node)) return gate;
  return null;
}

function countCameras(
  ground: Ground,
  tree: RouteTree,
  cameras: readonly (readonly WatchedDart[])[],
): Uint16Array {
  const at = new Map<number, number[]>();
  cameras.forEach((darts, camera) => {
    for (const { node } of gatesOf(ground, tree, darts)) at.set(node, [...(at.get(node) ?? []), camera]);
  });
  const more = new Uint8Array(tree.distDs.length);
  for (const [node, seen] of at) {
    const before = at.get(tree.parent[node]!);
    more[node] = new Set(seen.filter(camera => !before?.includes(camera))).size;
  }
  const counts = new Uint16Array(tree.distDs.length);
  const { order, parent } = tree;
  for (let i = 0; i < order.length; i++) {
    const node = order[i]!;
    const before = parent[node]!;
    counts[node] = (before < 0 ? 0 : counts[before]!) + more[node]!;
  }
  return counts;
}

/** Of `counts`, those on the way to `node` that lie no farther than `ds` from its beginning. */
export function countUntil(tree: RouteTree, counts: Uint16Array, node: number, ds: number): number {
  if (node < 0 || ds <= 0) return 0;
  if (tree.distDs[node]! <= ds) return counts[node]!;
  const before = tree.parent[tree.ancestorAt(node, ds)]!;
  return before < 0 ? 0 : counts[before]!;
}
