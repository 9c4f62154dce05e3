import type { Position } from '#contract/common.ts';
import type { UserView } from '#contract/incident-view.ts';
import type { CameraView, PlaceView, SegmentView, StationView } from '#contract/reference.ts';
import type { NearestUnit as NearestReply } from '#contract/road.ts';
import type { UnitState } from '#contract/unit.ts';
import { call, type CallOptions } from './http.ts';

export type Station = StationView;
export type Place = PlaceView;
export type Segment = SegmentView;
export type Camera = CameraView;
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

/** Places by name: Chinese, English, pinyin or its initials. */
export const searchPlaces = (q: string, signal: AbortSignal) =>
  some<Place>('/api/places', { query: { q, limit: 12 }, signal });

/** Units that could be there soonest by road, best first. */
export async function fetchNearest(
  { lng, lat }: Position,
  limit: number,
  signal: AbortSignal,
): Promise<NearestUnit[]> {
  const found = await some<NearestReply>('/api/units/nearest', {
    query: { lng, lat, limit, by: 'road' },
    signal,
  });
  return found.filter((unit): unit is NearestUnit => unit.travelTimeS !== null && unit.etaAt !== null);
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
