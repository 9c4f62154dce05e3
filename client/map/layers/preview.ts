import type { ExpressionSpecification } from 'maplibre-gl';
import { boldFont } from '../basemap/fonts.ts';
import { collection, feature } from '../sources/features.ts';
import type { MapLayer } from './layer.ts';

const is = (...changes: string[]): ExpressionSpecification => ['in', ['get', 'change'], ['literal', changes]];
const shape = (...types: string[]): ExpressionSpecification => ['in', ['geometry-type'], ['literal', types]];
const areas = shape('Polygon', 'MultiPolygon');

/** A table before it is applied: new things stand out, changed ones are marked, those that would go are struck out. */
export const previewLayer: MapLayer = {
  id: 'preview',
  inputs: scene => [scene.preview],
  features: ({ preview = [] }) =>
    collection(preview.map(({ id, name, change, geometry }) => feature(geometry, { id, name, change }))),
  marks: ({ colors, halo }) => {
    const color: ExpressionSpecification = [
      'match',
      ['get', 'change'],
      'added',
      colors.ok,
      'changed',
      colors.warn,
      'removed',
      colors.bad,
      colors['text-3'],
    ];
    return [
      {
        id: 'preview-fill',
        type: 'fill',
        source: 'preview',
        filter: ['all', areas, is('added', 'changed', 'removed')],
        paint: { 'fill-color': color, 'fill-opacity': 0.1 },
      },
      {
        id: 'preview-edge',
        type: 'line',
        source: 'preview',
        filter: ['all', areas, is('added', 'changed', 'same')],
        paint: { 'line-color': color, 'line-width': 1.3, 'line-opacity': 0.8 },
      },
      {
        id: 'preview-edge-removed',
        type: 'line',
        source: 'preview',
        filter: ['all', areas, is('removed')],
        paint: { 'line-color': color, 'line-width': 1.3, 'line-opacity': 0.8, 'line-dasharray': [2, 2] },
      },
      {
        id: 'preview-point',
        type: 'circle',
        source: 'preview',
        filter: shape('Point'),
        paint: {
          'circle-radius': ['match', ['get', 'change'], 'same', 4, 7],
          'circle-color': ['match', ['get', 'change'], 'removed', colors['surface-1'], color],
          'circle-opacity': ['match', ['get', 'change'], 'same', 0.7, 0.95],
          'circle-stroke-color': ['match', ['get', 'change'], 'removed', colors.bad, halo],
          'circle-stroke-width': 1.8,
        },
      },
      {
        id: 'preview-struck',
        type: 'symbol',
        source: 'preview',
        filter: ['all', shape('Point'), is('removed')],
        layout: {
          'text-field': '✕',
          'text-font': boldFont,
          'text-size': 14,
          'text-allow-overlap': true,
          'text-ignore-placement': true,
        },
        paint: { 'text-color': colors.bad },
      },
      {
        id: 'preview-name',
        type: 'symbol',
        source: 'preview',
        minzoom: 11,
        filter: ['all', shape('Point'), is('added', 'changed', 'removed')],
        layout: {
          'text-field': ['get', 'name'],
          'text-font': boldFont,
          'text-size': 12,
          'text-anchor': 'top',
          'text-offset': [0, 0.8],
        },
        paint: { 'text-color': color, 'text-halo-color': halo, 'text-halo-width': 1.8 },
      },
    ];
  },
};
