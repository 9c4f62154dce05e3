/** From the world to what the map draws. Pure: the same input object gives the same output object where the map compares by identity. */
import type { Position } from '#contract/common.ts';
import type { SightingView } from '#contract/sighting.ts';
import type { World, WorldIncident, WorldTask } from '#domain/world.ts';
import type { MultiPolygon } from 'geojson';
import type { Camera, Coverage, Place, Segment, Station } from '../api/reference.ts';
import type {
  LngLat,
  MapCamera,
  MapCoverage,
  MapClosure,
  MapIncident,
  MapJurisdiction,
  MapPlace,
  MapSegment,
  MapSighting,
  MapStation,
  ServedGround,
} from '../map/scene.ts';
import { cameraWatch } from '../map/sources/camera-watch.ts';
import { sightingExtent } from '../map/sources/sighting-areas.ts';
import { queue, sightingsInOrder } from '../store/selectors.ts';
import type { TaskView } from '../api/tasks.ts';
import { isOpenTask } from '#domain/task.ts';
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

/** Open incidents that have a place; nobody on one yet makes it pulse. The one with `openId` shows how exact its home is. */
export function toMapIncidents(
  incidents: World['incidents'],
  stations: readonly Station[],
  openId: string | null = null,
): MapIncident[] {
  return queue(incidents).flatMap(incident => {
    const position = incidentPosition(incident, stations);
    if (!position) return [];
    const homeRadiusM = incident.id === openId ? incident.subject?.homeRadiusM : undefined;
    return {
      id: incident.id,
      position,
      risk: incident.risk,
      number: incident.number,
      openedAt: Date.parse(incident.openedAt),
      unacknowledged: incident.members.length === 0,
      ...(homeRadiusM !== undefined && { homeRadiusM }),
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

/**
 * Cameras with their state. While the trace of an incident is open, each also says what it saw since she left: never
 * without one, for what a camera saw of her is part of the trace.
 */
export function toMapCameras(
  cameras: readonly Camera[],
  downCameras: World['downCameras'],
  incident: WorldIncident | undefined,
  sightings: readonly MapSighting[],
): MapCamera[] {
  const sinceAt = incident && departureOf(incident);
  return cameras.map(({ id, name, position, headingDeg }) => {
    const since = downCameras[id];
    const at = lngLat(position);
    const downSinceAt = since === undefined ? null : Date.parse(since);
    return {
      id,
      name,
      position: at,
      up: since === undefined,
      ...(headingDeg !== null && { headingDeg }),
      ...(sinceAt !== undefined && {
        watch: cameraWatch({ position: at, downSinceAt }, sightings, sinceAt),
      }),
    };
  });
}

/** When she left, as an open trace says: what was reported, else when she was first seen. Undefined: nothing is open. */
export function departureOf(incident: WorldIncident): number | undefined {
  const views = sightingsInOrder(incident).flatMap(({ view, withdrawn }) =>
    view && !withdrawn ? [view] : [],
  );
  const reported = views.flatMap(({ detail }) =>
    detail.kind === 'report' && detail.departedAt !== undefined
      ? [Date.parse(detail.departedAt) - (detail.departedDoubtS ?? 0) * 1000]
      : [],
  );
  return reported.at(-1) ?? (views[0] && Date.parse(views[0].observedAt));
}

export function toMapCoverage(
  coverage: Coverage | null,
  served: readonly ServedGround[],
): MapCoverage | null {
  if (!coverage) return null;
  return {
    served,
    watched: coverage.watched.map(({ cameraId, line }) => ({ cameraId, path: line.coordinates as LngLat[] })),
    unwatched: coverage.unwatched.coordinates as LngLat[][],
    exits: coverage.exits.map(({ position, cameraM }) => ({
      position: lngLat(position),
      watched: cameraM !== null,
    })),
  };
}

export function toMapClosures(closures: World['closures']): MapClosure[] {
  return Object.values(closures).map(({ id, line, direction }) => ({
    id,
    path: line,
    oneWay: direction === 'forward',
  }));
}

/**
 * Segments with how far their search has come, as far as the selected incident's tasks and its open trace say. Being
 * searched now counts more than having been searched.
 */
export function toMapSegments(
  segments: readonly Segment[],
  incident: WorldIncident | undefined,
  tasks: readonly WorldTask[] = [],
): MapSegment[] {
  const underWay = new Set(tasks.filter(isOpenTask).map(({ segmentId }) => segmentId));
  const searched = new Set<string | null>();
  for (const { outcome, segmentId } of tasks) if (outcome === 'notHere') searched.add(segmentId);
  for (const { view, withdrawn } of Object.values(incident?.sightings ?? {})) {
    if (!withdrawn && view?.detail.kind === 'search' && view.detail.segmentId)
      searched.add(view.detail.segmentId);
  }
  return segments.map(({ id, line }) => ({
    id,
    path: line.coordinates as LngLat[],
    state: underWay.has(id) ? 'underWay' : searched.has(id) ? 'searched' : 'open',
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

/**
 * Searches that tasks wrote into a trace that is not open here: who searched is known to all on the incident, and
 * each keeps the number that the trace gives it.
 */
export function toMapSearches(
  incident: WorldIncident | undefined,
  tasks: readonly WorldTask[],
  views: Readonly<Record<string, TaskView>>,
): MapSighting[] {
  if (!incident) return [];
  const bySighting = new Map(tasks.map(task => [task.sightingId, task]));
  return sightingsInOrder(incident).flatMap(({ id, view, withdrawn, observedAt }, index) => {
    const task = bySighting.get(id);
    const target = task && views[task.id]?.target;
    if (view || withdrawn || !task?.outcome || !target) return [];
    const base = { id, number: index + 1, observedAt: Date.parse(observedAt) };
    return [{ ...base, kind: 'search' as const, position: lngLat(target.position), outcome: task.outcome }];
  });
}
