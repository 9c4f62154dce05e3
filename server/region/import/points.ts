/** Labels and landmarks: names and signs for finding one's way, from nodes and from the middle of areas. */
import { distanceM } from '#road/geo.ts';
import type { BasemapFeature, LngLat } from '../source.ts';
import { nameOf, namesOf, ownName } from './names.ts';
import type { Tags } from './osm.ts';

export type Label = Extract<BasemapFeature, { layer: 'labels' }>;
export type Landmark = Extract<BasemapFeature, { layer: 'landmarks' }>;

const SETTLEMENT: Record<string, [Label['class'], rank: number]> = {
  city: ['city', 1],
  county: ['county', 2],
  district: ['county', 2],
  municipality: ['county', 2],
  town: ['town', 3],
  suburb: ['suburb', 4],
  quarter: ['suburb', 5],
  neighbourhood: ['suburb', 6],
  village: ['village', 5],
  hamlet: ['hamlet', 7],
  isolated_dwelling: ['hamlet', 9],
};

const LANDMARK: Record<string, Landmark['kind']> = {
  'amenity=townhall': 'townHall',
  'amenity=fuel': 'fuel',
  'amenity=bus_station': 'busStation',
  'amenity=marketplace': 'market',
  'amenity=place_of_worship': 'worship',
  'amenity=fire_station': 'fireStation',
  'amenity=library': 'library',
  'railway=station': 'railStation',
  'railway=halt': 'railStation',
  'shop=supermarket': 'market',
  'tourism=viewpoint': 'viewpoint',
  'tourism=museum': 'museum',
};

export function labelOf(tags: Tags, at: LngLat): Label | null {
  const name = ownName(tags);
  if (name === '') return null;
  const settlement = SETTLEMENT[tags.place ?? ''];
  if (settlement)
    return { layer: 'labels', class: settlement[0], at, ...namesOf(tags), name, rank: settlement[1] };
  if (tags.natural === 'peak') return { layer: 'labels', class: 'peak', at, ...namesOf(tags), name, rank: 8 };
  return null;
}

export function landmarkOf(tags: Tags, at: LngLat): Landmark | null {
  for (const key of ['amenity', 'railway', 'tourism', 'shop']) {
    const value = tags[key];
    const kind = value === undefined ? undefined : LANDMARK[`${key}=${value}`];
    // A viewpoint or a chapel without a name helps nobody to say where she is.
    if (kind && (nameOf(tags) !== '' || kind === 'fuel' || kind === 'townHall')) {
      return { layer: 'landmarks', kind, at, ...namesOf(tags) };
    }
  }
  return null;
}

/** The six bays of a bus station are one sign on the map. */
export function withoutRepeats(landmarks: readonly Landmark[]): Landmark[] {
  const kept = new Map<string, Landmark[]>();
  for (const landmark of landmarks) {
    const key = `${landmark.kind} ${landmark.name}`;
    const alike = kept.get(key) ?? [];
    if (alike.every(({ at }) => distanceM(at, landmark.at) > SAME_LANDMARK_M))
      kept.set(key, [...alike, landmark]);
  }
  return [...kept.values()].flat();
}
const SAME_LANDMARK_M = 150;
