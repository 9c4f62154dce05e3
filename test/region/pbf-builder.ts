/** Writes small .osm.pbf files, so that a test can say exactly what is in an extract. */
import { deflateSync, zstdCompressSync } from 'node:zlib';
import type { OsmNode, OsmRelation, OsmWay } from '../../server/region/import/osm.ts';

export type Packing = 'zlib' | 'raw' | 'zstd' | 'lzma';

export interface PbfContent {
  nodes?: Omit<OsmNode, 'type'>[];
  ways?: Omit<OsmWay, 'type'>[];
  relations?: Omit<OsmRelation, 'type'>[];
  /** [west, south, east, north] in the header. */
  bbox?: [number, number, number, number];
  features?: string[];
  packing?: Packing;
}

const varint = (value: number | bigint): Buffer => {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  return Buffer.from([...bytes, Number(rest)]);
};
const zigzag = (value: number): bigint => (value < 0 ? -BigInt(value) * 2n - 1n : BigInt(value) * 2n);
const bytesField = (field: number, bytes: Uint8Array): Buffer =>
  Buffer.concat([varint(field * 8 + 2), varint(bytes.length), bytes]);
const textField = (field: number, text: string): Buffer => bytesField(field, Buffer.from(text));
const varintField = (field: number, value: number | bigint): Buffer =>
  Buffer.concat([varint(field * 8), varint(value)]);
const packed = (field: number, values: (number | bigint)[]): Buffer =>
  bytesField(field, Buffer.concat(values.map(varint)));
const deltas = (values: number[]): bigint[] => values.map((value, i) => zigzag(value - (values[i - 1] ?? 0)));

/** One frame: length of the header, header, blob. */
export function frame(type: string, data: Buffer, packing: Packing = 'zlib'): Buffer {
  const blob = {
    raw: () => bytesField(1, data),
    zlib: () => Buffer.concat([varintField(2, data.length), bytesField(3, deflateSync(data))]),
    lzma: () => bytesField(4, data),
    zstd: () => Buffer.concat([varintField(2, data.length), bytesField(7, zstdCompressSync(data))]),
  }[packing]();
  const header = Buffer.concat([textField(1, type), varintField(3, blob.length)]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(header.length);
  return Buffer.concat([length, header, blob]);
}

export function headerFrame({ bbox, features = ['OsmSchema-V0.6'], packing = 'zlib' }: PbfContent): Buffer {
  const sides =
    bbox &&
    [bbox[0], bbox[2], bbox[3], bbox[1]].map((side, i) => varintField(i + 1, zigzag(Math.round(side * 1e9))));
  return frame(
    'OSMHeader',
    Buffer.concat([
      ...(sides ? [bytesField(1, Buffer.concat(sides))] : []),
      ...features.map(name => textField(4, name)),
    ]),
    packing,
  );
}

export function buildPbf(content: PbfContent): Buffer {
  const strings = [''];
  const stringId = (text: string): number => {
    const at = strings.indexOf(text);
    return at >= 0 ? at : strings.push(text) - 1;
  };
  const tagFields = (tags: Record<string, string> = {}): Buffer[] => [
    packed(2, Object.keys(tags).map(stringId)),
    packed(3, Object.values(tags).map(stringId)),
  ];
  const nodes = (content.nodes ?? []).map(({ id, lon, lat, tags }) =>
    bytesField(
      1,
      Buffer.concat([
        varintField(1, zigzag(id)),
        ...tagFields(tags),
        varintField(8, zigzag(Math.round(lat * 1e7))),
        varintField(9, zigzag(Math.round(lon * 1e7))),
      ]),
    ),
  );
  const ways = (content.ways ?? []).map(({ id, refs, tags }) =>
    bytesField(3, Buffer.concat([varintField(1, id), ...tagFields(tags), packed(8, deltas(refs))])),
  );
  const relations = (content.relations ?? []).map(({ id, members, tags }) =>
    bytesField(
      4,
      Buffer.concat([
        varintField(1, id),
        ...tagFields(tags),
        packed(
          8,
          members.map(({ role }) => stringId(role)),
        ),
        packed(9, deltas(members.map(({ ref }) => ref))),
        packed(
          10,
          members.map(({ type }) => ['node', 'way', 'relation'].indexOf(type)),
        ),
      ]),
    ),
  );
  const groups = [nodes, ways, relations]
    .filter(group => group.length > 0)
    .map(group => bytesField(2, Buffer.concat(group)));
  const table = bytesField(1, Buffer.concat(strings.map(text => textField(1, text))));
  const data = frame('OSMData', Buffer.concat([table, ...groups]), content.packing);
  return Buffer.concat([headerFrame(content), data]);
}
