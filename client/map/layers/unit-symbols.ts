/** Names of units and counts of clusters; their features come with every batch of positions, not with the scene. */
import type { LayerSpecification } from 'maplibre-gl';
import { byZoom } from '../basemap/expressions.ts';
import { boldFont, regularFont } from '../basemap/fonts.ts';
import type { Look } from './layer.ts';

export const unitLabelSource = 'unit-labels';
export const clusterSource = 'unit-clusters';

export function unitSymbolLayers({ colors, halo }: Look): LayerSpecification[] {
  return [
    {
      id: 'unit-clusters-disc',
      type: 'circle',
      source: clusterSource,
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['ln', ['get', 'count']], 0.7, 12, 6, 26],
        'circle-color': colors['surface-1'],
        'circle-opacity': 0.9,
        'circle-stroke-color': [
          'case',
          ['>', ['get', 'available'], 0],
          colors['state-available'],
          colors['state-outOfService'],
        ],
        'circle-stroke-width': 2,
      },
    },
    {
      id: 'unit-clusters-count',
      type: 'symbol',
      source: clusterSource,
      layout: {
        'text-field': ['to-string', ['get', 'count']],
        'text-font': boldFont,
        'text-size': ['interpolate', ['linear'], ['ln', ['get', 'count']], 0.7, 12, 6, 18],
        'text-allow-overlap': true,
        'text-ignore-placement': true,
      },
      paint: { 'text-color': colors.text },
    },
    {
      id: 'unit-labels-text',
      type: 'symbol',
      source: unitLabelSource,
      layout: {
        'text-field': ['get', 'text'],
        'text-font': regularFont,
        'text-size': byZoom(1, [
          [11, 11],
          [16, 13],
        ]),
        'text-variable-anchor': ['top', 'bottom', 'left', 'right'],
        'text-radial-offset': ['case', ['==', ['get', 'order'], 0], 2, 1.35],
        'text-justify': 'auto',
        'text-line-height': 1.1,
        'text-padding': 1,
        'symbol-sort-key': ['get', 'order'],
      },
      paint: {
        'text-color': ['case', ['get', 'stale'], colors['text-3'], colors.text],
        'text-halo-color': halo,
        'text-halo-width': 1.8,
      },
    },
  ];
}
