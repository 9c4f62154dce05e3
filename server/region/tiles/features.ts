/** RegionSource → GeoJSON features of the basemap's tile layers, each with the zoom that it starts at. */
import type { Feature, LineString, Point, Polygon } from 'geojson';
import type { RoadWay } from '#road/build.ts';
import type { BasemapFeature, LngLat, RegionSource } from '../source.ts';
import { firstZoom, roadFirstZoom } from './zooms.ts';

export const tileLayers = [
  'landuse',
  'water',
  'waterways',
  'boundaries',
  'buildings',
  'paths',
  'rail',
  'roads',
  'labels',
  'landmarks',
] as const;
export type TileLayer = (typeof tileLayers)[number];

/**
 * Attributes of each layer with their MVT types, for the archive's metadata. A flag that is not set and a name that
 * is not known are left out of the tile: in a style, `['get', 'bridge']` is then null.
 */
export const tileFields: Record<TileLayer, Record<string, 'String' | 'Number' | 'Boolean'>> = {
  roads: {
    class: 'String',
    link: 'Boolean',
    name: 'String',
    nameEn: 'String',
    ref: 'String',
    bridge: 'Boolean',
    tunnel: 'Boolean',
    unpaved: 'Boolean',
    oneway: 'Boolean',
  },
  paths: { kind: 'String', name: 'String' },
  water: { kind: 'String', name: 'String' },
  waterways: { kind: 'String', name: 'String' },
  landuse: { class: 'String', name: 'String' },
  buildings: { heightM: 'Number', name: 'String' },
  rail: { kind: 'String', name: 'String', siding: 'Boolean' },
  boundaries: { level: 'Number' },
  labels: { class: 'String', name: 'String', nameEn: 'String', rank: 'Number' },
  landmarks: { kind: 'String', name: 'String', nameEn: 'String' },
};

export interface TileFeature {
  layer: TileLayer;
  firstZoom: number;
  feature: Drawn;
}

type Shape = Point | LineString | Polygon;
type Drawn = Feature<Shape>;

export function tileFeatures(source: RegionSource): TileFeature[] {
  const out: TileFeature[] = [];
  for (const way of source.roads.ways) {
    const line = way.nodes.map(ref => source.roads.nodes.get(ref)).filter(at => at !== undefined);
    // The arrows of a style follow the line, so a way that is open against its nodes is turned round.
    if (way.oneway === -1) line.reverse();
    if (line.length > 1)
      out.push({ layer: 'roads', firstZoom: roadFirstZoom(way), feature: lineOf(line, roadProperties(way)) });
  }
  for (const feature of source.basemap) {
    out.push({ layer: feature.layer, firstZoom: firstZoom(feature), feature: geojsonOf(feature) });
  }
  return out;
}

function roadProperties(way: RoadWay): Record<string, unknown> {
  return {
    class: way.roadClass,
    ...(way.link && { link: true }),
    ...(way.bridge && { bridge: true }),
    ...(way.tunnel && { tunnel: true }),
    ...(way.surface === 'unpaved' && { unpaved: true }),
    ...(way.oneway !== 0 && { oneway: true }),
    ...(way.name && { name: way.name }),
    ...(way.nameEn && { nameEn: way.nameEn }),
    ...(way.ref && { ref: way.ref }),
  };
}

/** Everything but the layer and the shape is an attribute. */
function geojsonOf(feature: BasemapFeature): Drawn {
  switch (feature.layer) {
    case 'water':
    case 'landuse':
    case 'buildings': {
      const { layer: _, rings, ...properties } = feature;
      return geojson({ type: 'Polygon', coordinates: rings }, properties);
    }
    case 'labels':
    case 'landmarks': {
      const { layer: _, at, ...properties } = feature;
      return geojson({ type: 'Point', coordinates: at }, properties);
    }
    default: {
      const { layer: _, line, ...properties } = feature;
      return lineOf(line, properties);
    }
  }
}

function lineOf(line: LngLat[], properties: Record<string, unknown>): Drawn {
  return geojson({ type: 'LineString', coordinates: line }, properties);
}

function geojson(geometry: Shape, properties: Record<string, unknown>): Drawn {
  return { type: 'Feature', geometry, properties };
}
