import { regularFont } from '../basemap/fonts.ts';
import { collection } from '../sources/features.ts';
import { sightingAreas } from '../sources/sighting-areas.ts';
import { sightingMarks } from '../sources/sighting-marks.ts';
import { type MapLayer, minuteOf, targetOf } from './layer.ts';
import { sightingImage } from './mark-images.ts';

/** The ground that each sighting of the selected incident covers. */
export const sightingAreasLayer: MapLayer = {
  id: 'sighting-areas',
  inputs: scene => [scene.sightings],
  features: ({ sightings }) => collection(sightingAreas(sightings)),
  areas: ({ colors }) => [
    {
      id: 'sighting-areas-fill',
      type: 'fill',
      source: 'sighting-areas',
      filter: ['!', ['get', 'edge']],
      paint: { 'fill-color': colors.accent, 'fill-opacity': ['get', 'opacity'], 'fill-antialias': false },
    },
    {
      id: 'sighting-areas-edge',
      type: 'line',
      source: 'sighting-areas',
      filter: ['get', 'edge'],
      paint: {
        'line-color': colors.accent,
        'line-opacity': ['*', 0.55, ['get', 'strength']],
        'line-width': 1,
        'line-dasharray': [3, 3],
      },
    },
  ],
};

/** Numbered marks with age, camera directions, antennas and the line through time. */
export const sightingMarksLayer: MapLayer = {
  id: 'sightings',
  inputs: scene => [scene.sightings, scene.lang, minuteOf(scene)],
  features: ({ sightings, nowAt, lang }) => collection(sightingMarks(sightings, nowAt, lang)),
  marks: ({ theme, colors, halo }) => [
    {
      id: 'sightings-order',
      type: 'line',
      source: 'sightings',
      filter: ['==', ['get', 'role'], 'order'],
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-color': colors.accent,
        'line-width': 1.6,
        'line-opacity': 0.7,
        'line-dasharray': [0.5, 2.5],
      },
    },
    {
      id: 'sightings-antenna',
      type: 'symbol',
      source: 'sightings',
      filter: ['==', ['get', 'role'], 'antenna'],
      layout: {
        'icon-image': 'sighting-cell',
        'icon-size': 0.55,
        'icon-anchor': 'bottom',
        'icon-allow-overlap': true,
      },
      paint: { 'icon-color': colors['text-3'], 'icon-halo-color': halo, 'icon-halo-width': 1 },
    },
    {
      id: 'sightings-heading',
      type: 'symbol',
      source: 'sightings',
      filter: ['all', ['==', ['get', 'role'], 'mark'], ['!=', ['get', 'headingDeg'], null]],
      layout: {
        'icon-image': 'heading',
        'icon-size': 0.62,
        'icon-rotate': ['get', 'headingDeg'],
        'icon-offset': [0, -36],
        'icon-rotation-alignment': 'map',
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
      },
      paint: { 'icon-color': colors.accent, 'icon-halo-color': halo, 'icon-halo-width': 2 },
    },
    {
      id: 'sightings-mark',
      type: 'symbol',
      source: 'sightings',
      filter: ['==', ['get', 'role'], 'mark'],
      layout: {
        'icon-image': sightingImage(theme),
        'icon-allow-overlap': true,
        'symbol-sort-key': ['get', 'order'],
        'symbol-z-order': 'auto',
      },
      paint: { 'icon-opacity': ['get', 'strength'] },
    },
    {
      id: 'sightings-age',
      type: 'symbol',
      source: 'sightings',
      filter: ['==', ['get', 'role'], 'mark'],
      layout: {
        // Drawn last, the newest mark is on top; placed first, it is also the newest that keeps its age in a crowd.
        'symbol-sort-key': ['-', 0, ['get', 'order']],
        'text-field': ['get', 'age'],
        'text-font': regularFont,
        'text-size': 12,
        'text-anchor': 'top',
        'text-offset': [0, 1.45],
      },
      paint: {
        'text-opacity': ['get', 'strength'],
        'text-color': colors.text,
        'text-halo-color': halo,
        'text-halo-width': 1.8,
      },
    },
  ],
  hit: { layers: ['sightings-mark'], target: targetOf('sighting') },
};
