/** Getting onto the road and off it again: snapping, the walk to the kerb, and the part of the first and last edge. */
import type { Seed } from './engine.ts';
import { distanceM, type LngLat, metresPerDegree, pointBetween } from './geo.ts';
import { edgeDs, entriesOf, noArc, placeOnEdge, type RoadGraph, unreached, vertexPosition } from './graph.ts';
import { type GridHit, nearestSegment, type SnapGrid } from './grid.ts';

/** A position tied to the road: the nearest point of the nearest edge. */
export interface Snap {
  /** The position that was asked for. */
  asked: LngLat;
  edge: number;
  /** How far along the edge's length the point lies, 0 at `edgeFrom`, 1 at `edgeTo`. */
  fraction: number;
  /** The point on the road. */
  position: LngLat;
  /** Metres from `asked` to `position`. */
  distanceM: number;
}

/** Positions farther off than this are not on any road unless the caller says otherwise. */
export const defaultMaxSnapM = 1000;

/** Walking pace off the road: 5 km/h. */
export const walkSpeedMps = 5 / 3.6;

/** This near to a centre line counts as on the road: half a wide carriageway, or the wander of a fix. */
export const kerbM = 15;

/** Farther than this from a motorway or tunnel, and one is not on it but beside its fence or above it. */
export const fencedReachM = 30;

/**
 * The nearest point of the network within `maxM` metres, or null. Motorways and tunnels count only within 30 m, or
 * when nothing else is in reach.
 */
export function snapTo(graph: RoadGraph, asked: LngLat, maxM = defaultMaxSnapM): Snap | null {
  const find = (grid: SnapGrid, limitM: number): GridHit =>
    nearestSegment(grid, graph.shape, asked[0], asked[1], limitM);
  const open = find(graph.grid, maxM);
  const fenced = find(graph.fencedGrid, open.vertex < 0 ? maxM : Math.min(open.distanceM, fencedReachM));
  const hit = fenced.vertex < 0 ? open : fenced;
  if (hit.vertex < 0) return null;
  const { vertex, along } = hit;
  const position = pointBetween(vertexPosition(graph, vertex), vertexPosition(graph, vertex + 1), along);
  return { asked, ...placeOnEdge(graph, vertex, along), position, distanceM: hit.distanceM };
}

/** The nodes that a vehicle at this point can drive to along its edge. */
export function departures(graph: RoadGraph, { edge, fraction }: Snap): Seed[] {
  const ds = edgeDs(graph, edge);
  const ahead = graph.edgeArc[edge * 2]!;
  const back = graph.edgeArc[edge * 2 + 1]!;
  const seeds: Seed[] = [];
  // A point at the very end of an edge is in the junction, and free to use it.
  if (fraction === 0) seeds.push({ node: graph.edgeFrom[edge]!, ds: 0 });
  else if (back !== noArc) seeds.push({ node: graph.arcTo[back]!, ds: Math.round(fraction * ds) });
  if (fraction === 1) seeds.push({ node: graph.edgeTo[edge]!, ds: 0 });
  else if (ahead !== noArc) seeds.push({ node: graph.arcTo[ahead]!, ds: Math.round((1 - fraction) * ds) });
  return seeds;
}

/** The nodes from which a vehicle can drive to this point along its edge. */
export function arrivals(graph: RoadGraph, { edge, fraction }: Snap): Seed[] {
  const ds = edgeDs(graph, edge);
  const from = fraction === 0 ? nodesOf(graph, graph.edgeFrom[edge]!) : entriesOf(graph, edge, 0);
  const to = fraction === 1 ? nodesOf(graph, graph.edgeTo[edge]!) : entriesOf(graph, edge, 1);
  return [
    ...from.map(node => ({ node, ds: Math.round(fraction * ds) })),
    ...to.map(node => ({ node, ds: Math.round((1 - fraction) * ds) })),
  ];
}

/** A junction and its copies: however one came in, one is there. */
function nodesOf(graph: RoadGraph, junction: number): number[] {
  const nodes = [junction];
  for (let copy = graph.copyOffset[junction]!; copy < graph.copyOffset[junction + 1]!; copy++)
    nodes.push(copy);
  return nodes;
}

/** Tenths of a second straight along the edge that both points lie on; `unreached` when they do not, or against a one-way. */
export function alongEdgeDs(graph: RoadGraph, from: Snap, to: Snap): number {
  if (from.edge !== to.edge) return unreached;
  const arc = graph.edgeArc[from.edge * 2 + (to.fraction >= from.fraction ? 0 : 1)]!;
  if (arc === noArc && to.fraction !== from.fraction) return unreached;
  return Math.round(Math.abs(to.fraction - from.fraction) * edgeDs(graph, from.edge));
}

/** Tenths of a second between the asked position and the road. */
export function accessDs(snap: Snap): number {
  return Math.round((Math.max(0, snap.distanceM - kerbM) / walkSpeedMps) * 10);
}

/**
 * Tenths of a second on foot from one asked position straight to the other, where that is no farther than the two
 * walks to the road anyway (two points in one park, both sides of a divided road); else `unreached`.
 */
export function onFootDs(from: Snap, to: Snap): number {
  const walksM = from.distanceM + to.distanceM;
  // Most pairs are far apart, and this tells in one step.
  if (Math.abs(from.asked[1] - to.asked[1]) * metresPerDegree > walksM) return unreached;
  const metres = distanceM(from.asked, to.asked);
  return metres <= walksM ? Math.round((metres / walkSpeedMps) * 10) : unreached;
}
