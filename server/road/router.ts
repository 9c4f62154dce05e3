/** Travel times and routes between positions. */
import {
  accessDs,
  alongEdgeDs,
  arrivals,
  defaultMaxSnapM,
  departures,
  onFootDs,
  type Snap,
  snapTo,
} from './access.ts';
import { HierarchyEngine } from './climb.ts';
import { ClosureEngine } from './closures.ts';
import type { Seeds, TravelEngine } from './engine.ts';
import { distanceM, type LngLat } from './geo.ts';
import { type RoadGraph, unreached } from './graph.ts';
import type { Hierarchy } from './hierarchy.ts';
import { type MultiPolygon, reachedArea } from './outline.ts';
import { edgeRoute, pathRoute, type Route, walkRoute } from './route.ts';

/** A position, or one that was snapped before (a unit's, once per fix) and need not be again. */
export type Waypoint = LngLat | Snap;

export interface RouterOptions {
  /** Positions farther than this from every road are unreachable. */
  maxSnapM?: number;
  /** Instead of the hierarchy's own engine. */
  engine?: TravelEngine;
}

/** Travel times between one position and everywhere else, in one direction. */
export interface Reach {
  /**
   * Driving time in tenths of a second at each graph node, without the walk at the fixed end; `unreached` if never.
   * What lies on the fixed position's own edge may be quicker than its nodes say: ask `secondsAt`.
   */
  nodeDs: Int32Array;
  /** Seconds door to door between the fixed end and another position; Infinity if never. */
  secondsAt(other: Waypoint): number;
}

export interface NearestSource {
  /** Index into the sources. */
  index: number;
  travelTimeS: number;
  distanceM: number;
}

export interface Isochrone {
  limitS: number;
  /** The times behind the outline. */
  reach: Reach;
  /** Outer rings counter-clockwise, holes clockwise, closed; empty when nothing is reached. */
  outline: MultiPolygon;
}

/**
 * One router per thread: graph and hierarchy may be shared, the work arrays inside may not.
 *
 * Every time is: the walk from the asked position to the nearest point of the network (5 km/h straight, the first
 * 15 m free), the drive with respect for one-way roads and turn restrictions, and the walk at the other end; or
 * straight on foot where both walks together are longer than that. Times are computed in tenths of a second. What
 * cannot be reached is Infinity or null.
 */
export class RoadRouter {
  readonly graph: RoadGraph;
  private readonly hierarchy: Hierarchy;
  private readonly engine: TravelEngine;
  /** The router of the network without closures. */
  private open: RoadRouter;
  private readonly maxSnapM: number;
  /** Of snaps that callers keep; the engine remembers what it found for these lists. */
  private readonly departuresOf = new WeakMap<Snap, Seeds>();
  private readonly arrivalsOf = new WeakMap<Snap, Seeds>();

  constructor(graph: RoadGraph, hierarchy: Hierarchy, options: RouterOptions = {}) {
    this.graph = graph;
    this.hierarchy = hierarchy;
    this.maxSnapM = options.maxSnapM ?? defaultMaxSnapM;
    this.engine = options.engine ?? new HierarchyEngine(graph, hierarchy);
    this.open = this;
  }

  /**
   * A router for the same network while these edges, and no others, are closed; of any router, closed or not. Darts
   * (2e along edge e, 2e + 1 against it) are closed in their one direction. Nobody drives through a closed edge from
   * end to end, but who is on one may leave it, and help may come in. Every answer is exact. Cheap to make; it shares
   * the work arrays of this one, so both belong to one thread.
   * @throws {RangeError} on an edge that the graph does not have
   */
  closing(edges: ReadonlySet<number>, darts: ReadonlySet<number> = new Set()): RoadRouter {
    const { graph, hierarchy, maxSnapM, open } = this;
    if (edges.size === 0 && darts.size === 0) return open;
    for (const edge of [...edges, ...Array.from(darts, dart => dart >> 1)]) {
      if (!(Number.isInteger(edge) && edge >= 0 && edge < graph.edgeCount))
        throw new RangeError(
          `There is no edge ${edge} to close; expected one from 0 to ${graph.edgeCount - 1}.`,
        );
    }
    const closed = new RoadRouter(graph, hierarchy, {
      maxSnapM,
      engine: new ClosureEngine(graph, open.engine, edges, darts),
    });
    closed.open = open;
    return closed;
  }

  /** Whether some road is closed. */
  get hasClosures(): boolean {
    return this.open !== this;
  }

  /** The nearest point of the network within `maxM` metres, or null. */
  snap(position: LngLat, maxM = this.maxSnapM): Snap | null {
    return snapTo(this.graph, position, maxM);
  }

  /** Seconds from each `from` to each `to`: row-major, `from.length` × `to.length`, Infinity where there is no way. */
  matrix(from: readonly Waypoint[], to: readonly Waypoint[]): Float64Array {
    const starts = from.map(waypoint => this.snapOf(waypoint));
    const ends = to.map(waypoint => this.snapOf(waypoint));
    const driven = this.engine.matrix(
      starts.map(snap => this.departures(snap)),
      ends.map(snap => this.arrivals(snap)),
    );
    const seconds = new Float64Array(driven.length).fill(Infinity);
    for (let row = 0, cell = 0; row < starts.length; row++) {
      const start = starts[row];
      for (let column = 0; column < ends.length; column++, cell++) {
        const end = ends[column];
        if (start && end) seconds[cell] = toSeconds(this.doorToDoorDs(start, end, driven[cell]!));
      }
    }
    return seconds;
  }

  /** The quickest way from one position to another, or null. */
  route(from: Waypoint, to: Waypoint): Route | null {
    const start = this.snapOf(from);
    const end = this.snapOf(to);
    if (!start || !end) return null;
    const path = this.engine.path(departures(this.graph, start), arrivals(this.graph, end));
    const best = this.doorToDoorDs(start, end, path?.ds ?? unreached);
    if (best >= unreached) return null;
    if (best === onFootDs(start, end)) return walkRoute(start, end, distanceM(start.asked, end.asked), best);
    if (best === alongEdgeDs(this.graph, start, end) + accessDs(start) + accessDs(end))
      return edgeRoute(this.graph, start, end);
    return path && pathRoute(this.graph, start, end, path);
  }

  /** Travel times from this position to everywhere, or null off the network. */
  reachFrom(from: Waypoint): Reach | null {
    const start = this.snapOf(from);
    if (!start) return null;
    const nodeDs = this.engine.timesFrom(departures(this.graph, start));
    const secondsAt = (other: Waypoint): number => {
      const end = this.snapOf(other);
      return end
        ? toSeconds(this.doorToDoorDs(start, end, throughSeeds(nodeDs, arrivals(this.graph, end))))
        : Infinity;
    };
    return { nodeDs, secondsAt };
  }

  /**
   * Tenths of a second until the first of several positions is at each graph node, each setting off after its delay;
   * `unreached` if none ever. Without the walk at either end.
   */
  firstAtNodes(starts: readonly { from: Waypoint; delayS: number }[]): Int32Array {
    const seeds = starts.flatMap(({ from, delayS }) =>
      this.departures(this.snapOf(from)).map(({ node, ds }) => ({ node, ds: ds + Math.round(delayS * 10) })),
    );
    return this.engine.timesFrom(seeds);
  }

  /** Travel times from everywhere to this position, or null off the network. */
  reachTo(to: Waypoint): Reach | null {
    const end = this.snapOf(to);
    if (!end) return null;
    const nodeDs = this.engine.timesTo(arrivals(this.graph, end));
    const secondsAt = (other: Waypoint): number => {
      const start = this.snapOf(other);
      return start
        ? toSeconds(this.doorToDoorDs(start, end, throughSeeds(nodeDs, departures(this.graph, start))))
        : Infinity;
    };
    return { nodeDs, secondsAt };
  }

  /** The area that can be reached from a position within some seconds, or null off the network. */
  isochrone(from: Waypoint, limitS: number): Isochrone | null {
    const start = this.snapOf(from);
    const reach = start && this.reachFrom(start);
    if (!reach) return null;
    const budgetDs = Math.round(limitS * 10) - accessDs(start);
    return { limitS, reach, outline: reachedArea(this.graph, start, reach.nodeDs, budgetDs) };
  }

  /** The `limit` sources that get to `target` first, quickest first; those that cannot get there are left out. */
  nearest(target: Waypoint, sources: readonly Waypoint[], limit: number): NearestSource[] {
    const reach = this.reachTo(target);
    if (!reach) return [];
    const times = sources.map((source, index) => ({ index, travelTimeS: reach.secondsAt(source) }));
    return times
      .filter(({ travelTimeS }) => travelTimeS < Infinity)
      .sort((a, b) => a.travelTimeS - b.travelTimeS || a.index - b.index)
      .slice(0, limit)
      .map(({ index, travelTimeS }) => ({
        index,
        travelTimeS,
        distanceM: this.route(sources[index]!, target)!.distanceM,
      }));
  }

  private snapOf(waypoint: Waypoint): Snap | null {
    return Array.isArray(waypoint) ? this.snap(waypoint) : waypoint;
  }

  private departures(snap: Snap | null): Seeds {
    if (!snap) return [];
    const { departuresOf } = this.open;
    const seeds = departuresOf.get(snap) ?? departures(this.graph, snap);
    departuresOf.set(snap, seeds);
    return seeds;
  }

  private arrivals(snap: Snap | null): Seeds {
    if (!snap) return [];
    const { arrivalsOf } = this.open;
    const seeds = arrivalsOf.get(snap) ?? arrivals(this.graph, snap);
    arrivalsOf.set(snap, seeds);
    return seeds;
  }

  /** The best of driving over the network, driving along the common edge, and walking. */
  private doorToDoorDs(start: Snap, end: Snap, networkDs: number): number {
    const drivenDs = Math.min(networkDs, alongEdgeDs(this.graph, start, end));
    const byRoad = drivenDs >= unreached ? unreached : drivenDs + accessDs(start) + accessDs(end);
    return Math.min(byRoad, onFootDs(start, end));
  }
}

function throughSeeds(nodeDs: Int32Array, seeds: Seeds): number {
  let best = unreached;
  for (const seed of seeds) best = Math.min(best, nodeDs[seed.node]! + seed.ds);
  return best;
}

const toSeconds = (ds: number): number => (ds >= unreached ? Infinity : ds / 10);
