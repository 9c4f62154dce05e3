/** Names: settlements over roads over water and parks over landmarks; every glyph is drawn by the browser. */
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { Lang } from '../scene.ts';
import { byZoom, get, isOneOf, match, nameIn } from './expressions.ts';
import { boldFont, regularFont } from './fonts.ts';
import type { BasemapPalette } from './palette.ts';
import { basemapSource } from './roads.ts';

const major = ['motorway', 'trunk', 'primary', 'secondary', 'tertiary'];
const symbol = { type: 'symbol', source: basemapSource } as const;

export function labelLayers(p: BasemapPalette, lang: Lang): LayerSpecification[] {
  const name = nameIn(lang);
  return [
    ...roadLabels(p, name),
    ...natureLabels(p, name),
    landmarkLabels(p, name),
    ...settlementLabels(p, name),
  ];
}

function roadLabels(p: BasemapPalette, name: ExpressionSpecification): LayerSpecification[] {
  const alongLine = {
    'symbol-placement': 'line',
    'text-field': name,
    'text-font': regularFont,
    'text-letter-spacing': 0.08,
    'text-max-angle': 32,
    'text-pitch-alignment': 'viewport',
  } as const;
  const halo = { 'text-halo-color': p.halo, 'text-halo-width': 1.5, 'text-halo-blur': 0.4 };
  return [
    {
      ...symbol,
      id: 'road-label-minor',
      'source-layer': 'roads',
      minzoom: 14.2,
      filter: ['all', ['!', isOneOf('class', major)], ['has', 'name']],
      layout: {
        ...alongLine,
        'symbol-spacing': 320,
        'text-size': byZoom(1, [
          [14, 10.5],
          [17, 13],
        ]),
      },
      paint: { ...halo, 'text-color': p.text.minor },
    },
    {
      ...symbol,
      id: 'road-label',
      'source-layer': 'roads',
      minzoom: 11.8,
      filter: ['all', isOneOf('class', major), ['has', 'name']],
      layout: {
        ...alongLine,
        'symbol-spacing': 420,
        'symbol-sort-key': match('class', { motorway: 0, trunk: 1, primary: 2, secondary: 3 }, 4),
        'text-size': byZoom(1, [
          [12, 11],
          [16, 14.5],
        ]),
      },
      paint: { ...halo, 'text-color': p.text.road },
    },
    shields(p, 'road-shield-minor', ['primary', 'secondary'], p.shieldMinor.text, 'shield-minor', 10.5),
    shields(p, 'road-shield', ['motorway', 'trunk'], p.shield.text, 'shield', 7.5),
  ];
}

function shields(
  p: BasemapPalette,
  id: string,
  classes: string[],
  color: string,
  image: string,
  minzoom: number,
): LayerSpecification {
  return {
    ...symbol,
    id,
    'source-layer': 'roads',
    minzoom,
    filter: ['all', isOneOf('class', classes), ['has', 'ref'], ['!=', ['get', 'link'], true]],
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 520,
      'text-field': ['get', 'ref'],
      'text-font': boldFont,
      'text-size': 10.5,
      'icon-image': image,
      'icon-text-fit': 'both',
      'icon-text-fit-padding': [2, 5, 2, 5],
      'text-rotation-alignment': 'viewport',
      'icon-rotation-alignment': 'viewport',
      'text-max-width': 20,
      'text-padding': 24,
    },
    paint: { 'text-color': color, 'text-halo-color': p.shield.fill, 'text-halo-width': 0 },
  };
}

function natureLabels(p: BasemapPalette, name: ExpressionSpecification): LayerSpecification[] {
  const halo = { 'text-halo-color': p.halo, 'text-halo-width': 1.2 };
  const point = { 'text-field': name, 'text-font': regularFont, 'symbol-sort-key': get('rank') } as const;
  return [
    {
      ...symbol,
      id: 'waterway-label',
      'source-layer': 'waterways',
      minzoom: 12,
      filter: ['has', 'name'],
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 500,
        'text-field': name,
        'text-font': regularFont,
        'text-size': byZoom(1, [
          [12, 10.5],
          [16, 13],
        ]),
        'text-letter-spacing': 0.2,
      },
      paint: { ...halo, 'text-color': p.waterText },
    },
    {
      ...symbol,
      id: 'nature-label',
      'source-layer': 'labels',
      minzoom: 11,
      filter: isOneOf('class', ['water', 'park', 'industrial']),
      layout: {
        ...point,
        'text-size': byZoom(1, [
          [11, 10.5],
          [16, 13],
        ]),
        'text-max-width': 7,
      },
      paint: {
        ...halo,
        'text-color': match('class', { water: p.waterText, park: p.greenText }, p.text.landmark),
      },
    },
    {
      ...symbol,
      id: 'peak-label',
      'source-layer': 'labels',
      minzoom: 12,
      filter: ['==', ['get', 'class'], 'peak'],
      layout: {
        ...point,
        'icon-image': 'landmark-peak',
        'icon-size': 0.5,
        'text-size': 10.5,
        'text-anchor': 'top',
        'text-offset': [0, 0.6],
        'text-optional': true,
      },
      paint: { ...halo, 'text-color': p.text.landmark, 'icon-color': p.landmark },
    },
  ];
}

function landmarkLabels(p: BasemapPalette, name: ExpressionSpecification): LayerSpecification {
  return {
    ...symbol,
    id: 'landmark',
    'source-layer': 'landmarks',
    minzoom: 13.2,
    layout: {
      'icon-image': ['concat', 'landmark-', ['get', 'kind']],
      'icon-size': byZoom(1, [
        [13, 0.48],
        [16, 0.66],
      ]),
      'text-field': name,
      'text-font': regularFont,
      'text-size': byZoom(1, [
        [13, 10.5],
        [17, 12.5],
      ]),
      'text-anchor': 'top',
      'text-offset': [0, 0.75],
      'text-max-width': 8,
      'text-optional': true,
      'icon-padding': 6,
    },
    paint: {
      'icon-color': p.landmark,
      'text-color': p.text.landmark,
      'text-halo-color': p.halo,
      'text-halo-width': 1.3,
    },
  };
}

function settlementLabels(p: BasemapPalette, name: ExpressionSpecification): LayerSpecification[] {
  const base = { ...symbol, 'source-layer': 'labels' } as const;
  const common = { 'text-field': name, 'symbol-sort-key': get('rank'), 'text-max-width': 9 } as const;
  const paint = (color: string, haloPx: number) => ({
    'text-color': color,
    'text-halo-color': p.halo,
    'text-halo-width': haloPx,
    'text-halo-blur': 0.5,
  });
  return [
    {
      ...base,
      id: 'hamlet-label',
      minzoom: 12.6,
      filter: ['==', ['get', 'class'], 'hamlet'],
      layout: {
        ...common,
        'text-font': regularFont,
        'text-size': byZoom(1, [
          [12, 10],
          [16, 13],
        ]),
      },
      paint: paint(p.text.minor, 1.3),
    },
    {
      ...base,
      id: 'village-label',
      minzoom: 11,
      filter: ['==', ['get', 'class'], 'village'],
      layout: {
        ...common,
        'text-font': regularFont,
        'text-letter-spacing': 0.06,
        'text-size': byZoom(1, [
          [11, 11],
          [15, 15],
        ]),
      },
      paint: paint(p.text.village, 1.5),
    },
    {
      ...base,
      id: 'suburb-label',
      minzoom: 10.5,
      maxzoom: 16,
      filter: ['==', ['get', 'class'], 'suburb'],
      layout: {
        ...common,
        'text-font': boldFont,
        'text-letter-spacing': 0.14,
        'text-size': byZoom(1, [
          [10.5, 11],
          [15, 16],
        ]),
      },
      paint: paint(p.text.village, 1.7),
    },
    {
      ...base,
      id: 'town-label',
      minzoom: 8,
      maxzoom: 16,
      filter: ['==', ['get', 'class'], 'town'],
      layout: {
        ...common,
        'text-font': boldFont,
        'text-letter-spacing': 0.1,
        'text-size': byZoom(1, [
          [8, 12],
          [14, 20],
        ]),
      },
      paint: paint(p.text.town, 1.8),
    },
    {
      ...base,
      id: 'city-label',
      maxzoom: 14.5,
      filter: isOneOf('class', ['city', 'county']),
      layout: {
        ...common,
        'text-font': boldFont,
        'text-letter-spacing': 0.24,
        'text-size': byZoom(1, [
          [6, 14],
          [13, 28],
        ]),
      },
      paint: paint(p.text.city, 2.2),
    },
  ];
}
