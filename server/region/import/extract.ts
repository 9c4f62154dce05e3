import { RegionError } from '../error.ts';
import type { Bbox } from '../source.ts';
import { NodeStore } from './nodes.ts';
import type { OsmNode, OsmRelation, OsmWay } from './osm.ts';
import { readPbf } from './pbf.ts';

/** An extract in memory: all positions, the tagged nodes, all ways, and the relations of some kinds. */
export interface Extract {
  bbox: Bbox;
  store: NodeStore;
  taggedNodes: OsmNode[];
  ways: Map<number, OsmWay>;
  /** Areas and borders. */
  relations: OsmRelation[];
  /** Turn restrictions. */
  turnRelations: OsmRelation[];
}

/**
 * Reads a whole file.
 * @param onShare called with the share of the file that is read, 0 to 1
 * @throws {RegionError}
 */
export async function readExtract(
  path: string,
  onShare: (share: number) => void = () => {},
): Promise<Extract> {
  const store = new NodeStore();
  const taggedNodes: OsmNode[] = [];
  const ways = new Map<number, OsmWay>();
  const relations: OsmRelation[] = [];
  const turnRelations: OsmRelation[] = [];
  let headerBbox: Bbox | null = null;
  for await (const block of readPbf(path)) {
    if (block.type === 'header') {
      headerBbox = block.bbox;
      continue;
    }
    for (const entity of block.entities) {
      if (entity.type === 'node') {
        store.add(entity.id, entity.lon, entity.lat);
        if (entity.tags) taggedNodes.push(entity);
      } else if (entity.type === 'way') ways.set(entity.id, entity);
      else if (['multipolygon', 'boundary'].includes(entity.tags?.type ?? '')) relations.push(entity);
      else if (/^restriction(:|$)/.test(entity.tags?.type ?? '')) turnRelations.push(entity);
    }
    onShare(block.readBytes / block.totalBytes);
  }
  if (store.size === 0)
    throw new RegionError('noRoads', `${path} holds no nodes at all; expected an extract with roads`);
  return { bbox: narrower(headerBbox, store.bounds()), store, taggedNodes, ways, relations, turnRelations };
}

/**
 * The stated box where the file has one, for complete ways reach far beyond what was cut out; but no wider than the
 * data, for some tools state the whole world.
 */
function narrower(stated: Bbox | null, data: Bbox): Bbox {
  if (!stated) return data;
  const box: Bbox = [
    Math.max(stated[0], data[0]),
    Math.max(stated[1], data[1]),
    Math.min(stated[2], data[2]),
    Math.min(stated[3], data[3]),
  ];
  const usable = box[0] < box[2] && box[1] < box[3] ? box : data;
  return usable.map(side => Math.round(side * 1e7) / 1e7) as Bbox;
}
