import type { OsmNode, OsmRelation, OsmWay, Tags } from '../import/osm.ts';
import type { LngLat } from '../source.ts';

const keyOf = ([lng, lat]: LngLat): string => `${lng},${lat}`;

/** Elements while they are collected: gives out ids above those that the roads brought along. */
export class Draft {
  readonly nodes: OsmNode[] = [];
  readonly ways: OsmWay[] = [];
  readonly relations: OsmRelation[] = [];
  private readonly shared = new Map<string, number>();
  private nextNode: number;
  private nextWay: number;
  private nextRelation: number;

  constructor(last: { node: number; way: number; relation: number }) {
    this.nextNode = last.node + 1;
    this.nextWay = last.way + 1;
    this.nextRelation = last.relation + 1;
  }

  addNode([lon, lat]: LngLat, tags?: Tags): number {
    const id = this.nextNode++;
    this.nodes.push({ type: 'node', id, lon, lat, ...(tags && { tags }) });
    return id;
  }

  /** A way along the positions; a closed one ends in its first node. */
  addWay(line: LngLat[], tags?: Tags): number {
    const [first, last] = [line[0]!, line.at(-1)!];
    const closed = line.length > 3 && first[0] === last[0] && first[1] === last[1];
    const refs = (closed ? line.slice(0, -1) : line).map(at => this.addNode(at));
    if (closed) refs.push(refs[0]!);
    return this.push(refs, tags);
  }

  /** A way whose ends are the very nodes of whatever else ends there. */
  addBorder(line: LngLat[], tags: Tags): number {
    const last = line.length - 1;
    return this.push(
      line.map((at, i) => (i === 0 || i === last ? this.sharedNode(at) : this.addNode(at))),
      tags,
    );
  }

  /** An area: a closed way, or with holes a multipolygon. */
  addArea(rings: LngLat[][], tags: Tags): void {
    if (rings.length === 1) {
      this.addWay(rings[0]!, tags);
      return;
    }
    const members = rings.map((ring, i) => ({
      type: 'way' as const,
      ref: this.addWay(ring),
      role: i === 0 ? 'outer' : 'inner',
    }));
    this.addRelation(members, { type: 'multipolygon', ...tags });
  }

  addRelation(members: OsmRelation['members'], tags: Tags): void {
    this.relations.push({ type: 'relation', id: this.nextRelation++, members, tags });
  }

  private push(refs: number[], tags?: Tags): number {
    const id = this.nextWay++;
    this.ways.push({ type: 'way', id, refs, ...(tags && { tags }) });
    return id;
  }

  private sharedNode(at: LngLat): number {
    const key = keyOf(at);
    const known = this.shared.get(key);
    if (known !== undefined) return known;
    const id = this.addNode(at);
    this.shared.set(key, id);
    return id;
  }
}
