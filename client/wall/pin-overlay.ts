/** How the map draws what leaders put on the wall: outlines of where she may be, and where crews look. */
import { boldFont } from '../map/basemap/fonts.ts';
import { heat } from '../map/layers/heat.ts';
import type { MapLayer } from '../map/layers/layer.ts';
import type { MapOverlay } from '../map/overlay.ts';
import type { LngLat, MapPosterior } from '../map/scene.ts';
import { collection, line, point } from '../map/sources/features.ts';
import { regionFeatures } from '../map/sources/posterior.ts';
import type { PinnedView } from '../api/access.ts';

type PinnedTask = NonNullable<PinnedView['tasks']>[number];

const tasks = new WeakMap<MapPosterior, readonly PinnedTask[]>();

/** The pinned views as one posterior that the map draws: regions alone, no surface and no ranked places. */
export function toMapPins(views: readonly PinnedView[]): MapPosterior {
  const posterior: MapPosterior = {
    regions: views.flatMap(({ regions }) =>
      regions
        ? [
            { share: 0.5, geometry: regions.p50 as MapPosterior['regions'][number]['geometry'] },
            { share: 0.8, geometry: regions.p80 as MapPosterior['regions'][number]['geometry'] },
            { share: 0.95, geometry: regions.p95 as MapPosterior['regions'][number]['geometry'] },
          ]
        : [],
    ),
    places: [],
  };
  tasks.set(
    posterior,
    views.flatMap(view => view.tasks ?? []),
  );
  return posterior;
}

/** Filled and with strong edges: they are read from the back of the room. */
const areasLayer: MapLayer = {
  id: 'pinned-regions',
  inputs: scene => [scene.posterior],
  features: ({ posterior }) => collection(regionFeatures(posterior)),
  areas: ({ theme }) => [
    {
      id: 'pinned-regions-fill',
      type: 'fill',
      source: 'pinned-regions',
      paint: { 'fill-color': heat[theme].edge, 'fill-opacity': 0.22 },
    },
    {
      id: 'pinned-regions-edge',
      type: 'line',
      source: 'pinned-regions',
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': heat[theme].edge,
        'line-width': ['interpolate', ['linear'], ['get', 'share'], 0.5, 4, 0.95, 1.5],
      },
    },
  ],
};

const tasksLayer: MapLayer = {
  id: 'pinned-tasks',
  inputs: scene => [scene.posterior],
  features: ({ posterior }) =>
    collection(
      ((posterior && tasks.get(posterior)) ?? []).flatMap(({ taskId: id, callsign, target }) => {
        if (!target) return [];
        const { lng, lat } = target.position;
        const mark = point([lng, lat], { id, role: 'mark', text: `${callsign} → ${target.name}` });
        return target.path ? [line(target.path as LngLat[], { id, role: 'line' }), mark] : [mark];
      }),
    ),
  marks: ({ theme, colors, halo }) => [
    {
      id: 'pinned-tasks-line',
      type: 'line',
      source: 'pinned-tasks',
      filter: ['==', ['get', 'role'], 'line'],
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: { 'line-color': colors['state-onScene'], 'line-width': 4, 'line-opacity': 0.9 },
    },
    {
      id: 'pinned-tasks-mark',
      type: 'circle',
      source: 'pinned-tasks',
      filter: ['==', ['get', 'role'], 'mark'],
      paint: {
        'circle-radius': 7,
        'circle-color': halo,
        'circle-stroke-color': heat[theme].edge,
        'circle-stroke-width': 3,
      },
    },
    {
      id: 'pinned-tasks-text',
      type: 'symbol',
      source: 'pinned-tasks',
      filter: ['==', ['get', 'role'], 'mark'],
      layout: {
        'text-field': ['get', 'text'],
        'text-font': boldFont,
        'text-size': 14,
        'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
        'text-radial-offset': 1,
        'text-justify': 'auto',
        'text-optional': true,
      },
      paint: { 'text-color': colors.text, 'text-halo-color': halo, 'text-halo-width': 2 },
    },
  ],
};

export const pinOverlay: MapOverlay = {
  ground: [areasLayer],
  marks: [tasksLayer],
  surfaceInputs: () => [],
  surface: () => null,
  image: () => null,
};
