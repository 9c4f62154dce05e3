/** What the server asks of the roads, whoever answers: our own engine, or an outside one over the network. */
import type { Snap } from './access.ts';
import type { LngLat } from './geo.ts';
import type { MultiPolygon } from './outline.ts';
import type { NearestSource, RoadRouter } from './router.ts';

export const roadEngines = ['own', 'valhalla'] as const;

/** Who gave an answer. */
interface Answer {
  engine: (typeof roadEngines)[number];
}

export interface MatrixAnswer extends Answer {
  /** A row for each start; null: there is no way. */
  seconds: (number | null)[][];
}

export interface RouteAnswer extends Answer {
  /** Null: there is none. */
  way: { travelTimeS: number; distanceM: number; path: LngLat[] } | null;
}

export interface AreaAnswer extends Answer {
  area: MultiPolygon;
}

export interface NearestAnswer extends Answer {
  /** Soonest first; those that cannot get there are left out. */
  sources: NearestSource[];
}

/** Positions are tied to our own network, so that what is off the network is so for every engine. */
export interface RoadService {
  matrix(from: readonly Snap[], to: readonly Snap[]): Promise<MatrixAnswer>;
  route(from: Snap, to: Snap): Promise<RouteAnswer>;
  isochrone(from: Snap, limitS: number): Promise<AreaAnswer>;
  /** The `limit` of the sources that get to the target first. */
  nearest(target: Snap, sources: readonly Snap[], limit: number): Promise<NearestAnswer>;
}

/** Our own engine as a service. */
export function ownRoads(router: RoadRouter): RoadService {
  const engine = 'own';
  return {
    matrix: async (from, to) => {
      const times = router.matrix(from, to);
      const cell = (row: number, column: number): number | null => {
        const seconds = times[row * to.length + column]!;
        return Number.isFinite(seconds) ? seconds : null;
      };
      return { engine, seconds: from.map((_, row) => to.map((__, column) => cell(row, column))) };
    },
    route: async (from, to) => {
      const found = router.route(from, to);
      return {
        engine,
        way: found && {
          travelTimeS: found.travelTimeS,
          distanceM: found.distanceM,
          path: found.geometry,
        },
      };
    },
    isochrone: async (from, limitS) => ({ engine, area: router.isochrone(from, limitS)!.outline }),
    nearest: async (target, sources, limit) => ({ engine, sources: router.nearest(target, sources, limit) }),
  };
}
