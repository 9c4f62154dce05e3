/** Roads: every class in one pass for casings and one for fills, so that junctions merge; tunnels below, bridges above. */
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { byZoom, isOneOf, match } from './expressions.ts';
import type { BasemapPalette } from './palette.ts';

export const basemapSource = 'basemap';

/** Importance of a class: index in the palette's road colours, and drawing order (later on top). */
const importance = {
  motorway: 0,
  trunk: 0,
  primary: 1,
  secondary: 2,
  tertiary: 3,
  unclassified: 4,
  residential: 4,
  livingStreet: 4,
  service: 5,
  track: 5,
} as const;

/** Fill width in px by importance at some zooms; 0 hides a class while it would be noise. */
const widths: readonly (readonly [zoom: number, byImportance: readonly number[]])[] = [
  [5, [0.6, 0.3, 0, 0, 0, 0]],
  [8, [1.3, 0.9, 0.5, 0, 0, 0]],
  [10, [2, 1.5, 1, 0.6, 0, 0]],
  [12, [3.2, 2.6, 2, 1.3, 0.6, 0]],
  [13, [4.2, 3.6, 2.9, 2.1, 1.2, 0.5]],
  [14, [5.6, 5, 4.2, 3.3, 2.2, 1]],
  [16, [13, 12, 10, 8, 6, 3]],
  [18, [30, 28, 24, 20, 16, 8]],
];

function width(extraPx: number): ExpressionSpecification {
  return byZoom(
    1.35,
    widths.map(([zoom, px]) => [zoom, widthAt(px, zoom < 12 ? extraPx * 0.6 : extraPx)] as const),
  );
}

/** Links are narrower than the road that they belong to; a hidden class has no casing either. */
function widthAt(px: readonly number[], extraPx: number): ExpressionSpecification {
  const full = classCases(level => (px[level]! > 0 ? px[level]! + extraPx : 0));
  const link = classCases(level => (px[level]! > 0 ? px[level]! * 0.62 + extraPx : 0));
  return ['case', ['==', ['get', 'link'], true], match('class', link, 0), match('class', full, 0)];
}

function classCases<T>(value: (level: number) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(importance).map(([name, level]) => [name, value(level)]));
}

const is = (flag: string): ExpressionSpecification => ['==', ['get', flag], true];
const isNot = (flag: string): ExpressionSpecification => ['!=', ['get', flag], true];
const order = match(
  'class',
  classCases(level => 10 - level),
  0,
);
const round = { 'line-cap': 'round', 'line-join': 'round', 'line-sort-key': order } as const;
const butt = { 'line-cap': 'butt', 'line-join': 'round', 'line-sort-key': order } as const;

export function roadLayers(p: BasemapPalette): LayerSpecification[] {
  const base = { type: 'line', source: basemapSource, 'source-layer': 'roads' } as const;
  const fill = match(
    'class',
    classCases(level => p.road[level]),
    p.road[4],
  );
  const casing = match(
    'class',
    classCases(level => p.casing[level < 3 ? 0 : 1]),
    p.casing[1],
  );
  const surface: ExpressionSpecification = ['all', isNot('tunnel'), isNot('bridge')];
  return [
    {
      ...base,
      id: 'road-tunnel-casing',
      filter: is('tunnel'),
      minzoom: 10,
      layout: butt,
      paint: {
        'line-color': p.road[3],
        'line-width': width(2),
        'line-dasharray': [1.2, 0.8],
        'line-opacity': 0.7,
      },
    },
    {
      ...base,
      id: 'road-tunnel',
      filter: is('tunnel'),
      layout: butt,
      paint: { 'line-color': p.tunnel, 'line-width': width(0) },
    },
    {
      ...base,
      id: 'road-casing',
      filter: surface,
      layout: round,
      paint: { 'line-color': casing, 'line-width': width(1.8) },
    },
    {
      ...base,
      id: 'road-unpaved',
      filter: ['all', surface, is('unpaved')],
      layout: butt,
      paint: { 'line-color': fill, 'line-width': width(0), 'line-dasharray': [2.4, 1.2] },
    },
    {
      ...base,
      id: 'road',
      filter: ['all', surface, isNot('unpaved')],
      layout: round,
      paint: { 'line-color': fill, 'line-width': width(0) },
    },
    {
      ...base,
      id: 'road-bridge-casing',
      filter: is('bridge'),
      minzoom: 12,
      layout: butt,
      paint: { 'line-color': p.road[0], 'line-width': width(3), 'line-opacity': 0.55 },
    },
    {
      ...base,
      id: 'road-bridge-edge',
      filter: is('bridge'),
      layout: butt,
      paint: { 'line-color': casing, 'line-width': width(1.8) },
    },
    {
      ...base,
      id: 'road-bridge',
      filter: is('bridge'),
      layout: round,
      paint: { 'line-color': fill, 'line-width': width(0) },
    },
    {
      ...base,
      id: 'road-oneway',
      type: 'symbol',
      filter: ['all', is('oneway'), ['!', isOneOf('class', ['service', 'track'])]],
      minzoom: 15.5,
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 140,
        'icon-image': 'oneway',
        'icon-size': byZoom(1, [
          [15.5, 0.55],
          [18, 1],
        ]),
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
      },
      paint: { 'icon-color': p.text.minor, 'icon-opacity': 0.8 },
    },
  ];
}

export function pathAndRailLayers(p: BasemapPalette): LayerSpecification[] {
  const rail = { type: 'line', source: basemapSource, 'source-layer': 'rail' } as const;
  const railWidth = byZoom(1.4, [
    [9, 0.8],
    [14, 2.2],
    [18, 7],
  ]);
  return [
    {
      id: 'path',
      type: 'line',
      source: basemapSource,
      'source-layer': 'paths',
      minzoom: 13.5,
      layout: { 'line-cap': 'round' },
      paint: {
        'line-color': p.path,
        'line-width': byZoom(1.4, [
          [13.5, 0.5],
          [16, 1.4],
          [18, 3],
        ]),
        'line-dasharray': [2, 2],
      },
    },
    { ...rail, id: 'rail', minzoom: 8, paint: { 'line-color': p.rail, 'line-width': railWidth } },
    {
      ...rail,
      id: 'rail-gap',
      minzoom: 11,
      paint: {
        'line-color': p.railGap,
        'line-width': byZoom(1.4, [
          [11, 0.5],
          [14, 1.1],
          [18, 4.5],
        ]),
        'line-dasharray': [5, 5],
      },
    },
  ];
}
