import type { ExpressionSpecification } from 'maplibre-gl';
import { collection } from '../sources/features.ts';
import { cameraFeatures } from '../sources/reference.ts';
import { type MapLayer, targetOf } from './layer.ts';

/** Cameras with the way that they look: 'no camera here' and 'camera down' must not look alike. */
export const camerasLayer: MapLayer = {
  id: 'cameras',
  inputs: scene => [scene.cameras, scene.switches.cameras],
  features: ({ cameras, switches }) => collection(switches.cameras ? cameraFeatures(cameras) : []),
  marks: ({ colors, halo }) => {
    const color: ExpressionSpecification = ['case', ['get', 'up'], colors['text-2'], colors.bad];
    return [
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
        minzoom: 11.5,
        layout: { 'icon-image': 'sighting-camera', 'icon-size': 0.5, 'icon-padding': 0 },
        paint: { 'icon-color': color, 'icon-halo-color': halo, 'icon-halo-width': 1.5 },
      },
    ];
  },
  hit: { layers: ['cameras-mark'], target: targetOf('camera') },
};
