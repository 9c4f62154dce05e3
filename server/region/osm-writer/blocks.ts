/** The file format: framed, compressed blocks of protocol buffers (wiki.openstreetmap.org/wiki/PBF_Format). */
import { deflateSync } from 'node:zlib';
import { PbfWriter } from 'pbf';
import type { OsmNode, OsmRelation, OsmWay, Tags } from '../import/osm.ts';
import type { Bbox } from '../source.ts';

/** Entities per block; the format's customary number, well under its limit of 32 MiB. */
const PER_BLOCK = 8000;
/** Positions are whole multiples of this many nanodegrees, the format's default. */
const UNITS_PER_DEGREE = 1e7;
const NANO = 1e9;

type Entities =
  | { kind: 'nodes'; items: readonly OsmNode[] }
  | { kind: 'ways'; items: readonly OsmWay[] }
  | { kind: 'relations'; items: readonly OsmRelation[] };

/** The file's first frame: what a reader must understand, and the box around everything. */
export function headerFrame([west, south, east, north]: Bbox): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeMessage(
    1,
    (sides: number[], out) => {
      sides.forEach((side, i) => out.writeSVarintField(i + 1, Math.round(side * NANO)));
    },
    [west, east, north, south],
  );
  for (const feature of ['OsmSchema-V0.6', 'DenseNodes']) pbf.writeStringField(4, feature);
  pbf.writeStringField(5, 'Sort.Type_then_ID');
  pbf.writeStringField(16, 'jianmian');
  return frame('OSMHeader', pbf.finish());
}

/** Frames of entities, which must come sorted by id. */
export function* entityFrames({ kind, items }: Entities): Generator<Uint8Array> {
  for (let from = 0; from < items.length; from += PER_BLOCK) {
    const block = new Block();
    const to = Math.min(items.length, from + PER_BLOCK);
    const group = new PbfWriter();
    if (kind === 'nodes') group.writeMessage(2, writeDense, { nodes: items.slice(from, to), block });
    else if (kind === 'ways')
      for (const way of items.slice(from, to)) group.writeMessage(3, writeWay, { way, block });
    else
      for (const relation of items.slice(from, to)) group.writeMessage(4, writeRelation, { relation, block });
    yield frame('OSMData', block.finish(group.finish()));
  }
}

/** Length of the header, header, blob. */
function frame(type: string, data: Uint8Array): Uint8Array {
  const blob = new PbfWriter();
  blob.writeVarintField(2, data.length);
  blob.writeBytesField(3, deflateSync(data));
  const body = blob.finish();
  const header = new PbfWriter();
  header.writeStringField(1, type);
  header.writeVarintField(3, body.length);
  const head = header.finish();
  const out = new Uint8Array(4 + head.length + body.length);
  new DataView(out.buffer).setUint32(0, head.length);
  out.set(head, 4);
  out.set(body, 4 + head.length);
  return out;
}

/** One block's strings, each held once; number 0 is the empty string that ends a node's tags. */
class Block {
  private readonly numbers = new Map<string, number>([['', 0]]);

  numberOf(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    this.numbers.set(text, this.numbers.size);
    return this.numbers.size - 1;
  }

  finish(group: Uint8Array): Uint8Array {
    const pbf = new PbfWriter();
    pbf.writeMessage(
      1,
      (strings: Iterable<string>, out) => {
        for (const text of strings) out.writeStringField(1, text);
      },
      this.numbers.keys(),
    );
    pbf.writeBytesField(2, group);
    return pbf.finish();
  }
}

function writeDense({ nodes, block }: { nodes: OsmNode[]; block: Block }, pbf: PbfWriter): void {
  pbf.writePackedSVarint(1, deltas(nodes.map(node => node.id)));
  pbf.writePackedSVarint(8, deltas(nodes.map(node => Math.round(node.lat * UNITS_PER_DEGREE))));
  pbf.writePackedSVarint(9, deltas(nodes.map(node => Math.round(node.lon * UNITS_PER_DEGREE))));
  if (nodes.every(node => !node.tags)) return;
  const words: number[] = [];
  for (const { tags = {} } of nodes) {
    for (const [key, value] of Object.entries(tags)) words.push(block.numberOf(key), block.numberOf(value));
    words.push(0);
  }
  pbf.writePackedVarint(10, words);
}

function writeWay({ way, block }: { way: OsmWay; block: Block }, pbf: PbfWriter): void {
  pbf.writeVarintField(1, way.id);
  writeTags(way.tags, block, pbf);
  pbf.writePackedSVarint(8, deltas(way.refs));
}

function writeRelation({ relation, block }: { relation: OsmRelation; block: Block }, pbf: PbfWriter): void {
  const { id, tags, members } = relation;
  pbf.writeVarintField(1, id);
  writeTags(tags, block, pbf);
  pbf.writePackedVarint(
    8,
    members.map(({ role }) => block.numberOf(role)),
  );
  pbf.writePackedSVarint(9, deltas(members.map(({ ref }) => ref)));
  pbf.writePackedVarint(
    10,
    members.map(({ type }) => ['node', 'way', 'relation'].indexOf(type)),
  );
}

function writeTags(tags: Tags = {}, block: Block, pbf: PbfWriter): void {
  pbf.writePackedVarint(
    2,
    Object.keys(tags).map(key => block.numberOf(key)),
  );
  pbf.writePackedVarint(
    3,
    Object.values(tags).map(value => block.numberOf(value)),
  );
}

const deltas = (values: number[]): number[] => values.map((value, i) => value - (values[i - 1] ?? 0));
