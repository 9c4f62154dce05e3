/** Administrative areas and settlements of an extract, as written addresses name them. */
import { distanceM } from '#road/geo.ts';
import { type Polygon, polygonAreaM2, positionInside } from '../geo.ts';
import type { AdminArea, AdminLevel, LngLat } from '../source.ts';
import type { Extract } from './extract.ts';
import { namesOf, ownName } from './names.ts';
import type { OsmRelation, Tags } from './osm.ts';
import { assemblePolygons, polygonOfWay } from './rings.ts';

/** `admin_level` of borders: in China 6 is a county, 8 a township and 10 a village; others are close to that. */
const levelOfBorder: Record<string, AdminLevel> = {
  '6': 'county',
  '7': 'township',
  '8': 'township',
  '9': 'community',
  '10': 'village',
};
const levelOfPlace: Record<string, AdminLevel> = {
  city: 'county',
  county: 'county',
  district: 'county',
  municipality: 'township',
  town: 'township',
  borough: 'community',
  suburb: 'community',
  quarter: 'community',
  neighbourhood: 'community',
  village: 'village',
  hamlet: 'hamlet',
  isolated_dwelling: 'hamlet',
  farm: 'hamlet',
};
/** A settlement's name so near to a border's middle, and called the same, is what the border is around. */
const sameWithinM: Record<AdminLevel, number> = {
  county: 60_000,
  township: 8_000,
  community: 2_000,
  village: 2_000,
  hamlet: 600,
};

/** Borders first, then the settlements that are not one of them. */
export function readAdminAreas(extract: Extract): AdminArea[] {
  const bordered = [
    ...extract.relations.flatMap(relation => borderOf(relation, extract)),
    ...placeAreas(extract),
  ];
  const settlements = extract.taggedNodes.flatMap(({ id, tags, lon, lat }) =>
    areaOf(`n${id}`, tags, levelOfPlace[tags?.place ?? ''], { at: [lon, lat] }),
  );
  const areas: AdminArea[] = bordered.map(area => ({ ...area, position: centreOf(area, settlements) }));
  for (const settlement of settlements)
    if (!areas.some(area => isSame(area, settlement))) areas.push(settlement);
  return areas;
}

function borderOf(relation: OsmRelation, extract: Extract): AdminArea[] {
  const { id, tags } = relation;
  const level =
    tags?.boundary === 'administrative'
      ? levelOfBorder[tags.admin_level ?? '']
      : levelOfPlace[tags?.place ?? ''];
  if (!level) return [];
  const ways = relation.members.flatMap(({ type, ref }) => (type === 'way' ? [extract.ways.get(ref)] : []));
  // With a border way missing the outline would be cut short, and places beyond the cut lie in nobody's area.
  if (ways.some(way => way === undefined)) return [];
  const polygons = assemblePolygons(
    ways.flatMap(way => (way ? [way.refs] : [])),
    extract.store,
  );
  const largest = largestOf(polygons);
  return largest ? areaOf(`r${id}`, tags, level, { polygon: largest }) : [];
}

/** Villages that are drawn as an outline of their houses. */
function placeAreas({ ways, store }: Extract): AdminArea[] {
  return [...ways.values()].flatMap(({ id, refs, tags }) => {
    const level = levelOfPlace[tags?.place ?? ''];
    if (!level || refs[0] !== refs.at(-1)) return [];
    const polygon = polygonOfWay(refs, store);
    return polygon ? areaOf(`w${id}`, tags, level, { polygon }) : [];
  });
}

function areaOf(
  id: string,
  tags: Tags | undefined,
  level: AdminLevel | undefined,
  shape: { at: LngLat } | { polygon: Polygon },
): AdminArea[] {
  if (!tags || !level || ownName(tags) === '') return [];
  const where =
    'at' in shape ? { position: shape.at } : { position: positionInside(shape.polygon), area: shape.polygon };
  const name = ownName(tags);
  const aliases = otherNames(tags).filter(other => other !== name);
  return [{ id, level, ...namesOf(tags), name, ...(aliases.length > 0 && { aliases }), ...where }];
}

/** What else it is called: in the language of the place, formerly, or in short. */
function otherNames(tags: Tags): string[] {
  const written = [tags.name, tags.alt_name, tags.short_name, tags.old_name, tags.official_name];
  return [...new Set(written.flatMap(names => names?.split(';') ?? []).map(name => name.trim()))].filter(
    name => name !== '',
  );
}

function largestOf(polygons: readonly Polygon[]): Polygon | undefined {
  return polygons.reduce<Polygon | undefined>(
    (best, each) => (!best || polygonAreaM2(each) > polygonAreaM2(best) ? each : best),
    undefined,
  );
}

/** Where its people are, rather than the middle of its ground. */
function centreOf(area: AdminArea, settlements: readonly AdminArea[]): LngLat {
  return settlements.find(settlement => isSame(area, settlement))?.position ?? area.position;
}

/** 茶口 and 茶口镇 are one when they are near to each other. */
function isSame(area: AdminArea, settlement: AdminArea): boolean {
  const alike = area.name === settlement.name || area.name.startsWith(settlement.name);
  return alike && distanceM(area.position, settlement.position) <= sameWithinM[area.level];
}
