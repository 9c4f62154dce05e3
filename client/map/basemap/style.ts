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
  /** Absolute URL of the region's tiles, with its version: what is kept of it is never out of date. */
  tiles: string;
  fonts?: FontFacesSpecification | undefined;
  buildings3d?: boolean;
  /** Operational areas and lines: over the ground, under the names. */
  areas?: LayerSpecification[];
  /** Operational marks: over the names. */
  marks?: LayerSpecification[];
}

export function basemapStyle(options: BasemapOptions): StyleSpecification {
  const palette = basemapPalettes[options.theme];
  const extruded = options.buildings3d ?? false;
  const style: StyleSpecification = {
    version: 8,
    name: `jianmian-${options.theme}`,
    sources: { [basemapSource]: { type: 'vector', url: `pmtiles://${options.tiles}` } },
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
