/** Land, water, buildings and boundaries. */
import type { LayerSpecification } from 'maplibre-gl';
import { byZoom, isOneOf, match } from './expressions.ts';
import type { BasemapPalette } from './palette.ts';
import { basemapSource } from './roads.ts';

export function landLayers(p: BasemapPalette): LayerSpecification[] {
  const area = { type: 'fill', source: basemapSource } as const;
  const color = match(
    'class',
    {
      park: p.landuse.green,
      grass: p.landuse.green,
      cemetery: p.landuse.green,
      wood: p.landuse.wood,
      farmland: p.landuse.farm,
      industrial: p.landuse.industrial,
      military: p.landuse.industrial,
      residential: p.landuse.built,
      commercial: p.landuse.commercial,
      education: p.landuse.civic,
      medical: p.landuse.civic,
      bare: p.landuse.bare,
    },
    p.land,
  );
  const fade = byZoom(1, [
    [7, 0.5],
    [11, 1],
  ]);
  return [
    { id: 'land', type: 'background', paint: { 'background-color': p.land } },
    {
      ...area,
      id: 'landuse',
      'source-layer': 'landuse',
      // A park in a field in a wood: what is usually the smaller area lies on top.
      layout: {
        'fill-sort-key': match(
          'class',
          { farmland: 0, bare: 1, wood: 2, residential: 3, industrial: 4, commercial: 5 },
          6,
        ),
      },
      paint: { 'fill-color': color, 'fill-opacity': fade, 'fill-antialias': false },
    },
    {
      id: 'park-edge',
      type: 'line',
      source: basemapSource,
      'source-layer': 'landuse',
      filter: isOneOf('class', ['park', 'cemetery']),
      minzoom: 12,
      paint: { 'line-color': p.greenText, 'line-opacity': 0.28, 'line-width': 0.8 },
    },
    ...waterLayers(p),
  ];
}

function waterLayers(p: BasemapPalette): LayerSpecification[] {
  return [
    {
      id: 'waterway',
      type: 'line',
      source: basemapSource,
      'source-layer': 'waterways',
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-color': p.waterEdge,
        'line-opacity': 0.75,
        'line-width': byZoom(1.4, [
          [8, match('kind', { river: 1, canal: 0.6 }, 0)],
          [12, match('kind', { river: 1.8, canal: 1.2 }, 0.6)],
          [16, match('kind', { river: 6, canal: 4 }, 1.6)],
        ]),
      },
    },
    {
      id: 'water',
      type: 'fill',
      source: basemapSource,
      'source-layer': 'water',
      paint: { 'fill-color': p.water, 'fill-antialias': false },
    },
    {
      id: 'water-glow',
      type: 'line',
      source: basemapSource,
      'source-layer': 'water',
      minzoom: 10,
      paint: {
        'line-color': p.waterEdge,
        'line-opacity': 0.35,
        'line-blur': 4,
        'line-offset': 2,
        'line-width': byZoom(1.4, [
          [10, 2],
          [15, 7],
        ]),
      },
    },
    {
      id: 'water-edge',
      type: 'line',
      source: basemapSource,
      'source-layer': 'water',
      minzoom: 8,
      paint: { 'line-color': p.waterEdge, 'line-width': 0.9 },
    },
  ];
}

/** Flat footprints with a short shadow, or blocks when `extruded`. */
export function buildingLayers(p: BasemapPalette, extruded: boolean): LayerSpecification[] {
  const base = { source: basemapSource, 'source-layer': 'buildings' } as const;
  const fade = byZoom(1, [
    [13, 0],
    [14, 1],
  ]);
  if (extruded) {
    return [
      {
        ...base,
        id: 'building-3d',
        type: 'fill-extrusion',
        minzoom: 13,
        paint: {
          'fill-extrusion-color': p.building,
          'fill-extrusion-height': ['coalesce', ['get', 'heightM'], 9],
          'fill-extrusion-opacity': 0.9,
          'fill-extrusion-vertical-gradient': true,
        },
      },
    ];
  }
  return [
    {
      ...base,
      id: 'building-shadow',
      type: 'fill',
      minzoom: 14.5,
      paint: { 'fill-color': p.buildingSide, 'fill-translate': [1.5, 2], 'fill-opacity': 0.9 },
    },
    {
      ...base,
      id: 'building',
      type: 'fill',
      minzoom: 13,
      paint: { 'fill-color': p.building, 'fill-outline-color': p.buildingEdge, 'fill-opacity': fade },
    },
  ];
}

/** The county's edge: a broad band under a strong dash-dot line; smaller divisions are a thin dash. */
export function boundaryLayers(p: BasemapPalette): LayerSpecification[] {
  const base = { type: 'line', source: basemapSource, 'source-layer': 'boundaries' } as const;
  const join = { 'line-join': 'round' } as const;
  return [
    {
      ...base,
      id: 'boundary-minor',
      filter: ['all', ['>', ['get', 'level'], 6], ['<=', ['get', 'level'], 8]],
      minzoom: 9,
      layout: join,
      paint: {
        'line-color': p.boundary.line,
        'line-opacity': 0.4,
        'line-width': 0.8,
        'line-dasharray': [6, 4],
      },
    },
    {
      ...base,
      id: 'boundary-glow',
      filter: ['<=', ['get', 'level'], 6],
      layout: join,
      paint: {
        'line-color': p.boundary.countyGlow,
        'line-opacity': 0.2,
        'line-blur': 2,
        'line-width': byZoom(1, [
          [6, 4],
          [12, 12],
        ]),
      },
    },
    {
      ...base,
      id: 'boundary',
      filter: ['<=', ['get', 'level'], 6],
      layout: join,
      paint: {
        'line-color': p.boundary.county,
        'line-opacity': 0.9,
        'line-width': byZoom(1, [
          [8, 1.4],
          [13, 2.4],
        ]),
        'line-dasharray': [9, 2.5, 1.5, 2.5, 1.5, 2.5],
      },
    },
  ];
}
