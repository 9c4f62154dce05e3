import type { Position } from '#contract/common.ts';
import type { UserView } from '#contract/incident-view.ts';
import type {
  CameraView,
  CellSiteView,
  CoverageView,
  PlaceView,
  SegmentView,
  StationView,
} from '#contract/reference.ts';
import type { NearestUnit as NearestReply, UnavailableUnit } from '#contract/road.ts';
import type { UnitState } from '#contract/unit.ts';
import { call, type CallOptions } from './http.ts';

export type Station = StationView;
export type Place = PlaceView;
export type Segment = SegmentView;
export type Camera = CameraView;
export type CellSite = CellSiteView;
export type Coverage = CoverageView;
export type UserSummary = UserView;
/** By road, so it has a time. */
export type NearestUnit = NearestReply & { travelTimeS: number; etaAt: string };

interface List<T> {
  items: T[];
  nextCursor: string | null;
}

/** A county has some thousands of places at most: more pages than this are a server's error, not a county. */
const mostPages = 50;

async function all<T>(path: string): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const reply = await call<List<T>>('GET', path, { query: { limit: 1000, cursor } });
    items.push(...reply.items);
    if (reply.nextCursor === null) break;
    cursor = reply.nextCursor;
  }
  return items;
}

const some = async <T>(path: string, options?: CallOptions) =>
  (await call<List<T>>('GET', path, options)).items;

export const fetchStations = () => some<Station>('/api/stations');
export const fetchUsers = () => some<UserSummary>('/api/users');
export const fetchPlaces = () => all<Place>('/api/places');
export const fetchSegments = () => all<Segment>('/api/segments');
export const fetchCameras = () => all<Camera>('/api/cameras');
export const fetchCellSites = () => all<CellSite>('/api/cell-sites');
export const fetchCoverage = () => call<Coverage>('GET', '/api/coverage');
export const setCameraState = (cameraId: string, working: boolean) =>
  call<unknown>('PATCH', `/api/cameras/${encodeURIComponent(cameraId)}`, { body: { working } });

/** Places by name: Chinese, English, pinyin or its initials. */
export const searchPlaces = (q: string, signal: AbortSignal) =>
  some<Place>('/api/places', { query: { q, limit: 12 }, signal });

const kmPerDegree = 111.32;
const nearKm = 1;
const mostNear = 500;

/** Places and segments in a box of two kilometres around a point. */
export function fetchPlacesNear([lng, lat]: [number, number], signal: AbortSignal): Promise<Place[]> {
  const up = nearKm / kmPerDegree;
  const across = up / Math.cos((lat * Math.PI) / 180);
  const bbox = [lng - across, lat - up, lng + across, lat + up].join();
  return some<Place>('/api/places', { query: { bbox, limit: mostNear }, signal });
}

/** Units that could be there soonest by road, best first, and those that cannot be sent. */
export async function fetchNearest(
  { lng, lat }: Position,
  limit: number,
  signal: AbortSignal,
): Promise<{ items: NearestUnit[]; unavailable: UnavailableUnit[] }> {
  const { items, unavailable } = await call<{ items: NearestReply[]; unavailable: UnavailableUnit[] }>(
    'GET',
    '/api/units/nearest',
    { query: { lng, lat, limit, by: 'road' }, signal },
  );
  const timed = items.filter((unit): unit is NearestUnit => unit.travelTimeS !== null && unit.etaAt !== null);
  return { items: timed, unavailable };
}

export interface RoadRoute {
  path: [number, number][];
  travelTimeS: number;
  distanceM: number;
}
export const fetchRoute = (from: Position, to: Position) =>
  call<RoadRoute>('GET', '/api/road/route', {
    query: { from: `${from.lng},${from.lat}`, to: `${to.lng},${to.lat}` },
  });

export const setUnitState = (unitId: string, state: UnitState) =>
  call<unknown>('PATCH', `/api/units/${encodeURIComponent(unitId)}`, { body: { state } });
