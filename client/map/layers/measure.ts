/** The measuring line, over everything else in the map. */
import type { LayerSpecification } from 'maplibre-gl';
import { boldFont } from '../basemap/fonts.ts';
import type { Look } from './layer.ts';

export const measureSource = 'measure';

export function measureLayers({ colors, halo }: Look): LayerSpecification[] {
  return [
    {
      id: 'measure-line',
      type: 'line',
      source: measureSource,
      filter: ['==', ['get', 'role'], 'line'],
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': colors.focus, 'line-width': 2.5 },
    },
    {
      id: 'measure-corner',
      type: 'circle',
      source: measureSource,
      filter: ['==', ['get', 'role'], 'corner'],
      paint: {
        'circle-radius': 4,
        'circle-color': halo,
        'circle-stroke-color': colors.focus,
        'circle-stroke-width': 2,
      },
    },
    {
      id: 'measure-text',
      type: 'symbol',
      source: measureSource,
      filter: ['==', ['get', 'role'], 'corner'],
      layout: {
        'text-field': ['get', 'text'],
        'text-font': boldFont,
        'text-size': 13,
        'text-anchor': 'left',
        'text-offset': [0.8, 0],
        'text-allow-overlap': true,
      },
      paint: { 'text-color': colors.text, 'text-halo-color': halo, 'text-halo-width': 2 },
    },
  ];
}
