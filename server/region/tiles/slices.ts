/** Cuts features into tiles, in the order in which the archive wants them. */
import { GeoJSONVT, type GeoJSONVTFeature } from '@maplibre/geojson-vt';
import type { Feature } from 'geojson';
import type { Tile } from '../pmtiles/archive.ts';
import { tileId } from '../pmtiles/tile-id.ts';
import type { Bbox } from '../source.ts';
import { encodeTile, EXTENT } from './encode.ts';
import { type TileFeature, type TileLayer, tileLayers } from './features.ts';
import { MAX_ZOOM, MIN_ZOOM } from './zooms.ts';

/** Widest stroke of a style, in tile units on each side, so that lines meet across tile edges. */
const BUFFER = 80;

/** One index for each layer and first zoom. Within a layer the latest start first, so that the important is on top. */
interface Slice {
  layer: TileLayer;
  firstZoom: number;
  index: GeoJSONVT;
}

/**
 * All tiles that have something in them, zoom by zoom, in rising order of tile id.
 * @param onZoom called before each zoom with the share of tiles that are done, 0 to 1
 */
export function* sliceTiles(features: readonly TileFeature[], bbox: Bbox, onZoom: (share: number) => void): Generator<Tile> {
  const slices = buildSlices(features);
  const counts = zoomRange().map(z => idsAt(bbox, z).length);
  const total = counts.reduce((a, b) => a + b);
  let done = 0;
  for (const z of zoomRange()) {
    onZoom(done / total);
    for (const [id, x, y] of idsAt(bbox, z)) {
      const data = encodeTile(layersAt(slices, z, x, y));
      if (data) yield { tileId: id, data };
      done++;
    }
  }
}

function zoomRange(): number[] {
  return Array.from({ length: MAX_ZOOM - MIN_ZOOM + 1 }, (_, i) => MIN_ZOOM + i);
}

function buildSlices(features: readonly TileFeature[]): Slice[] {
  const groups = new Map<string, { layer: TileLayer; firstZoom: number; features: Feature[] }>();
  for (const { layer, firstZoom, feature } of features) {
    const key = `${layer} ${firstZoom}`;
    const group = groups.get(key) ?? { layer, firstZoom, features: [] };
    groups.set(key, group);
    group.features.push(feature);
  }
  return [...groups.values()]
    .sort((a, b) => tileLayers.indexOf(a.layer) - tileLayers.indexOf(b.layer) || b.firstZoom - a.firstZoom)
    .map(({ layer, firstZoom, features }) => ({ layer, firstZoom, index: indexOf(features) }));
}

function indexOf(features: Feature[]): GeoJSONVT {
  const options = { maxZoom: MAX_ZOOM, indexMaxZoom: MIN_ZOOM, indexMaxPoints: 0, tolerance: 3, extent: EXTENT, buffer: BUFFER };
  return new GeoJSONVT({ type: 'FeatureCollection', features }, options);
}

function layersAt(slices: readonly Slice[], z: number, x: number, y: number): Map<TileLayer, GeoJSONVTFeature[]> {
  const layers = new Map<TileLayer, GeoJSONVTFeature[]>();
  for (const { layer, firstZoom, index } of slices) {
    const features = z >= firstZoom ? index.getTile(z, x, y)?.features : undefined;
    if (!features?.length) continue;
    const present = layers.get(layer);
    if (present) present.push(...features);
    else layers.set(layer, [...features]);
  }
  return layers;
}

/** Tiles of one zoom that touch the box: [id, x, y] in rising order of id. */
function idsAt([west, south, east, north]: Bbox, z: number): [id: number, x: number, y: number][] {
  const side = 2 ** z;
  const clamp = (value: number) => Math.min(Math.max(Math.floor(value * side), 0), side - 1);
  const ids: [number, number, number][] = [];
  for (let x = clamp(mercatorX(west)); x <= clamp(mercatorX(east)); x++) {
    for (let y = clamp(mercatorY(north)); y <= clamp(mercatorY(south)); y++) ids.push([tileId(z, x, y), x, y]);
  }
  return ids.sort((a, b) => a[0] - b[0]);
}

/** Web Mercator, the whole world in 0 to 1, y downwards. */
function mercatorX(lng: number): number {
  return lng / 360 + 0.5;
}

function mercatorY(lat: number): number {
  const sine = Math.sin((lat * Math.PI) / 180);
  return 0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI;
}
