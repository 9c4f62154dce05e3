/** The places on the network where a fix may have been. */
import { bearingDeg, type LngLat } from '../geo.ts';
import { edgeOfVertex, placeOnEdge, type RoadGraph, vertexPosition } from '../graph.ts';
import { eachSegmentWithin } from '../grid.ts';

/** The nearest point of one edge to a fix. */
export interface EdgePoint {
  edge: number;
  /** Along the edge's length, 0 at its beginning. */
  fraction: number;
  offM: number;
  /** Bearing of the edge's own direction there, degrees. */
  bearingDeg: number;
}

/** The nearest point of every edge within `reachM` of a position, nearest first, at most `most`. */
export function edgesAround(graph: RoadGraph, at: LngLat, reachM: number, most: number): EdgePoint[] {
  const nearest = new Map<number, { vertex: number; along: number; offM: number }>();
  for (const grid of [graph.grid, graph.fencedGrid])
    eachSegmentWithin(grid, graph.shape, at, reachM, (vertex, along, offM) => {
      const edge = edgeOfVertex(graph, vertex);
      const before = nearest.get(edge);
      if (before === undefined || offM < before.offM) nearest.set(edge, { vertex, along, offM });
    });
  return [...nearest.entries()]
    .sort((a, b) => a[1].offM - b[1].offM || a[0] - b[0])
    .slice(0, most)
    .map(([, { vertex, along, offM }]) => ({
      ...placeOnEdge(graph, vertex, along),
      offM,
      bearingDeg: bearingDeg(vertexPosition(graph, vertex), vertexPosition(graph, vertex + 1)),
    }));
}
