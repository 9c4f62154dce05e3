/** The base map: one function from theme and language to a MapLibre style over the region's own tiles. */
import type { FontFacesSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { Theme } from '../../ui/tokens.ts';
import type { Lang } from '../scene.ts';
import { boundaryLayers, buildingLayers, landLayers } from './areas.ts';
import { labelLayers } from './labels.ts';
import { basemapPalettes } from './palette.ts';
import { basemapSource, pathAndRailLayers, roadLayers } from './roads.ts';

export interface BasemapOptions {
  theme: Theme;
  lang: Lang;
  /** Origin of the page, e.g. `https://command.example`; the tiles are asked of no other. */
  origin: string;
  fonts?: FontFacesSpecification | undefined;
  buildings3d?: boolean;
  /** Operational areas and lines: over the ground, under the names. */
  areas?: LayerSpecification[];
  /** Operational marks: over the names. */
  marks?: LayerSpecification[];
}

/** Path of the tiles, the same on every installation. */
const tilesPath = '/tiles/basemap.pmtiles';

export function basemapStyle(options: BasemapOptions): StyleSpecification {
  const palette = basemapPalettes[options.theme];
  const extruded = options.buildings3d ?? false;
  const style: StyleSpecification = {
    version: 8,
    name: `jianmian-${options.theme}`,
    sources: { [basemapSource]: { type: 'vector', url: `pmtiles://${options.origin}${tilesPath}` } },
    layers: [
      ...landLayers(palette),
      ...(extruded ? [] : buildingLayers(palette, false)),
      ...pathAndRailLayers(palette),
      ...roadLayers(palette),
      ...(extruded ? buildingLayers(palette, true) : []),
      ...boundaryLayers(palette),
      ...(options.areas ?? []),
      ...labelLayers(palette, options.lang),
      ...(options.marks ?? []),
    ],
  };
  if (options.fonts) style['font-faces'] = options.fonts;
  return style;
}
