/** In whose area she most likely is, and for how long that has been so. Pure. */
import type { StationView } from '#contract/reference.ts';
import type { PosteriorView } from '#contract/posterior.ts';

/** So much of everything that is believed, the rest of the world included, and for so long. */
const enough = 0.7;
const settledMs = 5 * 60_000;

interface StationShare {
  stationId: string;
  share: number;
}

type Believed = Pick<PosteriorView, 'cells'> & {
  places: readonly Pick<PosteriorView['places'][number], 'position' | 'poa'>[];
};
type Area = Pick<StationView, 'id' | 'jurisdiction'>;

/** The station in whose area the largest share of the belief lies; null where no area holds any. */
export function likeliestStation(
  { cells, places }: Believed,
  stations: readonly Area[],
): StationShare | null {
  const areas = stations.flatMap(({ id, jurisdiction }) =>
    jurisdiction ? jurisdiction.area.coordinates.map(rings => ({ id, rings, box: boxOf(rings[0]!) })) : [],
  );
  const shares = new Map<string, number>();
  const add = (lng: number, lat: number, p: number) => {
    const own = areas.find(({ rings, box }) => isIn(box, lng, lat) && holds(rings, lng, lat));
    if (own) shares.set(own.id, (shares.get(own.id) ?? 0) + p);
  };
  for (const { position, poa } of places) add(position.lng, position.lat, poa);
  for (let i = 0; i < cells.p.length; i++) add(cells.lng[i]!, cells.lat[i]!, cells.p[i]!);
  let best: StationShare | null = null;
  for (const [stationId, share] of shares) if (!best || share > best.share) best = { stationId, share };
  return best;
}

/** Where she has been for most of the belief, and since when (ms). */
export interface Settled extends StationShare {
  since: number;
  at: number;
}

/** What is known after one more belief, which speaks of the moment `at` (ms); null: she is nowhere for sure. */
export function follow(before: Settled | null, likeliest: StationShare | null, at: number): Settled | null {
  if (!likeliest || likeliest.share < enough) return null;
  const same = before?.stationId === likeliest.stationId;
  return { ...likeliest, since: same ? Math.min(before.since, at) : at, at };
}

/** Whether it has been so for long enough at `nowMs` to send another station. */
export const isSettled = ({ since }: Settled, nowMs: number): boolean => nowMs - since >= settledMs;

type Box = readonly [west: number, south: number, east: number, north: number];
type Ring = readonly (readonly number[])[];

function boxOf(ring: Ring): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lng, lat] of ring) {
    west = Math.min(west, lng!);
    east = Math.max(east, lng!);
    south = Math.min(south, lat!);
    north = Math.max(north, lat!);
  }
  return [west, south, east, north];
}

const isIn = ([west, south, east, north]: Box, lng: number, lat: number): boolean =>
  lng >= west && lng <= east && lat >= south && lat <= north;

/** Inside by the even-odd rule over all rings: holes count themselves out. */
function holds(rings: readonly Ring[], lng: number, lat: number): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [x1, y1] = ring[i]!;
      const [x2, y2] = ring[j]!;
      const crosses = y1! > lat !== y2! > lat;
      if (crosses && lng < ((x2! - x1!) * (lat - y1!)) / (y2! - y1!) + x1!) inside = !inside;
    }
  }
  return inside;
}
