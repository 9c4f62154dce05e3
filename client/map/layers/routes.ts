import type { ExpressionSpecification } from 'maplibre-gl';
import { boldFont } from '../basemap/fonts.ts';
import { byZoom, get } from '../basemap/expressions.ts';
import { collection } from '../sources/features.ts';
import { isochroneFeatures, nearestFeatures, routeFeatures } from '../sources/routes.ts';
import type { Look, MapLayer } from './layer.ts';

const width = byZoom(1.3, [
  [10, 2.2],
  [16, 6],
]);
const casing = byZoom(1.3, [
  [10, 4.4],
  [16, 10],
]);
const round = { 'line-cap': 'round', 'line-join': 'round' } as const;

const label = (look: Look, color: string) => ({
  layout: {
    'text-field': get('text'),
    'text-font': boldFont,
    'text-size': 12.5,
    'text-offset': [0, -1.9] as [number, number],
    'text-padding': 2,
  },
  paint: { 'text-color': color, 'text-halo-color': look.halo, 'text-halo-width': 2 },
});

/** Nearest units: the way by road, and the straight line that a map without roads would promise. */
export const nearestLayer: MapLayer = {
  id: 'nearest',
  inputs: scene => [scene.nearest, scene.lang],
  features: ({ nearest, lang }) => collection(nearestFeatures(nearest, lang)),
  areas: ({ colors, halo }) => {
    const line = { type: 'line', source: 'nearest', layout: round } as const;
    const isBest: ExpressionSpecification = ['==', ['get', 'order'], 0];
    return [
      {
        ...line,
        id: 'nearest-straight',
        filter: ['==', ['get', 'role'], 'straight'],
        paint: {
          'line-color': colors['text-3'],
          'line-width': 1,
          'line-opacity': 0.6,
          'line-dasharray': [2, 4],
        },
      },
      {
        ...line,
        id: 'nearest-casing',
        filter: ['==', ['get', 'role'], 'road'],
        paint: { 'line-color': halo, 'line-width': casing, 'line-opacity': 0.8 },
      },
      {
        ...line,
        id: 'nearest-road',
        filter: ['==', ['get', 'role'], 'road'],
        paint: {
          'line-color': ['case', isBest, colors['state-enRoute'], colors['text-3']],
          'line-width': width,
          'line-opacity': 0.9,
        },
      },
    ];
  },
  marks: look => [
    {
      id: 'nearest-aim',
      type: 'circle',
      source: 'nearest',
      filter: ['==', ['get', 'role'], 'aim'],
      paint: {
        'circle-radius': 7,
        'circle-opacity': 0,
        'circle-stroke-color': look.colors['state-enRoute'],
        'circle-stroke-width': 2.5,
      },
    },
    {
      id: 'nearest-time',
      type: 'symbol',
      source: 'nearest',
      filter: ['==', ['get', 'role'], 'time'],
      ...label(look, look.colors.text),
    },
  ],
};

/** Ways of units to their tasks; what is only proposed is dashed. */
export const routesLayer: MapLayer = {
  id: 'routes',
  inputs: scene => [scene.routes, scene.lang, Math.floor(scene.nowAt / 15_000)],
  features: ({ routes, nowAt, lang }) => collection(routeFeatures(routes, nowAt, lang)),
  areas: ({ colors, halo }) => {
    const line = { type: 'line', source: 'routes', layout: round } as const;
    return [
      {
        ...line,
        id: 'routes-casing',
        filter: ['!=', ['get', 'role'], 'end'],
        paint: { 'line-color': halo, 'line-width': casing, 'line-opacity': 0.7 },
      },
      {
        ...line,
        id: 'routes-ordered',
        filter: ['==', ['get', 'role'], 'ordered'],
        paint: { 'line-color': colors['state-enRoute'], 'line-width': width },
      },
      {
        ...line,
        id: 'routes-proposed',
        filter: ['==', ['get', 'role'], 'proposed'],
        paint: {
          'line-color': colors['state-dispatched'],
          'line-width': width,
          'line-dasharray': [1.2, 1.8],
        },
      },
    ];
  },
  marks: look => [
    {
      id: 'routes-end',
      type: 'symbol',
      source: 'routes',
      filter: ['==', ['get', 'role'], 'end'],
      ...label(look, look.colors['state-enRoute']),
    },
  ],
};

/** How far one gets within the minutes asked for. */
export const isochroneLayer: MapLayer = {
  id: 'isochrone',
  inputs: scene => [scene.isochrone, scene.lang],
  features: ({ isochrone, lang }) => collection(isochroneFeatures(isochrone, lang)),
  areas: ({ colors, halo }) => [
    {
      id: 'isochrone-fill',
      type: 'fill',
      source: 'isochrone',
      paint: { 'fill-color': colors['state-enRoute'], 'fill-opacity': 0.06 },
    },
    {
      id: 'isochrone-edge',
      type: 'line',
      source: 'isochrone',
      layout: { 'line-join': 'round' },
      paint: { 'line-color': colors['state-enRoute'], 'line-width': 1.6, 'line-dasharray': [1, 2] },
    },
    {
      id: 'isochrone-label',
      type: 'symbol',
      source: 'isochrone',
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 500,
        'text-field': ['get', 'text'],
        'text-font': boldFont,
        'text-size': 11,
      },
      paint: { 'text-color': colors['state-enRoute'], 'text-halo-color': halo, 'text-halo-width': 1.8 },
    },
  ],
};
