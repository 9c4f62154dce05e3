/** What each part of a region is called in OpenStreetMap: the importer's tables the other way round. */
import type { RoadClass, RoadWay } from '#road/build.ts';
import type { PlaceKind } from '#contract/place.ts';
import type { Tags } from '../import/osm.ts';
import type { AdminLevel, BasemapFeature, LanduseClass, PlaceSeed } from '../source.ts';

const HIGHWAY: Record<Exclude<RoadClass, 'ferry'>, string> = {
  motorway: 'motorway',
  trunk: 'trunk',
  primary: 'primary',
  secondary: 'secondary',
  tertiary: 'tertiary',
  unclassified: 'unclassified',
  residential: 'residential',
  livingStreet: 'living_street',
  service: 'service',
  track: 'track',
};
const LINKED = new Set<RoadClass>(['motorway', 'trunk', 'primary', 'secondary', 'tertiary']);
/** Where a limit is signed; on lesser roads the class says how fast one drives. */
const LIMITED = new Set<RoadClass>([...LINKED, 'unclassified']);

/** Tags of a name in both languages. */
export const nameTags = (name?: string, nameEn?: string): Tags => ({
  ...(name ? { name } : {}),
  ...(nameEn ? { 'name:en': nameEn } : {}),
});

/** Tags of a road; `round` says that its way is the ring of a roundabout. */
export function roadTags(way: RoadWay, round: boolean): Tags {
  if (way.roadClass === 'ferry')
    return { route: 'ferry', motorcar: 'yes', ...nameTags(way.name, way.nameEn) };
  const link = way.link && LINKED.has(way.roadClass) ? '_link' : '';
  return {
    highway: HIGHWAY[way.roadClass] + link,
    ...(round && { junction: 'roundabout' }),
    oneway: way.oneway === 0 ? 'no' : way.oneway === 1 ? 'yes' : '-1',
    ...(LIMITED.has(way.roadClass) && { maxspeed: String(limitKmh(way)) }),
    surface: way.surface === 'paved' ? 'asphalt' : way.roadClass === 'track' ? 'dirt' : 'gravel',
    ...(way.bridge && { bridge: 'yes', layer: '1' }),
    ...(way.tunnel && { tunnel: 'yes', layer: '-1' }),
    ...(way.ref && { ref: way.ref }),
    ...nameTags(way.name, way.nameEn),
  };
}

/** The round limit under which one drives at the way's speed: somewhat less than the limit, much less on gravel. */
const limitKmh = ({ speedKmh, surface }: RoadWay): number =>
  Math.max(10, Math.round(speedKmh / (surface === 'paved' ? 0.87 : 0.52) / 10) * 10);

const PLACE: Record<PlaceKind, Tags> = {
  bank: { amenity: 'bank' },
  atm: { amenity: 'atm' },
  park: { leisure: 'park' },
  hotel: { tourism: 'hotel' },
  guestHouse: { tourism: 'guest_house' },
  internetCafe: { amenity: 'internet_cafe' },
  carPark: { amenity: 'parking' },
  mall: { shop: 'mall' },
  office: { office: 'company' },
  school: { amenity: 'school' },
  hospital: { amenity: 'hospital' },
  station: { amenity: 'bus_station' },
  police: { amenity: 'police' },
  residence: { building: 'apartments' },
  industrialRoad: {},
  quietRoad: {},
  street: {},
};

export function placeTags({ kind, name, nameEn, address }: PlaceSeed): Tags {
  const door = /(\S+) (\d+)号/.exec(address ?? '');
  return {
    ...PLACE[kind],
    ...nameTags(name, nameEn),
    ...(address && { 'addr:full': address }),
    ...(door && { 'addr:street': door[1]!, 'addr:housenumber': door[2]! }),
  };
}

const LANDUSE: Record<LanduseClass, Tags> = {
  park: { leisure: 'garden' },
  wood: { natural: 'wood' },
  grass: { natural: 'grassland' },
  farmland: { landuse: 'farmland' },
  industrial: { landuse: 'industrial' },
  residential: { landuse: 'residential' },
  commercial: { landuse: 'commercial' },
  education: { landuse: 'education' },
  medical: { amenity: 'hospital' },
  cemetery: { landuse: 'cemetery' },
  military: { landuse: 'military' },
  bare: { landuse: 'brownfield' },
};
const WATER: Record<'lake' | 'river' | 'reservoir', Tags> = {
  lake: { natural: 'water', water: 'lake' },
  river: { natural: 'water', water: 'river' },
  reservoir: { natural: 'water', water: 'reservoir' },
};

/** Tags of what is drawn as an area or a line; borders are relations and not here. */
export function shapeTags(feature: Exclude<BasemapFeature, { at: unknown } | { layer: 'boundaries' }>): Tags {
  const name = nameTags(feature.name);
  switch (feature.layer) {
    case 'water':
      return { ...WATER[feature.kind], ...name };
    case 'waterways':
      return { waterway: feature.kind, ...name };
    case 'landuse':
      return { ...LANDUSE[feature.class], ...name };
    case 'buildings':
      return {
        building: 'yes',
        ...(feature.heightM !== undefined && { height: String(feature.heightM) }),
        ...name,
      };
    case 'rail':
      return { railway: feature.kind, ...(feature.siding && { service: 'siding' }), ...name };
    case 'paths':
      return { highway: feature.kind, ...name };
  }
}

const LABEL: Record<Extract<BasemapFeature, { layer: 'labels' }>['class'], Tags | null> = {
  county: { place: 'county' },
  city: { place: 'city' },
  town: { place: 'town' },
  suburb: { place: 'suburb' },
  village: { place: 'village' },
  hamlet: { place: 'hamlet' },
  peak: { natural: 'peak' },
  // These are the names of areas, not of points.
  water: null,
  park: null,
  industrial: null,
};
const LANDMARK: Record<Extract<BasemapFeature, { layer: 'landmarks' }>['kind'], Tags> = {
  townHall: { amenity: 'townhall' },
  fuel: { amenity: 'fuel' },
  busStation: { amenity: 'bus_station' },
  railStation: { railway: 'station' },
  market: { amenity: 'marketplace' },
  worship: { amenity: 'place_of_worship' },
  viewpoint: { tourism: 'viewpoint' },
  fireStation: { amenity: 'fire_station' },
  library: { amenity: 'library' },
  museum: { tourism: 'museum' },
};

/** Tags of a sign or a name at a point; null for the name of an area. */
export function pointTags(feature: Extract<BasemapFeature, { at: unknown }>): Tags | null {
  const kind = feature.layer === 'labels' ? LABEL[feature.class] : LANDMARK[feature.kind];
  return kind && { ...kind, ...nameTags(feature.name, feature.nameEn) };
}

/** Levels as China uses them: county 6, township 8, community and administrative village 10. */
export const adminLevel: Record<AdminLevel, number> = {
  county: 6,
  township: 8,
  community: 10,
  village: 10,
  hamlet: 11,
};
export const adminPlace: Record<AdminLevel, string> = {
  county: 'county',
  township: 'town',
  community: 'quarter',
  village: 'village',
  hamlet: 'hamlet',
};
