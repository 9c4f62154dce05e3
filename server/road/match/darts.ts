/** The graph as a driver sees it: darts (2e along edge e, 2e + 1 against it), their lengths, costs and bearings. */
import { bearingDeg, lngShrink, storedPerMetre, unitsPerDegree } from '../geo.ts';
import { noArc, type RoadGraph, vertexPosition } from '../graph.ts';
import type { MatchModel } from './model.ts';

/** Costs and lengths are whole centimetres: they go into an integer heap. */
export const cm = 100;

/** Bearings are taken this far into an edge, so that a kink at the junction does not count. */
const bearingReachM = 15;

export class DriverGraph {
  readonly graph: RoadGraph;
  /** Per arc: the dart that it is. */
  readonly dartOfArc: Uint32Array;
  /** Per edge: what driving along all of it costs, cm. */
  readonly edgeCost: Int32Array;
  /** Per dart, degrees clockwise from north: where it leads at its beginning, and at its end. */
  readonly startDeg: Float32Array;
  readonly endDeg: Float32Array;

  constructor(graph: RoadGraph, model: MatchModel) {
    this.graph = graph;
    const { edgeCount, edgeLengthM, edgeSpeedKmh } = graph;
    this.dartOfArc = new Uint32Array(graph.arcCount);
    for (let arc = 0; arc < graph.arcCount; arc++) this.dartOfArc[arc] = dartOfArc(graph, arc);
    this.edgeCost = new Int32Array(edgeCount);
    this.startDeg = new Float32Array(edgeCount * 2);
    this.endDeg = new Float32Array(edgeCount * 2);
    for (let edge = 0; edge < edgeCount; edge++) {
      const slowness = model.meanSpeedKmh / edgeSpeedKmh[edge]!;
      const factor = 1 - model.timeShare + model.timeShare * slowness;
      this.edgeCost[edge] = Math.max(1, Math.round(edgeLengthM[edge]! * factor * cm));
      const leaving = bearingFrom(graph, edge, true);
      const leavingBack = bearingFrom(graph, edge, false);
      this.startDeg[edge * 2] = leaving;
      this.startDeg[edge * 2 + 1] = leavingBack;
      this.endDeg[edge * 2] = (leavingBack + 180) % 360;
      this.endDeg[edge * 2 + 1] = (leaving + 180) % 360;
    }
  }

  /** Whether the dart may be driven. */
  exists(dart: number): boolean {
    return this.graph.edgeArc[dart] !== noArc;
  }
}

/** The dart that an arc is. */
function dartOfArc({ arcEdge, arcFrom, edgeFrom, nodeJunction }: RoadGraph, arc: number): number {
  const edge = arcEdge[arc]!;
  return edge * 2 + (edgeFrom[edge] === nodeJunction[arcFrom[arc]!] ? 0 : 1);
}

/** The bearing from one end of an edge towards the point some metres into it. */
function bearingFrom(graph: RoadGraph, edge: number, forward: boolean): number {
  const { shape, shapeOffset } = graph;
  const first = shapeOffset[edge]!;
  const last = shapeOffset[edge + 1]! - 1;
  const step = forward ? 1 : -1;
  const start = forward ? first : last;
  const end = forward ? last : first;
  const shrink = lngShrink(shape[start * 2 + 1]! / unitsPerDegree);
  const reach = bearingReachM * storedPerMetre;
  for (let v = start + step; ; v += step) {
    const dx = (shape[v * 2]! - shape[start * 2]!) * shrink;
    const dy = shape[v * 2 + 1]! - shape[start * 2 + 1]!;
    if (v === end || dx * dx + dy * dy >= reach * reach)
      return bearingDeg(vertexPosition(graph, start), vertexPosition(graph, v));
  }
}
