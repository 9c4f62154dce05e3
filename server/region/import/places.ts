/** Places that a search looks at, from OSM tags; one entry for what is mapped twice. */
import KDBush from 'kdbush';
import type { PlaceKind } from '#contract/place.ts';
import { distanceM } from '#road/geo.ts';
import { type Polygon, polygonAreaM2, polygonContains, positionInside } from '../geo.ts';
import type { LngLat, PlaceSeed } from '../source.ts';
import { addressOf, namesOf, ownName } from './names.ts';
import type { Tags } from './osm.ts';

/** First match wins. `*` is any value but `no`. */
const KINDS: [key: string, values: string, kind: PlaceKind][] = [
  ['amenity', 'bank', 'bank'],
  ['amenity', 'atm', 'atm'],
  ['amenity', 'police', 'police'],
  ['amenity', 'internet_cafe', 'internetCafe'],
  ['shop', 'internet_cafe', 'internetCafe'],
  ['amenity', 'hospital clinic', 'hospital'],
  ['amenity', 'school university college kindergarten', 'school'],
  ['amenity', 'bus_station', 'station'],
  ['railway', 'station halt', 'station'],
  ['amenity', 'parking', 'carPark'],
  ['tourism', 'hotel motel', 'hotel'],
  ['tourism', 'guest_house hostel apartment chalet', 'guestHouse'],
  ['leisure', 'park', 'park'],
  ['landuse', 'recreation_ground', 'park'],
  ['shop', 'mall department_store', 'mall'],
  ['office', '*', 'office'],
  ['building', 'hotel', 'hotel'],
  ['building', 'office', 'office'],
  ['building', 'train_station', 'station'],
];
const KIND_OF = new Map(
  KINDS.flatMap(([key, values, kind]) => values.split(' ').map(value => [`${key}=${value}`, kind] as const)),
);
const KIND_KEYS = [...new Set(KINDS.map(([key]) => key))];

/** Kerb-side bays are no car park that one walks through. */
const NO_CAR_PARK = new Set(['street_side', 'lane', 'on_kerb', 'half_on_kerb', 'shoulder']);
/** Within these distances the same kind is the same place mapped twice: with the same name, or when one has none. */
const SAME_PLACE_M: Partial<Record<PlaceKind, { named: number; unnamed: number }>> = {
  station: { named: 200, unnamed: 100 },
  school: { named: 60, unnamed: 30 },
  hospital: { named: 60, unnamed: 30 },
  bank: { named: 40, unnamed: 15 },
  atm: { named: 30, unnamed: 5 },
  carPark: { named: 30, unnamed: 0 },
};
const SAME_PLACE_DEFAULT_M = { named: 30, unnamed: 15 };

export interface PlaceCandidate extends PlaceSeed {
  /** Set for areas: everything of the same kind inside is the same place. */
  polygon?: Polygon;
}

export function placeKindOf(tags: Tags): PlaceKind | null {
  const residence = residenceOf(tags);
  for (const key of KIND_KEYS) {
    const value = tags[key];
    if (value === undefined || value === 'no') continue;
    const kind = KIND_OF.get(`${key}=${value}`) ?? KIND_OF.get(`${key}=*`);
    if (kind && isSearchable(kind, tags)) return kind;
  }
  return residence;
}

function isSearchable(kind: PlaceKind, tags: Tags): boolean {
  if (kind === 'carPark')
    return tags.access !== 'private' && tags.access !== 'no' && !NO_CAR_PARK.has(tags.parking ?? '');
  if (kind === 'station') return tags.aerialway === undefined && tags.disused === undefined;
  return true;
}

/** Homes are only of use as places when they can be named: a compound or a block of flats. */
function residenceOf(tags: Tags): PlaceKind | null {
  const home =
    tags.landuse === 'residential' || tags.building === 'apartments' || tags.building === 'residential';
  return home && ownName(tags) !== '' ? 'residence' : null;
}

/** A place for one element, from its position or its polygon; null when it is none. */
export function placeOf(
  id: string,
  tags: Tags,
  shape: { at: LngLat } | { polygon: Polygon },
): PlaceCandidate | null {
  const kind = placeKindOf(tags);
  if (!kind) return null;
  const address = addressOf(tags);
  const polygon = 'polygon' in shape ? shape.polygon : undefined;
  return {
    id,
    kind,
    ...namesOf(tags),
    position: 'at' in shape ? shape.at : positionInside(shape.polygon),
    ...(address !== undefined && { address }),
    ...(polygon && { polygon, areaHa: Math.round(polygonAreaM2(polygon) / 100) / 100 }),
  };
}

/** An ATM in a bank's wall is the bank; a clinic in the hospital's grounds is the hospital. */
export function withoutDoubles(candidates: readonly PlaceCandidate[]): PlaceSeed[] {
  // Areas first, then what is named: the better described of two doubles stays.
  const order = [...candidates].sort((a, b) => worth(b) - worth(a) || (a.id < b.id ? -1 : 1));
  const index = new KDBush(Math.max(order.length, 1));
  for (const { position } of order) index.add(...position);
  if (order.length === 0) index.add(0, 0);
  index.finish();
  const dropped = new Set<number>();
  order.forEach((place, i) => {
    if (dropped.has(i)) return;
    for (const other of index.range(...reach(place))) {
      if (other > i && !dropped.has(other) && isSame(place, order[other]!)) {
        dropped.add(other);
        inherit(place, order[other]!);
      }
    }
  });
  return order.filter((_, i) => !dropped.has(i)).map(withoutPolygon);
}

function withoutPolygon(candidate: PlaceCandidate): PlaceSeed {
  const { polygon: _, ...place } = candidate;
  return place;
}

function worth(place: PlaceCandidate): number {
  return (place.areaHa ?? 0) > 0 ? 2 + Math.min(place.areaHa ?? 0, 1000) : place.name ? 1 : 0;
}

/** Degrees around a place in which its doubles may lie. */
function reach(place: PlaceCandidate): [number, number, number, number] {
  const margin = 0.003;
  const positions = place.polygon?.[0] ?? [place.position];
  const lngs = positions.map(at => at[0]);
  const lats = positions.map(at => at[1]);
  const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b));
  const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b));
  return [least(lngs) - margin, least(lats) - margin, most(lngs) + margin, most(lats) + margin];
}

function isSame(place: PlaceCandidate, other: PlaceCandidate): boolean {
  if (place.kind !== other.kind) return false;
  if (place.name !== '' && other.name !== '' && place.name !== other.name) return false;
  if (place.polygon && place.kind !== 'carPark' && polygonContains(place.polygon, other.position))
    return true;
  const { named, unnamed } = SAME_PLACE_M[place.kind] ?? SAME_PLACE_DEFAULT_M;
  const alike = place.name !== '' && place.name === other.name;
  return distanceM(place.position, other.position) <= (alike ? named : unnamed);
}

/** What the dropped double knew and the kept one did not. */
function inherit(place: PlaceCandidate, other: PlaceCandidate): void {
  if (place.name === '') place.name = other.name;
  if (place.nameEn === undefined && other.nameEn !== undefined) place.nameEn = other.nameEn;
  if (place.address === undefined && other.address !== undefined) place.address = other.address;
}

/** True when the element is a police building that answers calls, not a checkpoint or a training ground. */
export function isPoliceStation(tags: Tags): boolean {
  return tags.amenity === 'police' && tags.barrier === undefined && !NO_STATION.has(tags.police ?? '');
}
const NO_STATION = new Set(['checkpoint', 'range', 'storage', 'training_area', 'barracks', 'car_pound']);
