/** Areas of an extract: closed ways and multipolygon relations, each once. */
import type { Polygon } from '../geo.ts';
import { isArea, landuseOf, waterKindOf } from './areas.ts';
import type { Extract } from './extract.ts';
import type { OsmRelation, OsmWay, Tags } from './osm.ts';
import { placeKindOf } from './places.ts';
import { assemblePolygons, polygonOfWay } from './rings.ts';

export interface Surface {
  /** `w123` or `r123`. */
  id: string;
  tags: Tags;
  /** One or several; a relation may have many outlines. */
  polygons: Polygon[];
}

export function readSurfaces({ ways, relations, store }: Extract): Surface[] {
  const surfaces: Surface[] = [];
  const usedUp = new Set<OsmWay>();
  for (const relation of relations) {
    if (relation.tags?.type !== 'multipolygon') continue;
    const members = memberWays(relation, ways);
    const tags = tagsOf(relation, members);
    if (!tags) continue;
    const polygons = assemblePolygons(
      members.map(member => member.way.refs),
      store,
    );
    if (polygons.length === 0) continue;
    surfaces.push({ id: `r${relation.id}`, tags, polygons });
    for (const { way, role } of members) if (role !== 'inner' && saysTheSame(way.tags, tags)) usedUp.add(way);
  }
  for (const way of ways.values()) {
    if (!way.tags || usedUp.has(way) || way.refs[0] !== way.refs[way.refs.length - 1] || !isArea(way.tags))
      continue;
    const polygon = polygonOfWay(way.refs, store);
    if (polygon) surfaces.push({ id: `w${way.id}`, tags: way.tags, polygons: [polygon] });
  }
  return surfaces;
}

interface Member {
  way: OsmWay;
  role: string;
}

function memberWays(relation: OsmRelation, ways: Map<number, OsmWay>): Member[] {
  return relation.members.flatMap(({ type, ref, role }) => {
    const way = type === 'way' ? ways.get(ref) : undefined;
    return way ? [{ way, role }] : [];
  });
}

/** The relation's tags; before 2014 they often stood on the outer way instead. */
function tagsOf(relation: OsmRelation, members: Member[]): Tags | null {
  if (relation.tags && isArea(relation.tags)) return relation.tags;
  const outer = members.find(({ way, role }) => role !== 'inner' && way.tags && isArea(way.tags));
  return outer?.way.tags ?? null;
}

/** The outline of a relation repeats its tags: drawn as well, it would fill the holes. */
function saysTheSame(way: Tags | undefined, relation: Tags): boolean {
  if (!way) return false;
  if (way === relation) return true;
  return meaning(way) === meaning(relation);
}

function meaning(tags: Tags): string {
  return JSON.stringify([waterKindOf(tags), landuseOf(tags), tags.building !== undefined, placeKindOf(tags)]);
}
