import type { ExpressionSpecification } from 'maplibre-gl';
import { byZoom } from '../basemap/expressions.ts';
import { boldFont } from '../basemap/fonts.ts';
import { bordersOf } from '../sources/borders.ts';
import { collection, line } from '../sources/features.ts';
import { jurisdictionFeatures } from '../sources/reference.ts';
import type { MapLayer } from './layer.ts';

/**
 * Areas that stations answer for. A dash-dot line between two of them, dotted where it is only estimated, and a tint
 * along the inside of each; no road looks like that. Where no other area follows, the tint alone says it: there the
 * base map has the county's own boundary, and an estimate ends at nothing real.
 */
export const jurisdictionsLayer: MapLayer = {
  id: 'jurisdictions',
  inputs: scene => [scene.jurisdictions, scene.lang, scene.switches.jurisdictions],
  features: ({ jurisdictions, lang, switches }) => {
    if (!switches.jurisdictions) return collection([]);
    const borders = bordersOf(jurisdictions).map(({ path, outer, estimated }) =>
      line(path, { role: outer ? 'outer' : 'border', estimated }),
    );
    return collection([...jurisdictionFeatures(jurisdictions, lang), ...borders]);
  },
  areas: ({ boundary }) => {
    const shared = { type: 'line', source: 'jurisdictions' } as const;
    const border = (estimated: boolean): ExpressionSpecification => [
      'all',
      ['==', ['get', 'role'], 'border'],
      ['==', ['get', 'estimated'], estimated],
    ];
    return [
      {
        ...shared,
        id: 'jurisdictions-glow',
        filter: ['==', ['get', 'role'], 'area'],
        layout: { 'line-join': 'round' },
        paint: {
          'line-color': boundary.line,
          'line-offset': 4,
          'line-width': 8,
          'line-blur': 6,
          'line-opacity': ['case', ['get', 'estimated'], 0.08, 0.17],
        },
      },
      {
        ...shared,
        id: 'jurisdictions-border',
        filter: border(false),
        layout: { 'line-join': 'round' },
        paint: {
          'line-color': boundary.line,
          'line-width': byZoom(1, [
            [9, 1],
            [14, 1.8],
          ]),
          'line-opacity': 0.85,
          'line-dasharray': [8, 3, 1.2, 3],
        },
      },
      {
        ...shared,
        id: 'jurisdictions-estimated',
        filter: border(true),
        layout: { 'line-join': 'round', 'line-cap': 'round' },
        paint: {
          'line-color': boundary.line,
          'line-width': 1.8,
          'line-opacity': 0.8,
          'line-dasharray': [0, 3.2],
        },
      },
    ];
  },
  marks: ({ boundary, halo }) => [
    {
      id: 'jurisdictions-name',
      type: 'symbol',
      source: 'jurisdictions',
      filter: ['==', ['get', 'role'], 'name'],
      minzoom: 9,
      maxzoom: 12.5,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': boldFont,
        'text-size': 12,
        'text-letter-spacing': 0.12,
        'text-padding': 12,
      },
      paint: { 'text-color': boundary.text, 'text-halo-color': halo, 'text-halo-width': 1.6 },
    },
  ],
};
