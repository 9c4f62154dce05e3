import { byZoom, get } from '../basemap/expressions.ts';
import { regularFont } from '../basemap/fonts.ts';
import { collection } from '../sources/features.ts';
import { searchedFeatures } from '../sources/posterior.ts';
import type { MapLayer } from './layer.ts';

const source = 'searched';

/** Name of the hatched disc over a place that was searched. */
export const hatchImage = (theme: 'dark' | 'light') => `hatch/${theme}`;

/** Where somebody looked without finding her, hatched, with the time and how likely she would have been found. */
export const searchedLayer: MapLayer = {
  id: source,
  inputs: scene => [scene.posterior?.places, scene.switches.searched],
  features: ({ posterior, switches }) => collection(switches.searched ? searchedFeatures(posterior) : []),
  marks: ({ theme, colors, halo }) => [
    {
      id: 'searched-line',
      type: 'line',
      source,
      filter: ['==', ['get', 'role'], 'line'],
      paint: {
        'line-color': colors.text,
        'line-opacity': 0.75,
        'line-width': byZoom(1, [
          [11, 5],
          [16, 14],
        ]),
        // Far shorter than the line is wide: strokes across the road.
        'line-dasharray': [0.14, 0.5],
      },
    },
    {
      id: 'searched-place',
      type: 'symbol',
      source,
      filter: ['==', ['get', 'role'], 'place'],
      layout: {
        'icon-image': hatchImage(theme),
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'icon-size': byZoom(1, [
          [10, 0.6],
          [14, 1],
        ]),
      },
    },
    {
      id: 'searched-text',
      type: 'symbol',
      source,
      minzoom: 11,
      filter: ['!=', ['get', 'role'], 'line'],
      layout: {
        'text-field': get('text'),
        'text-font': regularFont,
        'text-size': 11.5,
        'text-variable-anchor': ['top', 'right', 'left'],
        'text-radial-offset': 1.6,
      },
      paint: { 'text-color': colors['text-2'], 'text-halo-color': halo, 'text-halo-width': 1.8 },
    },
  ],
};
