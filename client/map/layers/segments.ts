import { byZoom, match } from '../basemap/expressions.ts';
import { collection } from '../sources/features.ts';
import { segmentFeatures } from '../sources/reference.ts';
import { type MapLayer, targetOf } from './layer.ts';

/** Stretches of road that are searched along their length; searched ones are dashed and faint. */
export const segmentsLayer: MapLayer = {
  id: 'segments',
  inputs: scene => [scene.segments, scene.selection, scene.switches.segments],
  features: ({ segments, selection, switches }) =>
    collection(switches.segments ? segmentFeatures(segments, selection) : []),
  areas: ({ colors }) => {
    const width = byZoom(1.4, [
      [11, 1.5],
      [16, 5],
    ]);
    const color = match(
      'state',
      { searched: colors.ok, underWay: colors['state-onScene'] },
      colors['line-strong'],
    );
    return [
      {
        id: 'segments-line',
        type: 'line',
        source: 'segments',
        filter: ['!=', ['get', 'state'], 'searched'],
        layout: { 'line-cap': 'round' },
        paint: {
          'line-color': ['case', ['get', 'selected'], colors.focus, color],
          'line-width': width,
          'line-opacity': 0.85,
        },
      },
      {
        id: 'segments-searched',
        type: 'line',
        source: 'segments',
        filter: ['==', ['get', 'state'], 'searched'],
        paint: {
          'line-color': color,
          'line-width': width,
          'line-opacity': 0.7,
          'line-dasharray': [0.6, 1.6],
        },
      },
    ];
  },
  hit: { layers: ['segments-line', 'segments-searched'], target: targetOf('segment') },
};
