/** Valhalla over HTTP, asked as a police car on its way drives: what is quickest, however unpleasant the road. */
import { accessDs, onFootDs, type Snap } from '#road/access.ts';
import { unreached } from '#road/graph.ts';
import type { AreaAnswer, MatrixAnswer, NearestAnswer, RoadService, RouteAnswer } from '#road/service.ts';
import { isochroneAnswerSchema, matrixAnswerSchema, routeAnswerSchema } from './answers.ts';
import { askValhalla, type ValhallaAddress, ValhallaError } from './http.ts';
import { decodePolyline } from './polyline.ts';

/** No penalties for what is merely unwelcome to a driver with time. */
const policeCar = {
  costing: 'auto',
  costing_options: {
    auto: {
      maneuver_penalty: 0,
      gate_penalty: 0,
      private_access_penalty: 0,
      destination_only_penalty: 0,
      service_penalty: 0,
      service_factor: 1,
      alley_factor: 1,
      use_tracks: 1,
      use_living_streets: 1,
      use_highways: 1,
      use_tolls: 1,
      use_ferry: 1,
    },
  },
};

/** Valhalla's usual limit is 2,500 pairs a question. */
const pairsAtOnce = 2500;
const mostColumns = 50;
/** Its number for 'no path could be found'. */
const noPath = 442;
const engine = 'valhalla';

interface Cell {
  seconds: number | null;
  km: number | null;
}

export class Valhalla implements RoadService {
  readonly #address: ValhallaAddress;

  constructor(baseUrl: string, answerWithinMs = 3000) {
    this.#address = { baseUrl, answerWithinMs };
  }

  async matrix(from: readonly Snap[], to: readonly Snap[]): Promise<MatrixAnswer> {
    const cells = await this.#cells(from, to);
    return { engine, seconds: cells.map(row => row.map(cell => cell.seconds)) };
  }

  async route(from: Snap, to: Snap): Promise<RouteAnswer> {
    const onFoot = onFootDs(from, to);
    const query = { ...policeCar, locations: [from, to].map(placeOf), directions_type: 'none' };
    const answer = await askValhalla(this.#address, 'route', query, routeAnswerSchema).catch(
      (error: unknown) => {
        if (error instanceof ValhallaError && error.refusal === noPath) return null;
        throw error;
      },
    );
    if (!answer) return { engine, way: null };
    const { summary, legs } = answer.trip;
    const travelTimeS = doorToDoorS(summary.time, from, to);
    if (travelTimeS * 10 >= onFoot) {
      const straight = [from.asked, to.asked];
      return {
        engine,
        way: { travelTimeS: onFoot / 10, distanceM: from.distanceM + to.distanceM, path: straight },
      };
    }
    const path = legs.flatMap(({ shape }) => decodePolyline(shape));
    const distanceM = Math.round(summary.length * 1000);
    return { engine, way: { travelTimeS, distanceM, path } };
  }

  async isochrone(from: Snap, limitS: number): Promise<AreaAnswer> {
    const minutes = (limitS - accessDs(from) / 10) / 60;
    if (minutes <= 0) return { engine, area: { type: 'MultiPolygon', coordinates: [] } };
    const query = { ...policeCar, locations: [placeOf(from)], contours: [{ time: minutes }], polygons: true };
    const { features } = await askValhalla(this.#address, 'isochrone', query, isochroneAnswerSchema);
    const coordinates = features.flatMap(({ geometry }) =>
      geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates,
    );
    return { engine, area: { type: 'MultiPolygon', coordinates } };
  }

  async nearest(target: Snap, sources: readonly Snap[], limit: number): Promise<NearestAnswer> {
    const cells = await this.#cells(sources, [target]);
    const reached = cells.flatMap(([cell], index) => {
      if (!cell || cell.seconds === null) return [];
      return [{ index, travelTimeS: cell.seconds, distanceM: (cell.km ?? 0) * 1000 }];
    });
    reached.sort((a, b) => a.travelTimeS - b.travelTimeS || a.index - b.index);
    return { engine, sources: reached.slice(0, limit) };
  }

  /** Door to door, in as many questions as its limit makes necessary, one after the other. */
  async #cells(from: readonly Snap[], to: readonly Snap[]): Promise<Cell[][]> {
    const cells: Cell[][] = from.map(() => []);
    for (let column = 0; column < to.length; column += mostColumns) {
      const targets = to.slice(column, column + mostColumns);
      const rows = Math.floor(pairsAtOnce / targets.length);
      for (let row = 0; row < from.length; row += rows) {
        const sources = from.slice(row, row + rows);
        const times = await this.#block(sources, targets);
        times.forEach((line, i) => cells[row + i]!.push(...line));
      }
    }
    return cells;
  }

  async #block(from: readonly Snap[], to: readonly Snap[]): Promise<Cell[][]> {
    const query = { ...policeCar, sources: from.map(placeOf), targets: to.map(placeOf), verbose: false };
    const answer = await askValhalla(this.#address, 'sources_to_targets', query, matrixAnswerSchema);
    const { durations, distances } = answer.sources_to_targets;
    return from.map((start, row) =>
      to.map((end, column): Cell => {
        const seconds = durations[row]?.[column] ?? null;
        const onFoot = onFootDs(start, end);
        const byRoad = seconds === null ? Infinity : doorToDoorS(seconds, start, end);
        const best = Math.min(byRoad, onFoot >= unreached ? Infinity : onFoot / 10);
        return { seconds: Number.isFinite(best) ? best : null, km: distances[row]?.[column] ?? null };
      }),
    );
  }
}

/**
 * The point of the road, so that both engines begin on the same one. It hangs together with all others in our network,
 * so Valhalla need not pass over it for a road with more connections.
 */
function placeOf({ position: [lon, lat] }: Snap) {
  return { lon: Number(lon.toFixed(6)), lat: Number(lat.toFixed(6)), minimum_reachability: 1 };
}

/** With the walks between the road and the two positions, as our own engine counts them. */
function doorToDoorS(drivenS: number, from: Snap, to: Snap): number {
  return Math.round(drivenS * 10 + accessDs(from) + accessDs(to)) / 10;
}
