import { boldFont } from '../basemap/fonts.ts';
import { collection } from '../sources/features.ts';
import { jurisdictionFeatures } from '../sources/reference.ts';
import type { MapLayer } from './layer.ts';

/** Areas that stations answer for; dashed where the boundary is only estimated. */
export const jurisdictionsLayer: MapLayer = {
  id: 'jurisdictions',
  inputs: scene => [scene.jurisdictions, scene.lang, scene.switches.jurisdictions],
  features: ({ jurisdictions, lang, switches }) =>
    collection(switches.jurisdictions ? jurisdictionFeatures(jurisdictions, lang) : []),
  areas: ({ colors }) => {
    const line = { type: 'line', source: 'jurisdictions', layout: { 'line-join': 'round' } } as const;
    return [
      {
        ...line,
        id: 'jurisdictions-glow',
        paint: { 'line-color': colors.accent, 'line-width': 7, 'line-blur': 5, 'line-opacity': 0.1 },
      },
      {
        ...line,
        id: 'jurisdictions-line',
        filter: ['!', ['get', 'estimated']],
        paint: { 'line-color': colors.accent, 'line-width': 1, 'line-opacity': 0.45 },
      },
      {
        ...line,
        id: 'jurisdictions-estimated',
        filter: ['get', 'estimated'],
        paint: {
          'line-color': colors.accent,
          'line-width': 1,
          'line-opacity': 0.5,
          'line-dasharray': [4, 3],
        },
      },
    ];
  },
  marks: ({ colors, halo }) => [
    {
      id: 'jurisdictions-name',
      type: 'symbol',
      source: 'jurisdictions',
      minzoom: 9,
      maxzoom: 12.5,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': boldFont,
        'text-size': 12,
        'text-letter-spacing': 0.12,
        'text-padding': 12,
      },
      paint: {
        'text-color': colors.accent,
        'text-opacity': 0.85,
        'text-halo-color': halo,
        'text-halo-width': 1.6,
      },
    },
  ],
};
