import type { ExpressionSpecification } from 'maplibre-gl';
import { byZoom } from '../basemap/expressions.ts';
import { collection } from '../sources/features.ts';
import { closureFeatures } from '../sources/closures.ts';
import { type MapLayer, targetOf } from './layer.ts';

/** Always red on white, as the barriers on the road are, in either theme. */
const barrier = { red: '#d4252b', white: '#ffffff' } as const;

/** Roads that nobody gets through: barred red and white, with the sign for it. There is no switch: all must know. */
export const closuresLayer: MapLayer = {
  id: 'closures',
  inputs: scene => [scene.closures, scene.selection],
  features: ({ closures, selection }) => collection(closureFeatures(closures, selection)),
  areas: ({ colors }) => {
    const isRoad: ExpressionSpecification = ['==', ['get', 'role'], 'road'];
    const road = { type: 'line', source: 'closures', filter: isRoad } as const;
    const width = (extra: number) =>
      byZoom(1.3, [
        [10, 2.5 + extra],
        [16, 7 + extra],
      ]);
    return [
      {
        ...road,
        id: 'closures-edge',
        layout: { 'line-cap': 'round', 'line-join': 'round' },
        paint: {
          'line-color': ['case', ['get', 'selected'], colors.focus, barrier.red],
          'line-width': width(1.8),
        },
      },
      {
        ...road,
        id: 'closures-white',
        layout: { 'line-join': 'round' },
        paint: { 'line-color': barrier.white, 'line-width': width(0) },
      },
      {
        ...road,
        id: 'closures-red',
        layout: { 'line-join': 'round' },
        paint: { 'line-color': barrier.red, 'line-width': width(0), 'line-dasharray': [1.2, 1.2] },
      },
    ];
  },
  marks: ({ colors }) => [
    {
      id: 'closures-ground',
      type: 'circle',
      source: 'closures',
      filter: ['==', ['get', 'role'], 'sign'],
      paint: {
        'circle-radius': byZoom(1, [
          [9, 7],
          [14, 11],
        ]),
        'circle-color': barrier.white,
        'circle-stroke-width': ['case', ['get', 'selected'], 3, 0],
        'circle-stroke-color': colors.focus,
      },
    },
    {
      id: 'closures-sign',
      type: 'symbol',
      source: 'closures',
      filter: ['==', ['get', 'role'], 'sign'],
      layout: {
        'icon-image': 'no-entry',
        'icon-size': byZoom(1, [
          [9, 0.55],
          [14, 0.86],
        ]),
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
      },
      paint: { 'icon-color': barrier.red },
    },
  ],
  hit: { layers: ['closures-sign', 'closures-edge'], target: targetOf('closure') },
};
