/** Valhalla over HTTP, asked as a police car on its way drives: what is quickest, however unpleasant the road. */
import { accessDs, onFootDs, type Snap } from '#road/access.ts';
import { distanceM } from '#road/geo.ts';
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

interface Trip {
  seconds: number;
  metres: number;
}
/** Null: there is no way. */
type Cell = Trip | null;

export class Valhalla implements RoadService {
  readonly #address: ValhallaAddress;

  constructor(baseUrl: string, answerWithinMs = 3000) {
    this.#address = { baseUrl, answerWithinMs };
  }

  async matrix(from: readonly Snap[], to: readonly Snap[]): Promise<MatrixAnswer> {
    const cells = await this.#cells(from, to);
    return { engine, seconds: cells.map(row => row.map(cell => cell?.seconds ?? null)) };
  }

  async route(from: Snap, to: Snap): Promise<RouteAnswer> {
    const query = { ...policeCar, locations: [from, to].map(placeOf), directions_type: 'none' };
    const answer = await askValhalla(this.#address, 'route', query, routeAnswerSchema).catch(
      (error: unknown) => {
        if (error instanceof ValhallaError && error.refusal === noPath) return null;
        throw error;
      },
    );
    const driven = answer && doorToDoor(answer.trip.summary.time, answer.trip.summary.length, from, to);
    const best = sooner(driven, onFoot(from, to));
    if (!best) return { engine, way: null };
    const path =
      answer && best === driven
        ? answer.trip.legs.flatMap(({ shape }) => decodePolyline(shape))
        : [from.asked, to.asked];
    return { engine, way: { travelTimeS: best.seconds, distanceM: best.metres, path } };
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
      return cell ? [{ index, travelTimeS: cell.seconds, distanceM: cell.metres }] : [];
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
      to.map((end, column) => {
        const [seconds, km] = [durations[row]?.[column] ?? null, distances[row]?.[column] ?? 0];
        return sooner(seconds === null ? null : doorToDoor(seconds, km, start, end), onFoot(start, end));
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
function doorToDoor(drivenS: number, km: number, from: Snap, to: Snap): Trip {
  return {
    seconds: Math.round(drivenS * 10 + accessDs(from) + accessDs(to)) / 10,
    metres: Math.round(km * 1000),
  };
}

/** Straight from the one asked position to the other, where our own engine would walk. */
function onFoot(from: Snap, to: Snap): Cell {
  const ds = onFootDs(from, to);
  return ds < unreached ? { seconds: ds / 10, metres: distanceM(from.asked, to.asked) } : null;
}

function sooner(driven: Cell, walked: Cell): Cell {
  return driven && walked ? (driven.seconds < walked.seconds ? driven : walked) : (driven ?? walked);
}
