/** The roads as points at most 60 m apart: where somebody can live, park, or put up an antenna. Pure. */
import KDBush from 'kdbush';
import type { Snap } from '#road/access.ts';
import type { RoadClass } from '#road/build.ts';
import { lngShrink, metresPerDegree, type LngLat } from '#road/geo.ts';
import { edgeFlag, edgeRoadClass, edgeSlice, type RoadGraph } from '#road/graph.ts';

const spacingM = 60;

export class RoadPoints {
  readonly count: number;
  readonly graph: RoadGraph;
  private readonly edge: Uint32Array;
  private readonly fraction: Float32Array;
  private readonly position: Float64Array;
  private readonly shrink: number;
  private readonly index: KDBush;

  constructor(graph: RoadGraph) {
    this.graph = graph;
    const parts = Array.from({ length: graph.edgeCount }, (_, edge) =>
      Math.max(1, Math.ceil(graph.edgeLengthM[edge]! / spacingM)),
    );
    this.count = parts.reduce((sum, part) => sum + part, 0);
    this.edge = new Uint32Array(this.count);
    this.fraction = new Float32Array(this.count);
    this.position = new Float64Array(this.count * 2);
    let at = 0;
    parts.forEach((count, edge) => {
      for (let part = 0; part < count; part++, at++) {
        const fraction = (part + 0.5) / count;
        this.edge[at] = edge;
        this.fraction[at] = fraction;
        this.position.set(edgeSlice(graph, edge, fraction, fraction)[0]!, at * 2);
      }
    });
    this.shrink = lngShrink(this.position[1] ?? 0);
    this.index = new KDBush(this.count);
    for (let i = 0; i < this.count; i++) this.index.add(...this.plane(this.at(i)));
    this.index.finish();
  }

  at(point: number): LngLat {
    return [this.position[point * 2]!, this.position[point * 2 + 1]!];
  }

  snap(point: number): Snap {
    const position = this.at(point);
    return {
      asked: position,
      position,
      edge: this.edge[point]!,
      fraction: this.fraction[point]!,
      distanceM: 0,
    };
  }

  roadClass(point: number): RoadClass {
    return edgeRoadClass(this.graph, this.edge[point]!);
  }

  /** Motorways, trunk roads and ramps, where nobody stops, and ferries and tunnels. */
  isFast(point: number): boolean {
    const flags = this.graph.edgeFlags[this.edge[point]!]!;
    const shut = (flags & (edgeFlag.link | edgeFlag.tunnel)) !== 0;
    return shut || ['motorway', 'trunk', 'ferry'].includes(this.roadClass(point));
  }

  /** The points that lie within `withinM` metres. */
  within(at: LngLat, withinM: number): number[] {
    const [x, y] = this.plane(at);
    return this.index.within(x, y, withinM);
  }

  countNear(at: LngLat, withinM: number): number {
    return this.within(at, withinM).length;
  }

  private plane([lng, lat]: LngLat): [number, number] {
    return [lng * this.shrink * metresPerDegree, lat * metresPerDegree];
  }
}
