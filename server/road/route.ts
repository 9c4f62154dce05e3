/** A way through the graph as people see it: legs with names, times, lengths, and one line on the map. */
import { accessDs, alongEdgeDs, type Snap } from './access.ts';
import type { NodePath } from './engine.ts';
import type { RoadClass } from './build.ts';
import type { LngLat } from './geo.ts';
import { edgeDs, edgeRoadClass, edgeSlice, type RoadGraph, type RoadName } from './graph.ts';

interface WalkLeg {
  kind: 'walk';
  distanceM: number;
  travelTimeS: number;
}

/** A stretch of road of one name and class. */
interface RoadLeg extends RoadName {
  kind: 'road';
  roadClass: RoadClass;
  distanceM: number;
  travelTimeS: number;
}

export interface Route {
  travelTimeS: number;
  distanceM: number;
  /** From the snapped start to the snapped end along the road; for a route on foot only, the two asked positions. */
  geometry: LngLat[];
  /** In order; their times and distances add up to the route's. */
  legs: (WalkLeg | RoadLeg)[];
}

/** Part of an edge, driven from one fraction of its length to another. */
interface Piece {
  edge: number;
  first: number;
  second: number;
  ds: number;
}

export function walkRoute(from: Snap, to: Snap, distanceM: number, ds: number): Route {
  const leg: WalkLeg = { kind: 'walk', distanceM, travelTimeS: ds / 10 };
  return { travelTimeS: leg.travelTimeS, distanceM, geometry: [from.asked, to.asked], legs: [leg] };
}

/** The route along the one edge on which both points lie. */
export function edgeRoute(graph: RoadGraph, from: Snap, to: Snap): Route {
  const ds = alongEdgeDs(graph, from, to);
  return routeOf(graph, from, to, [{ edge: from.edge, first: from.fraction, second: to.fraction, ds }]);
}

/** The route over `path`, whose seeds were the departures of `from` and the arrivals of `to`. */
export function pathRoute(graph: RoadGraph, from: Snap, to: Snap, path: NodePath): Route {
  const pieces: Piece[] = [];
  const endAt = (edge: number, node: number): number =>
    graph.edgeFrom[edge] === graph.nodeJunction[node] ? 0 : 1;
  const add = (edge: number, first: number, second: number): void => {
    pieces.push({ edge, first, second, ds: Math.round(Math.abs(second - first) * edgeDs(graph, edge)) });
  };
  add(from.edge, from.fraction, endAt(from.edge, path.startNode));
  for (const arc of path.arcs) {
    const edge = graph.arcEdge[arc]!;
    const first = endAt(edge, graph.arcFrom[arc]!);
    add(edge, first, 1 - first);
  }
  const lastArc = path.arcs.at(-1);
  const lastNode = lastArc === undefined ? path.startNode : graph.arcTo[lastArc]!;
  add(to.edge, endAt(to.edge, lastNode), to.fraction);
  return routeOf(graph, from, to, pieces);
}

function routeOf(graph: RoadGraph, from: Snap, to: Snap, pieces: Piece[]): Route {
  const geometry: LngLat[] = [from.position];
  for (const { edge, first, second } of pieces) {
    for (const point of edgeSlice(graph, edge, first, second)) pushDistinct(geometry, point);
  }
  if (geometry.length > 1) geometry.pop();
  geometry.push(to.position);

  const legs = [...walkLeg(from), ...roadLegs(graph, pieces), ...walkLeg(to)];
  const sum = (of: (leg: WalkLeg | RoadLeg) => number): number =>
    legs.reduce((total, leg) => total + of(leg), 0);
  return {
    travelTimeS: Math.round(sum(leg => leg.travelTimeS * 10)) / 10,
    distanceM: sum(leg => leg.distanceM),
    geometry,
    legs,
  };
}

function pushDistinct(line: LngLat[], point: LngLat): void {
  const last = line[line.length - 1]!;
  if (Math.abs(last[0] - point[0]) > 1e-9 || Math.abs(last[1] - point[1]) > 1e-9) line.push(point);
}

function walkLeg(snap: Snap): WalkLeg[] {
  const ds = accessDs(snap);
  return ds > 0 ? [{ kind: 'walk', distanceM: snap.distanceM, travelTimeS: ds / 10 }] : [];
}

function roadLegs(graph: RoadGraph, pieces: Piece[]): RoadLeg[] {
  const legs: { edge: number; distanceM: number; ds: number }[] = [];
  for (const { edge, first, second, ds } of pieces) {
    const distanceM = Math.abs(second - first) * graph.edgeLengthM[edge]!;
    const last = legs.at(-1);
    if (last && isSameRoad(graph, last.edge, edge)) {
      last.distanceM += distanceM;
      last.ds += ds;
    } else legs.push({ edge, distanceM, ds });
  }
  const driven = legs.filter(leg => leg.distanceM > 0 || leg.ds > 0);
  return (driven.length > 0 ? driven : legs.slice(0, 1)).map(({ edge, distanceM, ds }) => ({
    kind: 'road',
    ...graph.names[graph.edgeName[edge]!]!,
    roadClass: edgeRoadClass(graph, edge),
    distanceM,
    travelTimeS: ds / 10,
  }));
}

function isSameRoad(graph: RoadGraph, a: number, b: number): boolean {
  return graph.edgeName[a] === graph.edgeName[b] && graph.edgeClass[a] === graph.edgeClass[b];
}
