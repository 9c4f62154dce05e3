/** What stands still: stations, jurisdictions, places, search segments, cameras. */
import { pointOnFeature } from '@turf/turf';
import type { Feature } from 'geojson';
import type {
  Lang,
  MapCamera,
  MapJurisdiction,
  MapPlace,
  MapSegment,
  MapSelection,
  MapStation,
} from '../scene.ts';
import { feature, line, point } from './features.ts';

interface Named {
  name: string;
  nameEn?: string;
}

const nameOf = (named: Named, lang: Lang): string =>
  lang === 'en' ? (named.nameEn ?? named.name) : named.name;

const isSelected = (selection: MapSelection | null, kind: MapSelection['kind'], id: string): boolean =>
  selection?.kind === kind && selection.id === id;

export function stationFeatures(
  stations: readonly MapStation[],
  lang: Lang,
  selection: MapSelection | null,
): Feature[] {
  return stations.map(station =>
    point(station.position, {
      id: station.id,
      name: nameOf(station, lang),
      selected: isSelected(selection, 'station', station.id),
    }),
  );
}

/** Each area, and one point within it for its name: a polygon would be named once a tile. */
export function jurisdictionFeatures(jurisdictions: readonly MapJurisdiction[], lang: Lang): Feature[] {
  return jurisdictions.flatMap(area => {
    const { geometry, stationId: id, estimated } = area;
    const [lng, lat] = pointOnFeature(geometry).geometry.coordinates;
    return [
      feature(geometry, { role: 'area', id, estimated }),
      point([lng!, lat!], { role: 'name', name: nameOf(area, lang) }),
    ];
  });
}

export function placeFeatures(
  places: readonly MapPlace[],
  lang: Lang,
  selection: MapSelection | null,
): Feature[] {
  return places.map(place =>
    point(place.position, {
      id: place.id,
      kind: place.kind,
      name: nameOf(place, lang),
      selected: isSelected(selection, 'place', place.id),
    }),
  );
}

export function segmentFeatures(segments: readonly MapSegment[], selection: MapSelection | null): Feature[] {
  return segments.map(segment =>
    line(segment.path, {
      id: segment.id,
      state: segment.state,
      selected: isSelected(selection, 'segment', segment.id),
    }),
  );
}

export function cameraFeatures(cameras: readonly MapCamera[]): Feature[] {
  return cameras.map(camera =>
    point(camera.position, {
      id: camera.id,
      name: camera.name,
      headingDeg: camera.headingDeg ?? null,
      up: camera.up,
      watch: camera.watch ?? null,
    }),
  );
}
