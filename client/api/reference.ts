import type { Position } from '#contract/common.ts';
import type { Role } from '#contract/incident.ts';
import type { PlaceKind } from '#contract/place.ts';
import type { Crew, UnitState } from '#contract/unit.ts';
import type { LineString, MultiPolygon, Polygon } from 'geojson';
import { call } from './http.ts';

export interface Station {
  id: string;
  name: string;
  nameEn?: string | null;
  position: Position;
  jurisdiction: { area: MultiPolygon | Polygon; estimated: boolean } | null;
}
export interface Place {
  id: string;
  kind: PlaceKind;
  name: string;
  nameEn?: string | null;
  address?: string | null;
  position: Position;
}
export interface Segment {
  id: string;
  kind: PlaceKind;
  name: string;
  line: LineString;
}
export interface Camera {
  id: string;
  name: string;
  position: Position;
  headingDeg?: number | null;
  working: boolean;
}
export interface NearestUnit {
  unitId: string;
  callsign: string;
  state: UnitState;
  position: Position;
  travelTimeS: number;
  distanceM: number;
  etaAt: string;
  fixAgeS: number;
  crew: Crew;
}
export interface UserSummary {
  id: string;
  username: string;
  displayName: string;
  role: Role;
}

interface List<T> {
  items: T[];
}
const items = <T>(path: string, query?: Record<string, string | number | undefined>, signal?: AbortSignal) =>
  call<List<T>>('GET', path, { ...(query && { query }), ...(signal && { signal }) }).then(list => list.items);

export const fetchStations = () => items<Station>('/api/stations');
export const fetchCameras = () => items<Camera>('/api/cameras');
export const fetchUsers = () => items<UserSummary>('/api/users');

const bboxText = (bbox: readonly number[]) => bbox.map(degree => degree.toFixed(6)).join(',');
export const fetchPlaces = (bbox: readonly number[], signal?: AbortSignal) =>
  items<Place>('/api/places', { bbox: bboxText(bbox), limit: 1000 }, signal);
export const searchPlaces = (q: string, signal?: AbortSignal) =>
  items<Place>('/api/places', { q, limit: 20 }, signal);
export const fetchSegments = (bbox: readonly number[], signal?: AbortSignal) =>
  items<Segment>('/api/segments', { bbox: bboxText(bbox), limit: 1000 }, signal);

/** Units that could be there soonest by road, best first. */
export const fetchNearest = ({ lng, lat }: Position, limit: number, signal?: AbortSignal) =>
  items<NearestUnit>('/api/units/nearest', { lng, lat, limit, by: 'road' }, signal);

export interface RoadRoute {
  path: [number, number][];
  travelTimeS: number;
  distanceM: number;
}
export const fetchRoute = (from: Position, to: Position, signal?: AbortSignal) =>
  call<RoadRoute>('GET', '/api/road/route', {
    query: { from: `${from.lng},${from.lat}`, to: `${to.lng},${to.lat}` },
    ...(signal && { signal }),
  });

export const setUnitState = (unitId: string, state: UnitState) =>
  call<unknown>('PATCH', `/api/units/${encodeURIComponent(unitId)}`, { body: { state } });
