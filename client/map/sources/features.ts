/** Shorthands for GeoJSON that keep the sources readable. */
import type { Feature, FeatureCollection, Geometry, LineString, Point } from 'geojson';
import type { LngLat } from '../scene.ts';

type Properties = Record<string, string | number | boolean | null>;

export function collection(features: Feature[]): FeatureCollection {
  return { type: 'FeatureCollection', features };
}

export function feature<G extends Geometry>(geometry: G, properties: Properties): Feature<G, Properties> {
  return { type: 'Feature', geometry, properties };
}

export function point(position: LngLat, properties: Properties): Feature<Point, Properties> {
  return feature({ type: 'Point', coordinates: position }, properties);
}

export function line(path: readonly LngLat[], properties: Properties): Feature<LineString, Properties> {
  return feature({ type: 'LineString', coordinates: [...path] }, properties);
}
