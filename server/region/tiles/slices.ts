/**
 * Cuts features into tiles. The tiles of high zooms are cut block by block, each block with an index of its own that
 * is thrown away after: an index keeps every tile it ever cut, and a whole county's would fill the memory.
 */
import { GeoJSONVT, type GeoJSONVTFeature } from '@maplibre/geojson-vt';
import type { Position } from 'geojson';
import type { Tile } from '../pmtiles/archive.ts';
import { tileId } from '../pmtiles/tile-id.ts';
import type { Bbox } from '../source.ts';
import { encodeTile, EXTENT } from './encode.ts';
import { type TileFeature, type TileLayer, tileLayers } from './features.ts';
import { MAX_ZOOM, MIN_ZOOM } from './zooms.ts';

/** Widest stroke of a style, in tile units on each side, so that lines meet across tile edges. */
const BUFFER = 80;
/** A block is one tile of this zoom with all below it. */
const BLOCK_ZOOM = 10;

type TileXY = [x: number, y: number];

/**
 * All tiles that have something in them, in no particular order.
 * @param onShare called now and then with the share of blocks that are done, 0 to 1
 */
export function* sliceTiles(
  features: readonly TileFeature[],
  bbox: Bbox,
  onShare: (share: number) => void,
): Generator<Tile> {
  const overview = buildSlices(features.filter(feature => feature.firstZoom < BLOCK_ZOOM));
  for (let z = MIN_ZOOM; z < BLOCK_ZOOM; z++) yield* cutTiles(overview, z, tilesOf(bbox, z));
  const blocks = sortIntoBlocks(features, bbox);
  let done = 0;
  for (const { x, y, members } of blocks) {
    onShare(done++ / blocks.length);
    const slices = buildSlices(members);
    for (let z = BLOCK_ZOOM; z <= MAX_ZOOM; z++) yield* cutTiles(slices, z, tilesBelow([x, y], z, bbox));
  }
}

interface Block {
  x: number;
  y: number;
  members: TileFeature[];
}

function sortIntoBlocks(features: readonly TileFeature[], bbox: Bbox): Block[] {
  const blocks = new Map<number, Block>();
  for (const [x, y] of tilesOf(bbox, BLOCK_ZOOM)) blocks.set(tileId(BLOCK_ZOOM, x, y), { x, y, members: [] });
  const margin = BUFFER / EXTENT;
  for (const member of features) {
    const [left, top, right, bottom] = worldBox(member);
    const side = 2 ** BLOCK_ZOOM;
    for (let x = Math.floor(left * side - margin); x <= right * side + margin; x++) {
      for (let y = Math.floor(top * side - margin); y <= bottom * side + margin; y++) {
        if (x >= 0 && y >= 0 && x < side && y < side)
          blocks.get(tileId(BLOCK_ZOOM, x, y))?.members.push(member);
      }
    }
  }
  return [...blocks.values()].filter(block => block.members.length > 0);
}

/** Extent of a feature in the unit square of Web Mercator: left, top, right, bottom. */
function worldBox({ feature: { geometry } }: TileFeature): [number, number, number, number] {
  const box: [number, number, number, number] = [1, 1, 0, 0];
  const add = ([lng = 0, lat = 0]: Position) => {
    const x = mercatorX(lng);
    const y = mercatorY(lat);
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  };
  if (geometry.type === 'Point') add(geometry.coordinates);
  else if (geometry.type === 'LineString') geometry.coordinates.forEach(add);
  else geometry.coordinates[0]?.forEach(add);
  return box;
}

/** One index for each layer and first zoom. Within a layer the latest start first, so that the important is on top. */
interface Slice {
  layer: TileLayer;
  firstZoom: number;
  index: GeoJSONVT;
}

function buildSlices(features: readonly TileFeature[]): Slice[] {
  const groups = new Map<string, { layer: TileLayer; firstZoom: number; members: TileFeature[] }>();
  for (const member of features) {
    const { layer, firstZoom } = member;
    const key = `${layer} ${firstZoom}`;
    const group = groups.get(key) ?? { layer, firstZoom, members: [] };
    groups.set(key, group);
    group.members.push(member);
  }
  return [...groups.values()]
    .sort((a, b) => tileLayers.indexOf(a.layer) - tileLayers.indexOf(b.layer) || b.firstZoom - a.firstZoom)
    .map(({ layer, firstZoom, members }) => ({ layer, firstZoom, index: indexOf(members) }));
}

function indexOf(members: readonly TileFeature[]): GeoJSONVT {
  return new GeoJSONVT(
    { type: 'FeatureCollection', features: members.map(member => member.feature) },
    { maxZoom: MAX_ZOOM, indexMaxZoom: 0, tolerance: 3, extent: EXTENT, buffer: BUFFER },
  );
}

function* cutTiles(slices: readonly Slice[], z: number, tiles: Iterable<TileXY>): Generator<Tile> {
  for (const [x, y] of tiles) {
    const data = encodeTile(layersAt(slices, z, x, y));
    if (data) yield { tileId: tileId(z, x, y), data };
  }
}

function layersAt(
  slices: readonly Slice[],
  z: number,
  x: number,
  y: number,
): Map<TileLayer, GeoJSONVTFeature[]> {
  const layers = new Map<TileLayer, GeoJSONVTFeature[]>();
  for (const { layer, firstZoom, index } of slices) {
    const features = z >= firstZoom ? index.getTile(z, x, y)?.features : undefined;
    if (!features?.length) continue;
    layers.set(layer, (layers.get(layer) ?? []).concat(features));
  }
  return layers;
}

/** First and last tile of a zoom that touch the box. */
function tileRange([west, south, east, north]: Bbox, z: number): [from: TileXY, to: TileXY] {
  const side = 2 ** z;
  const clamp = (share: number) => Math.min(Math.max(Math.floor(share * side), 0), side - 1);
  return [
    [clamp(mercatorX(west)), clamp(mercatorY(north))],
    [clamp(mercatorX(east)), clamp(mercatorY(south))],
  ];
}

function* tilesBetween([fromX, fromY]: TileXY, [toX, toY]: TileXY): Generator<TileXY> {
  for (let x = fromX; x <= toX; x++) for (let y = fromY; y <= toY; y++) yield [x, y];
}

function tilesOf(bbox: Bbox, z: number): Generator<TileXY> {
  return tilesBetween(...tileRange(bbox, z));
}

/** Tiles of a zoom that lie in a block and touch the box. */
function tilesBelow([x, y]: TileXY, z: number, bbox: Bbox): Generator<TileXY> {
  const scale = 2 ** (z - BLOCK_ZOOM);
  const [from, to] = tileRange(bbox, z);
  return tilesBetween(
    [Math.max(x * scale, from[0]), Math.max(y * scale, from[1])],
    [Math.min((x + 1) * scale - 1, to[0]), Math.min((y + 1) * scale - 1, to[1])],
  );
}

/** Web Mercator, the whole world in 0 to 1, y downwards. */
function mercatorX(lng: number): number {
  return lng / 360 + 0.5;
}

function mercatorY(lat: number): number {
  const sine = Math.sin((lat * Math.PI) / 180);
  return 0.5 - (0.25 * Math.log((1 + sine) / (1 - sine))) / Math.PI;
}
