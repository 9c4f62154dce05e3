/** All operational layers of the scene, in drawing order (later on top). */
import { camerasLayer } from './cameras.ts';
import { coverageLayer } from './coverage.ts';
import { homesLayer } from './homes.ts';
import { closuresLayer } from './closures.ts';
import { jurisdictionsLayer } from './jurisdictions.ts';
import type { MapLayer } from './layer.ts';
import { placesLayer } from './places.ts';
import { previewLayer } from './preview.ts';
import { rankedPlacesLayer, regionsLayer } from './posterior.ts';
import { isochroneLayer, nearestLayer, routesLayer } from './routes.ts';
import { segmentsLayer } from './segments.ts';
import { sightingAreasLayer, sightingMarksLayer } from './sightings.ts';
import { stationsLayer } from './stations.ts';

export const sceneLayers: readonly MapLayer[] = [
  coverageLayer,
  jurisdictionsLayer,
  regionsLayer,
  homesLayer,
  sightingAreasLayer,
  isochroneLayer,
  segmentsLayer,
  nearestLayer,
  routesLayer,
  closuresLayer,
  placesLayer,
  camerasLayer,
  stationsLayer,
  rankedPlacesLayer,
  sightingMarksLayer,
  previewLayer,
];
