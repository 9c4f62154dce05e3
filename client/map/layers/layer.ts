/**
 * One operational layer: which slices of the scene it depends on, its features, and how they look. Pure; the
 * engine owns the map and calls these.
 */
import type { FeatureCollection } from 'geojson';
import type { LayerSpecification } from 'maplibre-gl';
import type { BasemapPalette } from '../basemap/palette.ts';
import type { Theme, ThemeColors } from '../../ui/tokens.ts';
import type { MapScene, MapTarget } from '../scene.ts';

export interface Look {
  theme: Theme;
  colors: ThemeColors;
  /** Colour around text and marks that separates them from the map. */
  halo: string;
  /** Administrative borders: a tint of their own that no road has. */
  boundary: BasemapPalette['boundary'];
}

export interface MapLayer {
  /** Also the name of its source, and the prefix of its style layers. */
  id: string;
  /** When none of these changed by identity, `features` would give the same. */
  inputs: (scene: MapScene) => readonly unknown[];
  features: (scene: MapScene) => FeatureCollection;
  /** Style layers over the ground and under the names. */
  areas?: (look: Look) => LayerSpecification[];
  /** Style layers over the names. */
  marks?: (look: Look) => LayerSpecification[];
  /** Style layers that can be pointed at, and what a feature of them means. */
  hit?: { layers: readonly string[]; target: (properties: Record<string, unknown>) => MapTarget | null };
}

/** Ages change their text at most once a minute while they are above one. */
export function minuteOf(scene: MapScene): number {
  return Math.floor(scene.nowAt / 60_000);
}

/** Reads the id that every feature of a hit layer carries. */
export function targetOf(kind: 'station' | 'place' | 'segment' | 'sighting' | 'camera' | 'closure') {
  return (properties: Record<string, unknown>): MapTarget | null =>
    typeof properties.id === 'string' ? { kind, id: properties.id } : null;
}
