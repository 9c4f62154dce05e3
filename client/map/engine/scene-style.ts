/** The whole style for a scene: base map, operational layers and their present data. Pure. */
import type { FeatureCollection } from 'geojson';
import type {
  FontFacesSpecification,
  LayerSpecification,
  SourceSpecification,
  StyleSpecification,
} from 'maplibre-gl';
import { themeColors } from '../../ui/tokens.ts';
import { basemapPalettes } from '../basemap/palette.ts';
import { byZoom } from '../basemap/expressions.ts';
import { scaledLayer } from '../basemap/scale.ts';
import { basemapStyle } from '../basemap/style.ts';
import { layersOf } from '../layers/index.ts';
import type { Look } from '../layers/layer.ts';
import { measureLayers, measureSource } from '../layers/measure.ts';
import { clusterSource, unitLabelSource, unitSymbolLayers } from '../layers/unit-symbols.ts';
import type { LngLat, MapScene } from '../scene.ts';
import { collection } from '../sources/features.ts';

export const surfaceSource = 'surface';
export type Corners = [LngLat, LngLat, LngLat, LngLat];

export interface StyleInputs {
  /** Origin of the page, e.g. `https://command.example`; the tiles are asked of no other. */
  origin: string;
  fonts: FontFacesSpecification | undefined;
  /** Data of the sources that are not the scene's, by id, so that a change of theme does not blank them. */
  other: ReadonlyMap<string, FeatureCollection>;
  /** Where the probability surface lies at the moment. */
  corners: Corners;
}

/** The picture of the probability, under the overlay's own areas. */
const surfaceLayer: LayerSpecification = {
  id: 'surface',
  type: 'raster',
  source: surfaceSource,
  paint: {
    'raster-fade-duration': 0,
    'raster-resampling': 'linear',
    // In the street the roads under it matter more than the picture of the whole.
    'raster-opacity': byZoom(1, [
      [13, 0.95],
      [17, 0.6],
    ]),
  },
};

/** Slices that ask for another style, not just for other data. */
export function styleInputs({
  tilesUrl,
  theme,
  lang,
  scale,
  switches,
  overlay,
}: MapScene): readonly unknown[] {
  return [tilesUrl, theme, lang, scale, switches.buildings3d, overlay ?? null];
}

export function sceneStyle(scene: MapScene, inputs: StyleInputs): StyleSpecification {
  const look: Look = {
    theme: scene.theme,
    colors: themeColors[scene.theme],
    halo: basemapPalettes[scene.theme].halo,
    boundary: basemapPalettes[scene.theme].boundary,
  };
  const sceneLayers = layersOf(scene);
  const style = basemapStyle({
    theme: scene.theme,
    lang: scene.lang,
    tiles: `${inputs.origin}${scene.tilesUrl}`,
    fonts: inputs.fonts,
    buildings3d: scene.switches.buildings3d,
    areas: sceneLayers.flatMap(layer => [
      ...(layer === scene.overlay?.ground[0] ? [surfaceLayer] : []),
      ...(layer.areas?.(look) ?? []),
    ]),
    marks: [
      ...sceneLayers.flatMap(layer => layer.marks?.(look) ?? []),
      ...unitSymbolLayers(look),
      ...measureLayers(look),
    ],
  });
  const geojson = (data: FeatureCollection): SourceSpecification => ({ type: 'geojson', data });
  style.sources[surfaceSource] = { type: 'image', coordinates: inputs.corners };
  for (const layer of sceneLayers) style.sources[layer.id] = geojson(layer.features(scene));
  for (const id of [unitLabelSource, clusterSource, measureSource]) {
    style.sources[id] = geojson(inputs.other.get(id) ?? collection([]));
  }
  style.layers = style.layers.map(layer => scaledLayer(layer, scene.scale ?? 1));
  return style;
}
