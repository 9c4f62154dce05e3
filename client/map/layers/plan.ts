import type { ExpressionSpecification } from 'maplibre-gl';
import { byZoom, get } from '../basemap/expressions.ts';
import { boldFont } from '../basemap/fonts.ts';
import { collection } from '../sources/features.ts';
import { planFeatures } from '../sources/plan.ts';
import type { Look, MapLayer } from './layer.ts';
import { routeColors, routeDashes } from './route-looks.ts';

const source = 'plan';
const width = byZoom(1, [
  [10, 2],
  [16, 4.5],
]);
const casing = byZoom(1, [
  [10, 4],
  [16, 8],
]);
const round = { 'line-cap': 'round', 'line-join': 'round' } as const;
const strength = get('strength');

/** The colour of each unit's look. */
function color(theme: Look['theme']): ExpressionSpecification {
  const cases = routeColors[theme].flatMap((value, index) => [index, value]);
  return ['match', get('color'), ...cases, routeColors[theme][0]] as unknown as ExpressionSpecification;
}

const role = (name: string): ExpressionSpecification => ['==', ['get', 'role'], name];

/** Ways of units through their tasks, each with its own colour and dash; where to intercept her and what to close. */
export const planLayer: MapLayer = {
  id: source,
  inputs: scene => [scene.plan, scene.switches.plan],
  features: ({ plan, switches }) => collection(switches.plan ? planFeatures(plan ?? null) : []),
  areas: ({ theme, halo }) => [
    {
      id: 'plan-casing',
      type: 'line',
      source,
      filter: role('way'),
      layout: round,
      paint: { 'line-color': halo, 'line-width': casing, 'line-opacity': ['*', 0.8, strength] },
    },
    ...routeDashes.map((dash, index) => ({
      id: `plan-way-${index}`,
      type: 'line' as const,
      source,
      filter: ['all', role('way'), ['==', ['get', 'dash'], index]] as ExpressionSpecification,
      layout: { 'line-join': 'round' as const },
      paint: {
        'line-color': color(theme),
        'line-width': width,
        'line-opacity': strength,
        ...(index > 0 && { 'line-dasharray': [...dash] }),
      },
    })),
  ],
  marks: ({ theme, colors, halo }) => [
    {
      id: 'plan-exit',
      type: 'circle',
      source,
      filter: role('exit'),
      paint: {
        'circle-radius': 6,
        'circle-color': halo,
        'circle-stroke-color': colors.text,
        'circle-stroke-width': 2.5,
      },
    },
    {
      id: 'plan-intercept',
      type: 'symbol',
      source,
      filter: role('intercept'),
      layout: { 'icon-image': 'no-entry', 'icon-size': 0.8, 'icon-allow-overlap': true },
      paint: { 'icon-color': colors.text, 'icon-halo-color': halo, 'icon-halo-width': 2 },
    },
    {
      id: 'plan-post',
      type: 'symbol',
      source,
      minzoom: 11,
      filter: ['any', role('exit'), role('intercept')],
      layout: {
        'text-field': get('text'),
        'text-font': boldFont,
        'text-size': 12,
        'text-anchor': 'top',
        'text-offset': [0, 0.9],
      },
      paint: { 'text-color': colors.text, 'text-halo-color': halo, 'text-halo-width': 1.8 },
    },
    ...([false, true] as const).map(later => ({
      id: later ? 'plan-stop-later' : 'plan-stop',
      type: 'symbol' as const,
      source,
      ...(later && { minzoom: 13 }),
      filter: ['all', role('stop'), ['==', ['get', 'later'], later]] as ExpressionSpecification,
      layout: {
        'text-field': get('text'),
        'text-font': boldFont,
        'text-size': 12.5,
        'text-variable-anchor': ['bottom' as const, 'top' as const, 'left' as const, 'right' as const],
        'text-radial-offset': 1.9,
        'text-padding': 0,
        'text-max-width': 20,
        'symbol-sort-key': get('sort'),
      },
      paint: {
        'text-color': color(theme),
        'text-opacity': strength,
        'text-halo-color': halo,
        'text-halo-width': 2,
      },
    })),
  ],
};
