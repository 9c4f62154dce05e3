import { byZoom } from '../basemap/expressions.ts';
import { boldFont, regularFont } from '../basemap/fonts.ts';
import { collection } from '../sources/features.ts';
import { rankedPlaceFeatures, regionFeatures } from '../sources/posterior.ts';
import { heat } from './heat.ts';
import { type MapLayer, targetOf } from './layer.ts';
import { rankedImage } from './mark-images.ts';

/** Outlines of the areas that hold 50, 80, 90 and 95 % of the probability; the surface itself is drawn by the engine's image. */
export const regionsLayer: MapLayer = {
  id: 'regions',
  inputs: scene => [scene.posterior?.regions, scene.switches.posterior],
  features: ({ posterior, switches }) => collection(switches.posterior ? regionFeatures(posterior) : []),
  areas: ({ theme, halo }) => {
    const color = heat[theme].edge;
    return [
      {
        id: 'regions-fill',
        type: 'fill',
        source: 'regions',
        paint: { 'fill-color': heat[theme].fill, 'fill-opacity': 0.05, 'fill-antialias': false },
      },
      {
        id: 'regions-edge',
        type: 'line',
        source: 'regions',
        layout: { 'line-join': 'round' },
        paint: {
          'line-color': color,
          'line-width': ['interpolate', ['linear'], ['get', 'share'], 0.5, 2.2, 0.95, 0.9],
          'line-opacity': ['interpolate', ['linear'], ['get', 'share'], 0.5, 0.95, 0.95, 0.5],
        },
      },
      {
        id: 'regions-share',
        type: 'symbol',
        source: 'regions',
        minzoom: 10,
        layout: {
          'symbol-placement': 'line',
          'symbol-spacing': 600,
          'text-field': ['get', 'text'],
          'text-font': boldFont,
          'text-size': 11,
        },
        paint: { 'text-color': color, 'text-halo-color': halo, 'text-halo-width': 1.8 },
      },
    ];
  },
};

/** Places worth a look, by rank. */
export const rankedPlacesLayer: MapLayer = {
  id: 'ranked-places',
  inputs: scene => [scene.posterior?.places, scene.switches.posterior],
  features: ({ posterior, switches }) => collection(switches.posterior ? rankedPlaceFeatures(posterior) : []),
  marks: ({ theme, colors, halo }) => [
    {
      id: 'ranked-places-mark',
      type: 'symbol',
      source: 'ranked-places',
      layout: {
        'icon-image': rankedImage(theme),
        'icon-size': byZoom(1, [
          [10, 0.7],
          [14, 1],
        ]),
        'icon-allow-overlap': ['step', ['zoom'], false, 13, true],
        'symbol-sort-key': ['get', 'rank'],
        'text-field': ['get', 'text'],
        'text-font': regularFont,
        'text-size': 12,
        'text-anchor': 'left',
        'text-offset': [1.5, 0],
        'text-max-width': 12,
        'text-justify': 'left',
        'text-optional': true,
      },
      paint: { 'text-color': colors.text, 'text-halo-color': halo, 'text-halo-width': 1.8 },
    },
  ],
  hit: { layers: ['ranked-places-mark'], target: targetOf('place') },
};
