import { byZoom } from '../basemap/expressions.ts';
import { boldFont, regularFont } from '../basemap/fonts.ts';
import { collection } from '../sources/features.ts';
import { rankedPlaceFeatures, regionFeatures } from '../sources/posterior.ts';
import { heat } from './heat.ts';
import { type MapLayer, targetOf } from './layer.ts';
import { rankedImage } from './mark-images.ts';

/** Outlines: the narrower the area, the stronger. Dashes in widths of the line; without, it is unbroken. */
export const outlines: readonly { share: number; width: number; opacity: number; dash?: number[] }[] = [
  { share: 0.95, width: 1.1, opacity: 0.7, dash: [2, 3] },
  { share: 0.8, width: 1.4, opacity: 0.85, dash: [5, 2] },
  { share: 0.5, width: 2.4, opacity: 1 },
];

/** Outlines of the areas that hold 50, 80 and 95 % of the probability; the surface itself is drawn by the engine's image. */
export const regionsLayer: MapLayer = {
  id: 'regions',
  inputs: scene => [scene.posterior?.regions, scene.switches.posterior],
  features: ({ posterior, switches }) => collection(switches.posterior ? regionFeatures(posterior) : []),
  areas: ({ theme, halo }) => {
    const color = heat[theme].edge;
    return [
      ...outlines.map(({ share, width, opacity, dash }) => ({
        id: `regions-edge-${share * 100}`,
        type: 'line' as const,
        source: 'regions',
        filter: ['==', ['get', 'share'], share] as ['==', ['get', string], number],
        layout: { 'line-join': 'round' as const },
        paint: {
          'line-color': color,
          'line-width': width,
          'line-opacity': opacity,
          ...(dash && { 'line-dasharray': dash }),
        },
      })),
      {
        id: 'regions-share',
        type: 'symbol',
        source: 'regions',
        minzoom: 10,
        layout: {
          'symbol-placement': 'line',
          'symbol-spacing': 420,
          'symbol-sort-key': ['get', 'share'],
          'text-field': ['get', 'text'],
          'text-font': boldFont,
          'text-size': 11.5,
          'text-padding': 12,
        },
        paint: { 'text-color': color, 'text-halo-color': halo, 'text-halo-width': 2 },
      },
    ];
  },
};

/** Places worth a look, by rank; those that are lines along their length. */
export const rankedPlacesLayer: MapLayer = {
  id: 'ranked-places',
  inputs: scene => [scene.posterior?.places, scene.switches.posterior],
  features: ({ posterior, switches }) => collection(switches.posterior ? rankedPlaceFeatures(posterior) : []),
  marks: ({ theme, colors, halo }) => [
    {
      // Two lines beside the road: between them the surface shows.
      id: 'ranked-places-line',
      type: 'line',
      source: 'ranked-places',
      filter: ['==', ['get', 'role'], 'line'],
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': heat[theme].edge,
        'line-width': 2,
        'line-gap-width': byZoom(1, [
          [10, 2],
          [16, 10],
        ]),
      },
    },
    {
      id: 'ranked-places-mark',
      type: 'symbol',
      source: 'ranked-places',
      filter: ['==', ['get', 'role'], 'mark'],
      layout: {
        'icon-image': rankedImage(theme),
        'icon-size': byZoom(1, [
          [10, 0.7],
          [14, 1],
        ]),
        'icon-allow-overlap': ['step', ['zoom'], false, 12, true],
        'symbol-sort-key': ['get', 'rank'],
        'text-field': ['get', 'text'],
        'text-font': regularFont,
        'text-size': 12.5,
        'text-variable-anchor': ['left', 'right', 'bottom'],
        'text-radial-offset': 1.6,
        'text-max-width': 14,
        'text-justify': 'auto',
        'text-optional': true,
      },
      paint: { 'text-color': colors.text, 'text-halo-color': halo, 'text-halo-width': 1.8 },
    },
  ],
  hit: {
    layers: ['ranked-places-mark', 'ranked-places-line'],
    target: targetOf('place'),
  },
};
