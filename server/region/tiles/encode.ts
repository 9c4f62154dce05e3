/** One vector tile from the slices of all layers: degenerate shapes out, equal features joined, encoded as MVT 2. */
import type { GeoJSONVTFeature, GeoJSONVTFeatureNonPoint } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';

export const EXTENT = 4096;

type Ring = [number, number][];
type TileLike = Parameters<typeof fromGeojsonVt>[0][string];

/** @returns null when nothing is left of any layer */
export function encodeTile(layers: ReadonlyMap<string, GeoJSONVTFeature[]>): Uint8Array | null {
  const tile: Record<string, TileLike> = {};
  for (const [layer, features] of layers) {
    const kept = joined(features);
    // The encoder reads nothing of a tile but its features.
    if (kept.length > 0) tile[layer] = { features: kept } as unknown as TileLike;
  }
  return Object.keys(tile).length > 0 ? fromGeojsonVt(tile, { version: 2, extent: EXTENT }) : null;
}

/** Lines and polygons with the same attributes become one feature: a town's houses are written once, not 2,000 times. */
function joined(features: readonly GeoJSONVTFeature[]): GeoJSONVTFeature[] {
  const out: GeoJSONVTFeature[] = [];
  const groups = new Map<string, GeoJSONVTFeatureNonPoint>();
  for (const feature of features) {
    if (feature.type === 1) {
      out.push(feature);
      continue;
    }
    const shape = feature.type === 3 ? cleanPolygon(feature.geometry) : feature.geometry.flatMap(cleanLine);
    if (shape.length === 0) continue;
    const key = `${feature.type}${JSON.stringify(feature.tags)}`;
    const group = groups.get(key);
    if (group) group.geometry.push(...shape);
    else {
      const first: GeoJSONVTFeatureNonPoint = { type: feature.type, tags: feature.tags, geometry: shape };
      groups.set(key, first);
      out.push(first);
    }
  }
  return out;
}

function withoutRepeats(ring: Ring): Ring {
  return ring.filter((at, i) => i === 0 || at[0] !== ring[i - 1]![0] || at[1] !== ring[i - 1]![1]);
}

function cleanLine(line: Ring): Ring[] {
  const clean = withoutRepeats(line);
  return clean.length > 1 ? [clean] : [];
}

/** Rounding to the tile's grid may flatten a ring; a flat outline takes its holes with it. */
function cleanPolygon(rings: Ring[]): Ring[] {
  const clean = rings.map(withoutRepeats);
  const outer = clean[0];
  return outer && isRing(outer) ? clean.filter(isRing) : [];
}

function isRing(ring: Ring): boolean {
  return ring.length >= 4 && twiceArea(ring) !== 0;
}

function twiceArea(ring: Ring): number {
  let sum = 0;
  for (let i = 1; i < ring.length; i++) sum += ring[i - 1]![0] * ring[i]![1] - ring[i]![0] * ring[i - 1]![1];
  return sum;
}
