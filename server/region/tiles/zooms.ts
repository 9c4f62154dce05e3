/**
 * From which zoom a feature is in the tiles. Low zooms carry only what one could see and read there, so that a
 * county's tiles stay small; styles may start a layer later, never earlier.
 */
import type { RoadClass, RoadWay } from '#road/build.ts';
import { polygonAreaM2 } from '../geo.ts';
import type { BasemapFeature } from '../source.ts';

export const MIN_ZOOM = 5;
export const MAX_ZOOM = 15;

const ROAD: Record<RoadClass, number> = {
  motorway: 5,
  trunk: 6,
  primary: 8,
  secondary: 9,
  tertiary: 10,
  unclassified: 11,
  residential: 12,
  livingStreet: 13,
  service: 13,
  track: 13,
  ferry: 11,
};
/** A ramp beside its road is one line until here. */
const LINK_FROM = 11;
const WATERWAY = { river: 8, canal: 11, stream: 12 };
const PATH = { cycleway: 13, path: 13, footway: 14, steps: 14 };
const LABEL = {
  county: 5,
  city: 5,
  town: 7,
  suburb: 10,
  village: 10,
  hamlet: 12,
  peak: 11,
  water: 10,
  park: 12,
  industrial: 11,
};
const LANDMARK_FROM = 13;
const BUILDING_FROM = 13;

/** Metres a screen pixel (512 a tile) spans at zoom 0 on the equator. */
const METRES_PER_PIXEL_Z0 = 40_075_017 / 512;
/** Smaller areas are noise at a zoom. Water is what one steers by, so it comes first. */
const SEEN_FROM_PX2 = { water: 12, landuse: 60, buildings: 6 };

export function roadFirstZoom({ roadClass, link }: RoadWay): number {
  return link ? Math.max(ROAD[roadClass], LINK_FROM) : ROAD[roadClass];
}

export function firstZoom(feature: BasemapFeature): number {
  switch (feature.layer) {
    case 'water':
      return clampZoom(zoomOfArea(feature.rings, SEEN_FROM_PX2.water), MIN_ZOOM);
    case 'landuse':
      return clampZoom(zoomOfArea(feature.rings, SEEN_FROM_PX2.landuse), MIN_ZOOM + 2);
    case 'buildings':
      return clampZoom(zoomOfArea(feature.rings, SEEN_FROM_PX2.buildings), BUILDING_FROM);
    case 'waterways':
      return WATERWAY[feature.kind];
    case 'rail':
      return feature.siding ? 13 : feature.kind === 'subway' ? 10 : 8;
    case 'boundaries':
      return feature.level <= 4 ? MIN_ZOOM : feature.level <= 6 ? 6 : 9;
    case 'paths':
      return PATH[feature.kind];
    case 'labels':
      return LABEL[feature.class];
    case 'landmarks':
      return LANDMARK_FROM;
  }
}

/** First zoom at which a polygon covers this many square pixels. */
function zoomOfArea(rings: [number, number][][], px2: number): number {
  const lat = rings[0]?.[0]?.[1] ?? 0;
  const pixelM = METRES_PER_PIXEL_Z0 * Math.cos((lat * Math.PI) / 180);
  const areaM2 = Math.max(polygonAreaM2(rings), 1e-3);
  return Math.ceil(Math.log2((pixelM * Math.sqrt(px2)) / Math.sqrt(areaM2)));
}

/** The smallest things still belong into the last zoom. */
function clampZoom(zoom: number, from: number): number {
  return Math.min(Math.max(zoom, from), MAX_ZOOM);
}
