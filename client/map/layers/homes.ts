import { circle } from '@turf/turf';
import type { Feature } from 'geojson';
import type { MapIncident } from '../scene.ts';
import { collection, feature } from '../sources/features.ts';
import type { MapLayer } from './layer.ts';

/** Nested discs of low opacity: each covers the ones inside it, so the tint is soft towards the edge. */
const shares = [1.15, 1.05, 0.95, 0.8, 0.6];

/** How far off a home may be that was read from an address: a soft disc, for the place is not exact. */
export const homesLayer: MapLayer = {
  id: 'homes',
  inputs: scene => [scene.incidents],
  features: ({ incidents }) => collection(incidents.flatMap(discsOf)),
  areas: ({ colors }) => [
    {
      id: 'homes-fill',
      type: 'fill',
      source: 'homes',
      paint: { 'fill-color': colors['text-2'], 'fill-opacity': 0.06, 'fill-antialias': false },
    },
  ],
};

function discsOf({ position, homeRadiusM }: MapIncident): Feature[] {
  if (homeRadiusM === undefined) return [];
  return shares.map(share =>
    feature(circle(position, (homeRadiusM * share) / 1000, { units: 'kilometers', steps: 64 }).geometry, {}),
  );
}
