/** From the world to what the map draws. Pure: the same input object gives the same output object where the map compares by identity. */
import type { Position } from '#contract/common.ts';
import type { SightingView } from '#contract/sighting.ts';
import type { World, WorldIncident } from '#domain/world.ts';
import type { MultiPolygon } from 'geojson';
import type { Camera, Place, Segment, Station } from '../api/reference.ts';
import type {
  LngLat,
  MapCamera,
  MapIncident,
  MapJurisdiction,
  MapPlace,
  MapSegment,
  MapSighting,
  MapStation,
} from '../map/scene.ts';
import { sightingExtent } from '../map/sources/sighting-areas.ts';
import { queue, sightingsInOrder } from '../store/selectors.ts';
import type { NearestState } from './nearest.ts';

export const lngLat = ({ lng, lat }: Position): LngLat => [lng, lat];

/** Where an incident stands on the map: the home, else its station, else nowhere. */
export function incidentPosition(incident: WorldIncident, stations: readonly Station[]): LngLat | null {
  if (incident.subject?.home) return lngLat(incident.subject.home);
  const station = stations.find(({ id }) => id === incident.stationId);
  return station ? lngLat(station.position) : null;
}

/** What has to be in view to see an incident: its place, and every sighting that an open look shows. */
export function incidentExtent(
  incident: WorldIncident,
  stations: readonly Station[],
  places: readonly Place[],
): LngLat[] {
  const own = incidentPosition(incident, stations);
  const seen = toMapSightings(incident, places).flatMap(sightingExtent);
  return own ? [own, ...seen] : seen;
}

/** Open incidents that have a place; nobody on one yet makes it pulse. */
export function toMapIncidents(incidents: World['incidents'], stations: readonly Station[]): MapIncident[] {
  return queue(incidents).flatMap(incident => {
    const position = incidentPosition(incident, stations);
    if (!position) return [];
    return {
      id: incident.id,
      position,
      risk: incident.risk,
      number: incident.number,
      openedAt: Date.parse(incident.openedAt),
      unacknowledged: incident.members.length === 0,
      ...(incident.subject && { title: incident.subject.nameMasked }),
    };
  });
}

/** What an open look shows of an incident, numbered in the order of happening as in the timeline. */
export function toMapSightings(incident: WorldIncident | undefined, places: readonly Place[]): MapSighting[] {
  if (!incident) return [];
  return sightingsInOrder(incident).flatMap(({ view, withdrawn }, index) => {
    const sighting = view && toMapSighting(view, index + 1, places);
    return sighting ? [{ ...sighting, withdrawn }] : [];
  });
}

function toMapSighting(view: SightingView, number: number, places: readonly Place[]): MapSighting | null {
  const base = { id: view.id, number, observedAt: Date.parse(view.observedAt) };
  const { detail } = view;
  switch (detail.kind) {
    case 'cell': {
      const { site, cellId: _, ...rest } = detail;
      return { ...base, ...rest, site: lngLat(site) };
    }
    case 'fix':
      return { ...base, kind: 'fix', position: lngLat(detail.position), accuracyM: detail.accuracyM };
    case 'camera': {
      const { headingDeg } = detail;
      return {
        ...base,
        kind: 'camera',
        position: lngLat(detail.position),
        ...(headingDeg !== undefined && { headingDeg }),
        ...(view.text !== undefined && { plate: view.text }),
      };
    }
    case 'transaction':
    case 'report':
    case 'search': {
      const known = detail.position ?? places.find(({ id }) => id === detail.placeId)?.position;
      if (!known) return null;
      const position = lngLat(known);
      if (detail.kind === 'report')
        return { ...base, kind: 'report', position, credibility: detail.credibility };
      if (detail.kind === 'search') return { ...base, kind: 'search', position, outcome: detail.outcome };
      return { ...base, kind: 'transaction', position };
    }
  }
}

export function toMapStations(stations: readonly Station[]): MapStation[] {
  return stations.map(({ id, name, nameEn, position }) => ({
    id,
    name,
    position: lngLat(position),
    ...(nameEn && { nameEn }),
  }));
}

export function toMapJurisdictions(stations: readonly Station[]): MapJurisdiction[] {
  return stations.flatMap(({ id, name, nameEn, jurisdiction }) =>
    jurisdiction
      ? {
          stationId: id,
          name,
          geometry: jurisdiction.area as MultiPolygon,
          estimated: jurisdiction.estimated,
          ...(nameEn && { nameEn }),
        }
      : [],
  );
}

export function toMapPlaces(places: readonly Place[]): MapPlace[] {
  return places.map(({ id, kind, name, nameEn, position }) => ({
    id,
    kind,
    name,
    position: lngLat(position),
    ...(nameEn && { nameEn }),
  }));
}

export function toMapCameras(cameras: readonly Camera[]): MapCamera[] {
  return cameras.map(({ id, name, position, headingDeg, working }) => ({
    id,
    name,
    position: lngLat(position),
    up: working,
    ...(headingDeg !== null && { headingDeg }),
  }));
}

/** Segments with how far their search has come, as far as the selected incident's open trace says. */
export function toMapSegments(
  segments: readonly Segment[],
  incident: WorldIncident | undefined,
): MapSegment[] {
  const searched = new Set<string>();
  for (const { view, withdrawn } of Object.values(incident?.sightings ?? {})) {
    if (!withdrawn && view?.detail.kind === 'search' && view.detail.segmentId)
      searched.add(view.detail.segmentId);
  }
  return segments.map(({ id, line }) => ({
    id,
    path: line.coordinates as LngLat[],
    state: searched.has(id) ? 'searched' : 'open',
  }));
}

/** The listed units with their ways; while one is pointed at, only that one. */
export function toMapNearest(nearest: NearestState | null) {
  if (!nearest) return null;
  const items = (nearest.items ?? [])
    .filter(({ unitId }) => nearest.hoveredUnitId === null || unitId === nearest.hoveredUnitId)
    .map(({ unitId, position, travelTimeS, distanceM }) => {
      const path = nearest.paths[unitId];
      return { unitId, position: lngLat(position), travelTimeS, distanceM, ...(path && { path }) };
    });
  return { to: nearest.to, items };
}
