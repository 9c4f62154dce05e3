/** All operational layers of a scene, in drawing order (later on top). */
import type { MapScene } from '../scene.ts';
import { camerasLayer } from './cameras.ts';
import { coverageLayer } from './coverage.ts';
import { homesLayer } from './homes.ts';
import { closuresLayer } from './closures.ts';
import { jurisdictionsLayer } from './jurisdictions.ts';
import type { MapLayer } from './layer.ts';
import { placesLayer } from './places.ts';
import { previewLayer } from './preview.ts';
import { isochroneLayer, nearestLayer, routesLayer } from './routes.ts';
import { segmentsLayer } from './segments.ts';
import { sightingAreasLayer, sightingMarksLayer } from './sightings.ts';
import { stationsLayer } from './stations.ts';

export const layersOf = ({ overlay }: Pick<MapScene, 'overlay'>): readonly MapLayer[] => [
  coverageLayer,
  jurisdictionsLayer,
  homesLayer,
  sightingAreasLayer,
  ...(overlay?.ground ?? []),
  isochroneLayer,
  segmentsLayer,
  nearestLayer,
  routesLayer,
  closuresLayer,
  placesLayer,
  camerasLayer,
  stationsLayer,
  ...(overlay?.marks ?? []),
  sightingMarksLayer,
  previewLayer,
];
