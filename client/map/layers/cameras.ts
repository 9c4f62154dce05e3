import type { ExpressionSpecification } from 'maplibre-gl';
import { byZoom } from '../basemap/expressions.ts';
import { boldFont } from '../basemap/fonts.ts';
import { collection } from '../sources/features.ts';
import { cameraFeatures } from '../sources/reference.ts';
import { type MapLayer, targetOf } from './layer.ts';

/**
 * Cameras with the way that they look. One that is down is crossed out; while a trace is open, a ring tells one that
 * saw her from one that works and saw nothing.
 */
export const camerasLayer: MapLayer = {
  id: 'cameras',
  inputs: scene => [scene.cameras, scene.switches.cameras],
  features: ({ cameras, switches }) => collection(switches.cameras ? cameraFeatures(cameras) : []),
  marks: ({ colors, halo }) => {
    const color: ExpressionSpecification = ['case', ['get', 'up'], colors['text-2'], colors.bad];
    return [
      {
        id: 'cameras-watch',
        type: 'circle',
        source: 'cameras',
        minzoom: 10,
        filter: ['in', ['get', 'watch'], ['literal', ['hit', 'sawNothing', 'partly']]],
        paint: {
          'circle-radius': 11,
          'circle-color': ['match', ['get', 'watch'], 'hit', colors.accent, colors['surface-1']],
          'circle-opacity': ['match', ['get', 'watch'], 'hit', 0.35, 0.6],
          'circle-stroke-color': [
            'match',
            ['get', 'watch'],
            'hit',
            colors.accent,
            'partly',
            colors.warn,
            colors['text-2'],
          ],
          'circle-stroke-width': 1.5,
        },
      },
      {
        id: 'cameras-heading',
        type: 'symbol',
        source: 'cameras',
        minzoom: 13,
        filter: ['!=', ['get', 'headingDeg'], null],
        layout: {
          'icon-image': 'heading',
          'icon-size': 0.3,
          'icon-rotate': ['get', 'headingDeg'],
          'icon-offset': [0, -40],
          'icon-rotation-alignment': 'map',
          'icon-allow-overlap': true,
          'icon-ignore-placement': true,
        },
        paint: { 'icon-color': color, 'icon-opacity': 0.8 },
      },
      {
        id: 'cameras-mark',
        type: 'symbol',
        source: 'cameras',
        minzoom: 10,
        layout: {
          'icon-image': 'sighting-camera',
          'icon-size': byZoom(1, [
            [10, 0.36],
            [13, 0.5],
          ]),
          'icon-padding': 0,
        },
        paint: { 'icon-color': color, 'icon-halo-color': halo, 'icon-halo-width': 1.5 },
      },
      {
        id: 'cameras-down',
        type: 'symbol',
        source: 'cameras',
        minzoom: 10,
        filter: ['!', ['get', 'up']],
        layout: {
          'text-field': '✕',
          'text-font': boldFont,
          'text-size': 17,
          'text-allow-overlap': true,
          'text-ignore-placement': true,
        },
        paint: { 'text-color': colors.bad, 'text-halo-color': halo, 'text-halo-width': 1.6 },
      },
    ];
  },
  hit: { layers: ['cameras-mark'], target: targetOf('camera') },
};
