import type { ExpressionSpecification } from 'maplibre-gl';
import { byZoom } from '../basemap/expressions.ts';
import { collection } from '../sources/features.ts';
import { coverageFeatures } from '../sources/coverage.ts';
import type { MapLayer } from './layer.ts';

const role = (name: string): ExpressionSpecification => ['==', ['get', 'role'], name];

/**
 * Faint areas of antennas, the roads before cameras, and main roads without any: there 'nobody was seen' means
 * nothing. A stretch whose camera is down is neither seen nor without a camera.
 */
export const coverageLayer: MapLayer = {
  id: 'coverage',
  inputs: scene => [scene.coverage, scene.switches.coverage, scene.switches.coverage && scene.cameras],
  features: ({ coverage, cameras, switches }) =>
    collection(coverage && switches.coverage ? coverageFeatures(coverage, cameras) : []),
  areas: ({ colors }) => [
    {
      id: 'coverage-sector',
      type: 'fill',
      source: 'coverage',
      filter: role('sector'),
      paint: {
        'fill-color': [
          'match',
          ['get', 'tint'],
          0,
          colors.accent,
          1,
          colors['state-enRoute'],
          colors['state-dispatched'],
        ],
        'fill-opacity': byZoom(1, [
          [10, 0.13],
          [15, 0.07],
        ]),
        'fill-antialias': false,
      },
    },
    {
      id: 'coverage-unwatched',
      type: 'line',
      source: 'coverage',
      filter: role('unwatched'),
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-color': colors.warn,
        'line-opacity': 0.9,
        'line-width': byZoom(1, [
          [9, 1.4],
          [15, 3.2],
        ]),
        'line-dasharray': [0.2, 2.2],
      },
    },
    {
      id: 'coverage-watched',
      type: 'line',
      source: 'coverage',
      filter: role('watched'),
      layout: { 'line-cap': 'round' },
      paint: {
        'line-color': ['case', ['get', 'up'], colors.ok, colors.bad],
        'line-opacity': 0.75,
        'line-width': byZoom(1, [
          [10, 4],
          [16, 9],
        ]),
      },
    },
  ],
  marks: ({ colors }) => [
    {
      id: 'coverage-exit',
      type: 'circle',
      source: 'coverage',
      filter: role('exit'),
      paint: {
        'circle-radius': 5,
        'circle-color': colors['surface-1'],
        'circle-stroke-color': ['case', ['get', 'watched'], colors.ok, colors.warn],
        'circle-stroke-width': 2.5,
      },
    },
  ],
};
