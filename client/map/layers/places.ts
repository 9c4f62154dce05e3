import { byZoom } from '../basemap/expressions.ts';
import { regularFont } from '../basemap/fonts.ts';
import { collection } from '../sources/features.ts';
import { placeFeatures } from '../sources/reference.ts';
import { type MapLayer, targetOf } from './layer.ts';

/** Banks, hotels, parks and the like, by kind; the ones worth searching are drawn by `posterior`. */
export const placesLayer: MapLayer = {
  id: 'places',
  inputs: scene => [scene.places, scene.lang, scene.selection, scene.switches.places],
  features: ({ places, lang, selection, switches }) =>
    collection(switches.places ? placeFeatures(places, lang, selection) : []),
  marks: ({ colors, halo }) => [
    {
      id: 'places-mark',
      type: 'symbol',
      source: 'places',
      minzoom: 11,
      layout: {
        'icon-image': ['concat', 'place-', ['get', 'kind']],
        'icon-size': byZoom(1, [
          [11, 0.4],
          [15, 0.66],
        ]),
        'icon-padding': 1,
        'symbol-sort-key': ['case', ['get', 'selected'], 0, 1],
        'text-field': ['step', ['zoom'], '', 14.5, ['get', 'name']],
        'text-font': regularFont,
        'text-size': 11.5,
        'text-anchor': 'top',
        'text-offset': [0, 0.9],
        'text-max-width': 8,
        'text-optional': true,
      },
      paint: {
        'icon-color': ['case', ['get', 'selected'], colors.focus, colors['text-2']],
        'icon-halo-color': halo,
        'icon-halo-width': 1.4,
        'text-color': colors['text-2'],
        'text-halo-color': halo,
        'text-halo-width': 1.5,
      },
    },
  ],
  hit: { layers: ['places-mark'], target: targetOf('place') },
};
