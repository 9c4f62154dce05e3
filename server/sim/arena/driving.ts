/** Ways by road with the edges under them and the time at each: what units drive, can be turned round on, and pass. Pure. */
import { accessDs, alongEdgeDs, arrivals, departures, onFootDs, type Snap, snapTo } from '#road/access.ts';
import { HierarchyEngine } from '#road/climb.ts';
import type { LngLat } from '#road/geo.ts';
import { edgeDs, edgeSlice, type RoadGraph, unreached } from '#road/graph.ts';
import type { Hierarchy } from '#road/hierarchy.ts';
import { RoadRouter } from '#road/router.ts';

/** Part of an edge, driven from one fraction of its length to another; seconds from the start of the way. */
export interface DrivenPiece {
  edge: number;
  first: number;
  second: number;
  fromS: number;
  toS: number;
}

/** The quickest way between two positions; without pieces it is walked. */
export interface Way {
  pieces: DrivenPiece[];
  travelTimeS: number;
}

/** One a thread. */
export class Driving {
  readonly graph: RoadGraph;
  readonly router: RoadRouter;
  private readonly engine: HierarchyEngine;

  constructor(graph: RoadGraph, hierarchy: Hierarchy) {
    this.graph = graph;
    this.engine = new HierarchyEngine(graph, hierarchy);
    this.router = new RoadRouter(graph, hierarchy, { engine: this.engine });
  }

  snap(position: LngLat): Snap | null {
    return snapTo(this.graph, position);
  }

  /** The way that `RoadRouter.route` takes, with the same time; null where there is none. */
  way(from: Snap, to: Snap): Way | null {
    const path = this.engine.path(departures(this.graph, from), arrivals(this.graph, to));
    const along = alongEdgeDs(this.graph, from, to);
    const walks = accessDs(from) + accessDs(to);
    const driven = Math.min(path?.ds ?? unreached, along);
    const onFoot = onFootDs(from, to);
    const best = Math.min(driven >= unreached ? unreached : driven + walks, onFoot);
    if (best >= unreached) return null;
    if (best === onFoot) return { pieces: [], travelTimeS: onFoot / 10 };
    const pieces =
      driven === along
        ? [{ edge: from.edge, first: from.fraction, second: to.fraction }]
        : this.shape(from, to, path!);
    return { pieces: this.timed(pieces, accessDs(from)), travelTimeS: best / 10 };
  }

  private shape(from: Snap, to: Snap, path: { startNode: number; arcs: number[] }) {
    const { arcEdge, arcFrom, arcTo } = this.graph;
    const pieces = [{ edge: from.edge, first: from.fraction, second: this.end(from.edge, path.startNode) }];
    for (const arc of path.arcs) {
      const first = this.end(arcEdge[arc]!, arcFrom[arc]!);
      pieces.push({ edge: arcEdge[arc]!, first, second: 1 - first });
    }
    const last = path.arcs.at(-1);
    const node = last === undefined ? path.startNode : arcTo[last]!;
    pieces.push({ edge: to.edge, first: this.end(to.edge, node), second: to.fraction });
    return pieces.filter(({ first, second }) => first !== second);
  }

  private end(edge: number, node: number): number {
    return this.graph.edgeFrom[edge] === this.graph.nodeJunction[node] ? 0 : 1;
  }

  private timed(pieces: { edge: number; first: number; second: number }[], startDs: number): DrivenPiece[] {
    let ds = startDs;
    return pieces.map(piece => {
      const fromS = ds / 10;
      ds += Math.round(Math.abs(piece.second - piece.first) * edgeDs(this.graph, piece.edge));
      return { ...piece, fromS, toS: ds / 10 };
    });
  }

  /** Where somebody is who has come to the end of a piece. */
  endOf({ edge, second }: DrivenPiece): Snap {
    const position = edgeSlice(this.graph, edge, second, second)[0]!;
    return { asked: position, edge, fraction: second, position, distanceM: 0 };
  }
}
