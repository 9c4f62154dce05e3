import { boldFont } from '../basemap/fonts.ts';
import { byZoom } from '../basemap/expressions.ts';
import { collection } from '../sources/features.ts';
import { stationFeatures } from '../sources/reference.ts';
import { type MapLayer, targetOf } from './layer.ts';

/** Police stations: a shield, always there; the name when there is room. */
export const stationsLayer: MapLayer = {
  id: 'stations',
  inputs: scene => [scene.stations, scene.lang, scene.selection, scene.switches.stations],
  features: ({ stations, lang, selection, switches }) =>
    collection(switches.stations ? stationFeatures(stations, lang, selection) : []),
  marks: ({ colors, halo }) => [
    {
      id: 'stations-disc',
      type: 'circle',
      source: 'stations',
      paint: {
        'circle-radius': byZoom(1, [
          [8, ['case', ['get', 'selected'], 9, 6]],
          [13, ['case', ['get', 'selected'], 15, 11]],
        ]),
        'circle-color': colors['surface-1'],
        'circle-opacity': 0.92,
        'circle-stroke-color': ['case', ['get', 'selected'], colors.focus, colors['risk-low']],
        'circle-stroke-width': ['case', ['get', 'selected'], 2.5, 1.2],
      },
    },
    {
      id: 'stations-mark',
      type: 'symbol',
      source: 'stations',
      layout: {
        'icon-image': 'place-police',
        'icon-size': byZoom(1, [
          [8, 0.34],
          [13, 0.6],
        ]),
        'icon-allow-overlap': true,
        'text-field': ['step', ['zoom'], '', 11.8, ['get', 'name']],
        'text-font': boldFont,
        'text-size': 12,
        'text-anchor': 'top',
        'text-offset': [0, 1.2],
        'text-optional': true,
      },
      paint: {
        'icon-color': colors['risk-low'],
        'text-color': colors['risk-low'],
        'text-halo-color': halo,
        'text-halo-width': 1.6,
      },
    },
  ],
  hit: { layers: ['stations-disc', 'stations-mark'], target: targetOf('station') },
};
