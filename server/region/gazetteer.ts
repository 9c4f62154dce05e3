/** A region's names, placed into each other, for the search of written addresses. */
import { distanceM } from '#road/geo.ts';
import { GAZETTEER_FORMAT, type Gazetteer, type GazetteerEntry } from '../address/gazetteer.ts';
import { areaTree, type AreaTree, treeOfEntries } from './gazetteer-areas.ts';
import { doorsOf, houseIn } from './gazetteer-doors.ts';
import { roadEntries } from './gazetteer-roads.ts';
import type { RegionReference } from './reference.ts';
import type {
  AddressSeed,
  AdminArea,
  BasemapFeature,
  Bbox,
  LngLat,
  PlaceSeed,
  RegionSource,
} from './source.ts';

/** What a gazetteer is made of; of an older region only some of it is known. */
export type GazetteerInput = Pick<RegionSource, 'name' | 'nameEn' | 'bbox' | 'places'> &
  Partial<Pick<RegionSource, 'roads' | 'basemap' | 'areas' | 'houses'>>;

/** A spot is no smaller than this, an area that nobody measured no larger. */
const radiusM = { least: 40, residence: 60, park: 120 };
const sameSpotM = 150;

/** Everything with a name in a region. */
export function gazetteerOf(input: GazetteerInput): Gazetteer {
  const areas = areaTree(input.areas ?? areasOfLabels(input.basemap ?? []), input.bbox);
  const spots = [...placeSpots(input.places), ...basemapSpots(input.basemap ?? [])];
  const entries: GazetteerEntry[] = [
    ...areas.entries,
    ...(input.roads ? roadEntries(input.roads, areas) : []),
    ...distinct(spots).map(spot => placed(spot, areas)),
  ];
  const counties = areas.entries.filter(({ level }) => level === 'county').map(({ name }) => name);
  const names = [
    ...new Set([input.name, ...(input.nameEn === undefined ? [] : [input.nameEn]), ...counties]),
  ];
  return { format: GAZETTEER_FORMAT, names, entries: doorsOf(entries, input.houses ?? [], input.places) };
}

/**
 * The gazetteer with what a bureau loaded later: places that it does not have yet or has otherwise, and its own list of
 * addresses. The file stays what it was; this is done when it is read.
 */
export function extendedGazetteer(
  gazetteer: Gazetteer,
  reference: Pick<RegionReference, 'places' | 'addresses'>,
  bbox: Bbox,
): Gazetteer {
  const changed = new Map(placeSpots(reference.places).map(spot => [spot.placeId, spot]));
  for (const entry of gazetteer.entries) {
    const spot = changed.get(entry.placeId);
    if (spot && isSame(entry, spot)) changed.delete(entry.placeId);
  }
  const { addresses = [] } = reference;
  if (changed.size + addresses.length === 0) return gazetteer;
  const areas = treeOfEntries(gazetteer.entries, bbox);
  const known = new Set<string | undefined>();
  const entries = gazetteer.entries.map(entry => {
    const spot = changed.get(entry.placeId);
    if (!spot) return entry;
    known.add(spot.placeId);
    return { ...placed(spot, areas), ...(entry.doors && { doors: entry.doors }) };
  });
  const added = [
    ...[...changed.values()].filter(({ placeId }) => !known.has(placeId)).map(spot => placed(spot, areas)),
    ...addresses.map(given => addressEntry(given, areas)),
  ];
  const places = reference.places.filter(({ id }) => changed.has(id));
  // House numbers join the road that they count along, so that those between them can be told as well.
  const houses = addresses.flatMap(({ name, level, position }) => {
    const house = level === 'house' ? houseIn(name) : null;
    return house ? [{ ...house, position }] : [];
  });
  return { ...gazetteer, entries: doorsOf([...entries, ...added], houses, places) };
}

const isSame = (entry: GazetteerEntry, { name, nameEn, position, radiusM: reachM }: Spot): boolean =>
  entry.name === name &&
  entry.nameEn === nameEn &&
  entry.radiusM === reachM &&
  String(entry.position) === String(rounded(position));

const addressEntry = ({ name, level, position }: AddressSeed, areas: AreaTree): GazetteerEntry =>
  placed({ name, level, position, radiusM: listedRadiusM[level] }, areas);
/** What a line of a bureau's list stands for, when it says no more than a point. */
const listedRadiusM: Record<AddressSeed['level'], number> = {
  county: 20_000,
  township: 3_000,
  community: 800,
  village: 500,
  hamlet: 250,
  road: 300,
  place: 60,
  house: 30,
};

interface Spot {
  level: GazetteerEntry['level'];
  name: string;
  nameEn?: string;
  position: LngLat;
  radiusM: number;
  placeId?: string;
}

const placed = (spot: Spot, areas: AreaTree): GazetteerEntry => ({
  ...spot,
  position: rounded(spot.position),
  within: areas.around(spot.position),
});

const rounded = ([lng, lat]: LngLat): LngLat => [Math.round(lng * 1e6) / 1e6, Math.round(lat * 1e6) / 1e6];

function placeSpots(places: readonly PlaceSeed[]): Spot[] {
  return places
    .filter(({ name }) => name !== '')
    .map(({ id, kind, name, nameEn, position, areaHa }) => {
      const usual = kind === 'residence' ? radiusM.residence : kind === 'park' ? radiusM.park : radiusM.least;
      const measured = areaHa === undefined ? usual : Math.sqrt((areaHa * 10_000) / Math.PI);
      return {
        level: 'place',
        name,
        ...(nameEn !== undefined && { nameEn }),
        position,
        radiusM: Math.round(Math.max(radiusM.least, measured)),
        placeId: id,
      };
    });
}

/** Markets, temples, works and buildings with a name: nobody searches them, but people live beside them. */
function basemapSpots(basemap: readonly BasemapFeature[]): Spot[] {
  return basemap.flatMap((feature): Spot[] => {
    if (feature.layer === 'landmarks' && feature.name !== '')
      return [spotOf(feature.name, feature.at, radiusM.least, feature.nameEn)];
    if (feature.layer === 'labels' && ['park', 'industrial', 'water', 'peak'].includes(feature.class))
      return [spotOf(feature.name, feature.at, labelRadiusM, feature.nameEn)];
    if ((feature.layer === 'buildings' || feature.layer === 'landuse') && feature.name) {
      const ring = feature.rings[0] ?? [];
      const middle = middleOf(ring);
      const reachM = Math.max(radiusM.least, ...ring.map(at => distanceM(at, middle)));
      return [spotOf(feature.name, middle, Math.round(reachM))];
    }
    return [];
  });
}
const labelRadiusM = 400;

const spotOf = (name: string, position: LngLat, reachM: number, nameEn?: string): Spot => ({
  level: 'place',
  name,
  ...(nameEn !== undefined && { nameEn }),
  position,
  radiusM: reachM,
});

const middleOf = (ring: readonly LngLat[]): LngLat => {
  const [lng, lat] = ring.reduce<LngLat>((sum, at) => [sum[0] + at[0], sum[1] + at[1]], [0, 0]);
  return [lng / ring.length, lat / ring.length];
};

/** A bank that is a place, a landmark and a building is one bank: the first of its name there stays. */
function distinct(spots: readonly Spot[]): Spot[] {
  const kept = new Map<string, Spot[]>();
  for (const spot of spots) {
    const alike = kept.get(spot.name) ?? [];
    if (alike.every(other => distanceM(other.position, spot.position) > sameSpotM))
      kept.set(spot.name, [...alike, spot]);
  }
  return [...kept.values()].flat();
}

type Label = Extract<BasemapFeature, { layer: 'labels' }>;
const levelOfLabel: Partial<Record<Label['class'], AdminArea['level']>> = {
  county: 'county',
  city: 'county',
  town: 'township',
  suburb: 'community',
  village: 'village',
  hamlet: 'hamlet',
};

/** Where no source knows the areas, the map's labels tell at least what is called what. */
function areasOfLabels(basemap: readonly BasemapFeature[]): AdminArea[] {
  return basemap.flatMap((feature, i): AdminArea[] => {
    const level = feature.layer === 'labels' ? levelOfLabel[feature.class] : undefined;
    if (feature.layer !== 'labels' || !level) return [];
    const { name, nameEn, at } = feature;
    return [{ id: `l${i}`, level, name, ...(nameEn !== undefined && { nameEn }), position: at }];
  });
}
