import { type ArchiveStats, writeArchive } from './pmtiles/archive.ts';
import type { LngLat, RegionSource } from './source.ts';
import { tileFeatures, tileFields, tileLayers } from './tiles/features.ts';
import { sliceTiles } from './tiles/slices.ts';
import { MAX_ZOOM, MIN_ZOOM } from './tiles/zooms.ts';

const CENTER_ZOOM = 12;

/**
 * Writes a region's basemap as one PMTiles archive, zoom 5 to 15.
 * @param onShare called with the share that is done, 0 to 1
 */
export async function writeBasemap(
  source: RegionSource,
  path: string,
  onShare: (share: number) => void = () => {},
): Promise<ArchiveStats> {
  const [west, south, east, north] = source.bbox;
  const center: LngLat = [(west + east) / 2, (south + north) / 2];
  return await writeArchive(path, sliceTiles(tileFeatures(source), source.bbox, onShare), {
    minZoom: MIN_ZOOM,
    maxZoom: MAX_ZOOM,
    bbox: source.bbox,
    center,
    centerZoom: CENTER_ZOOM,
    metadata: {
      name: source.name,
      description: source.fictional
        ? 'A fictional county; no place in it exists.'
        : 'Basemap of an imported extract.',
      attribution: source.attribution,
      type: 'baselayer',
      vector_layers: tileLayers.map(id => ({
        id,
        fields: tileFields[id],
        minzoom: MIN_ZOOM,
        maxzoom: MAX_ZOOM,
      })),
    },
  });
}
