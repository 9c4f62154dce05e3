/** The road graph as flat arrays: small, quick to walk, and shared between threads as they are. */
import { type RoadClass, roadClasses } from './build.ts';
import {
  distanceM,
  lineLengthM,
  type LngLat,
  lngShrink,
  pointBetween,
  toDegrees,
  unitsPerDegree,
} from './geo.ts';
import type { SnapGrid } from './grid.ts';
import type { RestrictionCounts } from './restrictions.ts';

/** In `edgeArc`: the edge may not be driven in this direction. */
export const noArc = 0xffffffff;

/** A time that means 'not reached'; two of them still fit into an Int32 when added. */
export const unreached = 0x3fffffff;

export const edgeFlag = { link: 1, unpaved: 2, bridge: 4, tunnel: 8 } as const;

export interface RoadName {
  name?: string;
  nameEn?: string;
  ref?: string;
}

/** What did not make it into the graph, because it has no way in and out of the main network. */
export interface DroppedRoads {
  nodes: number;
  edges: number;
  lengthM: number;
}

/**
 * Junctions are where roads meet or end; an edge is the road between two of them. Nodes are what a search walks on:
 * the junctions, and after them copies of those at which a turn restriction holds. Who comes in under the restriction
 * arrives at the copy, from which only the allowed edges leave. An arc is one permitted direction of an edge from a
 * node to a node, so next to restrictions an edge has several arcs in one direction.
 * Times are whole tenths of a second (`Ds`), coordinates integers of 1e-7 degree, interleaved lng, lat.
 * No edge begins and ends at the same node; several edges may join the same two nodes.
 */
export interface RoadGraph {
  /** Junctions and copies; node j < `junctionCount` is junction j. */
  nodeCount: number;
  junctionCount: number;
  edgeCount: number;
  arcCount: number;
  /** 2 per node. */
  nodePosition: Int32Array;
  /** Node → junction. */
  nodeJunction: Uint32Array;
  /** Copies of junction j: nodes `copyOffset[j] … copyOffset[j + 1]`. */
  copyOffset: Uint32Array;
  /** Arcs leaving node n: `arcOffset[n] … arcOffset[n + 1]`. */
  arcOffset: Uint32Array;
  arcFrom: Uint32Array;
  arcTo: Uint32Array;
  arcDs: Int32Array;
  arcEdge: Uint32Array;
  /** Arcs entering node n: `inArc[inOffset[n] … inOffset[n + 1]]`. */
  inOffset: Uint32Array;
  inArc: Uint32Array;
  /** Junctions. */
  edgeFrom: Uint32Array;
  edgeTo: Uint32Array;
  /**
   * 2 per edge: the arc from→to and the arc to→from, or `noArc`. Of several it is the one that begins at the junction
   * itself; its head is where somebody arrives who began the trip on the edge.
   */
  edgeArc: Uint32Array;
  edgeLengthM: Float32Array;
  edgeSpeedKmh: Float32Array;
  /** Index into `roadClasses`. */
  edgeClass: Uint8Array;
  /** Sum of `edgeFlag`s. */
  edgeFlags: Uint8Array;
  /** Index into `names`; 0 is a road without name. */
  edgeName: Uint32Array;
  edgeWayId: Float64Array;
  /** Shape of edge e, both ends included: vertices `shapeOffset[e] … shapeOffset[e + 1]`. */
  shapeOffset: Uint32Array;
  /** 2 per vertex. */
  shape: Int32Array;
  names: RoadName[];
  dropped: DroppedRoads;
  restrictions: RestrictionCounts;
  /** Roads that one can get off anywhere. */
  grid: SnapGrid;
  /** Motorways with their ramps, and tunnels: nobody beside or above them is on them. */
  fencedGrid: SnapGrid;
}

export function nodePosition(graph: RoadGraph, node: number): LngLat {
  return [toDegrees(graph.nodePosition[node * 2]!), toDegrees(graph.nodePosition[node * 2 + 1]!)];
}

export function edgeShape(graph: RoadGraph, edge: number): LngLat[] {
  const points: LngLat[] = [];
  for (let v = graph.shapeOffset[edge]!; v < graph.shapeOffset[edge + 1]!; v++)
    points.push(vertexPosition(graph, v));
  return points;
}

export function vertexPosition(graph: RoadGraph, vertex: number): LngLat {
  return [toDegrees(graph.shape[vertex * 2]!), toDegrees(graph.shape[vertex * 2 + 1]!)];
}

export function edgeRoadClass(graph: RoadGraph, edge: number): RoadClass {
  return roadClasses[graph.edgeClass[edge]!]!;
}

/**
 * The place on the network that lies `along` (0 to 1) the way from a vertex to the next one: the edge, and how far along
 * its length, 0 at `edgeFrom`.
 */
export function placeOnEdge(
  graph: RoadGraph,
  vertex: number,
  along: number,
): { edge: number; fraction: number } {
  const { shape, shapeOffset } = graph;
  const edge = edgeOfVertex(graph, vertex);
  const first = shapeOffset[edge]!;
  const last = shapeOffset[edge + 1]! - 1;
  if (last === first + 1) return { edge, fraction: along };
  const shrink = lngShrink(shape[first * 2 + 1]! / unitsPerDegree);
  let before = 0;
  let total = 0;
  for (let v = first; v < last; v++) {
    const dx = (shape[v * 2 + 2]! - shape[v * 2]!) * shrink;
    const dy = shape[v * 2 + 3]! - shape[v * 2 + 1]!;
    const length = Math.sqrt(dx * dx + dy * dy);
    if (v < vertex) before += length;
    if (v === vertex) before += length * along;
    total += length;
  }
  return { edge, fraction: total === 0 ? 0 : Math.min(1, before / total) };
}

/** The edge that a vertex is part of the shape of. */
export function edgeOfVertex({ shapeOffset, edgeCount }: RoadGraph, vertex: number): number {
  let low = 0;
  let high = edgeCount - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (shapeOffset[middle]! <= vertex) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Tenths of a second from one end of the edge to the other, in whichever direction it may be driven. */
export function edgeDs(graph: RoadGraph, edge: number): number {
  const forward = graph.edgeArc[edge * 2]!;
  return graph.arcDs[forward === noArc ? graph.edgeArc[edge * 2 + 1]! : forward]!;
}

/**
 * The nodes at one end of an edge from which it may be entered: its `from` end for 0, its `to` end for 1. The junction
 * itself comes first, then copies; none against a one-way.
 */
export function entriesOf(graph: RoadGraph, edge: number, end: 0 | 1): number[] {
  if (graph.edgeArc[edge * 2 + end] === noArc) return [];
  const junction = (end === 0 ? graph.edgeFrom : graph.edgeTo)[edge]!;
  const nodes = [junction];
  for (let copy = graph.copyOffset[junction]!; copy < graph.copyOffset[junction + 1]!; copy++) {
    for (let arc = graph.arcOffset[copy]!; arc < graph.arcOffset[copy + 1]!; arc++)
      if (graph.arcEdge[arc] === edge) nodes.push(copy);
  }
  return nodes;
}

/** The part of an edge between two fractions of its length, in the direction first→second; at least two points. */
export function edgeSlice(graph: RoadGraph, edge: number, first: number, second: number): LngLat[] {
  const shape = edgeShape(graph, edge);
  if (first > second) return sliceLine(shape.reverse(), 1 - first, 1 - second);
  return sliceLine(shape, first, second);
}

function sliceLine(line: LngLat[], first: number, second: number): LngLat[] {
  const total = lineLengthM(line);
  const startM = first * total;
  const endM = second * total;
  const result: LngLat[] = [];
  let walkedM = 0;
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1]!;
    const b = line[i]!;
    const lengthM = distanceM(a, b);
    const last = i === line.length - 1;
    const at = (m: number): LngLat =>
      pointBetween(a, b, lengthM === 0 ? 0 : Math.min(1, Math.max(0, (m - walkedM) / lengthM)));
    if (result.length === 0 && (walkedM + lengthM >= startM || last)) result.push(at(startM));
    if (result.length > 0 && (walkedM + lengthM >= endM || last)) {
      result.push(at(endM));
      return result;
    }
    if (result.length > 0) result.push(b);
    walkedM += lengthM;
  }
  return result;
}
