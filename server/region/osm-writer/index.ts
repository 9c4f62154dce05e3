/**
 * A region as an OpenStreetMap extract (.osm.pbf): for other map tools, for other routing engines, and for testing the
 * importer without outside data. Antennas, cameras and units have no place in it.
 */
import { open } from 'node:fs/promises';
import type { RoadInput, RoadWay } from '#road/build.ts';
import { distanceM } from '#road/geo.ts';
import { polygonContains } from '../geo.ts';
import type { OsmNode, OsmRelation, OsmWay } from '../import/osm.ts';
import type { AdminArea, BasemapFeature, LngLat, RegionSource } from '../source.ts';
import { entityFrames, headerFrame } from './blocks.ts';
import { writeBorders } from './borders.ts';
import { Draft } from './draft.ts';
import { placeTags, pointTags, roadTags, shapeTags } from './tags.ts';
import { barrierTags, turnRelation } from './turns.ts';

type Label = Extract<BasemapFeature, { layer: 'labels' }>;
type Shape = Exclude<BasemapFeature, { at: unknown } | { layer: 'boundaries' }>;

/** Writes the file; what stood there is replaced. Roads keep the ids of their nodes, ways and restrictions. */
export async function writeOsmPbf(source: RegionSource, path: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (const frame of osmFrames(source)) await file.writeFile(frame);
  } finally {
    await file.close();
  }
}

/** The parts of the file in order. */
export function* osmFrames(source: RegionSource): Generator<Uint8Array> {
  const { nodes, ways, relations } = elementsOf(source);
  yield headerFrame(source.bbox);
  yield* entityFrames({ kind: 'nodes', items: nodes });
  yield* entityFrames({ kind: 'ways', items: ways });
  yield* entityFrames({ kind: 'relations', items: relations });
}

function elementsOf(source: RegionSource): Pick<Draft, 'nodes' | 'ways' | 'relations'> {
  const roads = roadElements(source);
  const draft = new Draft({
    node: lastId(roads.nodes),
    way: lastId(roads.ways),
    relation: lastId(roads.relations),
  });
  addShapes(draft, source.basemap);
  const labels = addPoints(draft, source.basemap);
  for (const house of source.houses ?? []) {
    const [, number = house.number] = /^(\d+)号$/.exec(house.number) ?? [];
    draft.addNode(house.position, { 'addr:street': house.road, 'addr:housenumber': number });
  }
  for (const place of source.places) draft.addNode(place.position, stationTags(source, placeTags(place)));
  const borders = source.basemap.filter(feature => feature.layer === 'boundaries');
  writeBorders(draft, borders, source.areas ?? [], (area, classes) => labelOf(labels, area, classes));
  return {
    nodes: [...roads.nodes, ...draft.nodes],
    ways: [...roads.ways, ...draft.ways],
    relations: [...roads.relations, ...draft.relations],
  };
}

function roadElements({ roads }: RegionSource): Pick<Draft, 'nodes' | 'ways' | 'relations'> {
  const barriers = new Set(roads.barriers);
  const nodes = [...roads.nodes].map(
    ([id, [lon, lat]]): OsmNode => ({
      type: 'node',
      id,
      lon,
      lat,
      ...(barriers.has(id) && { tags: barrierTags }),
    }),
  );
  const ways = roads.ways.map(
    (way): OsmWay => ({ type: 'way', id: way.id, refs: way.nodes, tags: roadTags(way, isRound(way, roads)) }),
  );
  const wayOf = new Map(roads.ways.map(way => [way.id, way]));
  const relations = roads.restrictions.map(
    (restriction): OsmRelation => ({
      type: 'relation',
      id: restriction.id,
      ...turnRelation(restriction, roads, wayOf),
    }),
  );
  const byId = (a: { id: number }, b: { id: number }): number => a.id - b.id;
  return { nodes: nodes.sort(byId), ways: ways.sort(byId), relations: relations.sort(byId) };
}

/** A closed one-way road no wider than a large roundabout. */
function isRound({ nodes, oneway }: RoadWay, roads: RoadInput): boolean {
  if (oneway !== 1 || nodes.length < 4 || nodes[0] !== nodes.at(-1)) return false;
  const first = roads.nodes.get(nodes[0]!)!;
  return nodes.every(node => distanceM(roads.nodes.get(node)!, first) < 120);
}

const lastId = (sorted: readonly { id: number }[]): number => sorted.at(-1)?.id ?? 0;

/** Areas and lines. The name of an area is a label of its own in a region; in the file it belongs to the area. */
function addShapes(draft: Draft, basemap: readonly BasemapFeature[]): void {
  const titles = basemap.filter(
    (feature): feature is Label =>
      feature.layer === 'labels' &&
      (feature.class === 'park' || feature.class === 'industrial' || feature.class === 'water'),
  );
  for (const feature of basemap) {
    if ('at' in feature || feature.layer === 'boundaries') continue;
    const tags = shapeTags(feature);
    const title = titles.find(label => isTitle(label, feature));
    if (title) Object.assign(tags, { name: title.name }, title.nameEn && { 'name:en': title.nameEn });
    if (tags['leisure'] === 'garden' && tags['name']) tags['leisure'] = 'park';
    if ('rings' in feature) draft.addArea(feature.rings, tags);
    else draft.addWay(feature.line, tags);
  }
}

function isTitle(label: Label, feature: Shape): boolean {
  const alike =
    label.class === 'water'
      ? feature.layer === 'water' && feature.kind !== 'river'
      : feature.layer === 'landuse' && feature.class === label.class;
  return alike && 'rings' in feature && polygonContains(feature.rings, label.at);
}

type Named = { at: LngLat; class: Label['class']; node: number };

/** Names and signs; returns where the settlements' names stand. */
function addPoints(draft: Draft, basemap: readonly BasemapFeature[]): Map<string, Named[]> {
  const labels = new Map<string, Named[]>();
  for (const feature of basemap) {
    if (!('at' in feature)) continue;
    const tags = pointTags(feature);
    if (!tags) continue;
    const node = draft.addNode(feature.at, tags);
    if (feature.layer !== 'labels') continue;
    const named = { at: feature.at, class: feature.class, node };
    labels.set(feature.name, [...(labels.get(feature.name) ?? []), named]);
  }
  return labels;
}

/** The node that names an administrative area on the map: with or without its suffix, the nearest of its class. */
function labelOf(
  labels: Map<string, Named[]>,
  { name, position }: AdminArea,
  classes: readonly Label['class'][],
): number | undefined {
  const short = name.replace(/(村|小组|社区)$/, '');
  const found = [...(labels.get(name) ?? []), ...(labels.get(short) ?? [])].filter(label =>
    classes.includes(label.class),
  );
  const off = ({ at }: Named): number => Math.hypot(at[0] - position[0], at[1] - position[1]);
  return found.sort((a, b) => off(a) - off(b))[0]?.node;
}

/** A station of trains, when that is the sign that stands there. */
function stationTags({ basemap }: RegionSource, tags: Record<string, string>): Record<string, string> {
  if (tags['amenity'] !== 'bus_station') return tags;
  const rail = basemap.some(
    feature =>
      feature.layer === 'landmarks' && feature.kind === 'railStation' && feature.name === tags['name'],
  );
  if (!rail) return tags;
  const { amenity: _, ...rest } = tags;
  return { ...rest, railway: 'station' };
}
