/**
 * The road file: graph and hierarchy in one buffer that is used as it is, also by several threads at once.
 *
 * Little-endian: magic (8 bytes), u32 version, u32 checksum, u32 byte length of the file, u32 byte length of the
 * directory, 8 bytes of zero; then the directory (JSON, padded to 8 bytes): where each array lies, and what is no
 * array; then the arrays, each on a multiple of 8.
 */
import type { RoadGraph } from './graph.ts';
import type { SnapGrid } from './grid.ts';
import type { Hierarchy, Ladder } from './hierarchy.ts';

const magic = 'JMROAD\r\n';
const version = 2;
const headerBytes = 32;
const checkedFrom = 16;

const littleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

type NumberArray = Uint8Array | Int32Array | Uint32Array | Float32Array | Float64Array;
type ArrayMaker = new (buffer: ArrayBufferLike, offset: number, length: number) => NumberArray;

const graphArrays = {
  nodePosition: Int32Array,
  nodeJunction: Uint32Array,
  copyOffset: Uint32Array,
  arcOffset: Uint32Array,
  arcFrom: Uint32Array,
  arcTo: Uint32Array,
  arcDs: Int32Array,
  arcEdge: Uint32Array,
  inOffset: Uint32Array,
  inArc: Uint32Array,
  edgeFrom: Uint32Array,
  edgeTo: Uint32Array,
  edgeArc: Uint32Array,
  edgeLengthM: Float32Array,
  edgeSpeedKmh: Float32Array,
  edgeClass: Uint8Array,
  edgeFlags: Uint8Array,
  edgeName: Uint32Array,
  edgeWayId: Float64Array,
  shapeOffset: Uint32Array,
  shape: Int32Array,
} as const;
const gridArrays = { cellOffset: Uint32Array, cellVertex: Uint32Array } as const;
const ladderArrays = { offset: Uint32Array, arc: Int32Array, via: Int32Array } as const;
const hierarchyArrays = { rankOf: Uint32Array, nodeAt: Uint32Array } as const;

type Shape = Record<string, ArrayMaker>;
type Arrays<S extends Shape> = { [K in keyof S]: InstanceType<S[K]> };

type GridFrame = Omit<SnapGrid, keyof typeof gridArrays>;

interface Directory {
  /** Name → [byte offset from the start of the file, number of elements]. */
  arrays: Record<string, [number, number]>;
  graph: Pick<
    RoadGraph,
    'nodeCount' | 'junctionCount' | 'edgeCount' | 'arcCount' | 'names' | 'dropped' | 'restrictions'
  >;
  grid: GridFrame;
  fencedGrid: GridFrame;
}

/** The bytes are no road file of this version; the message says what was found and what was expected. */
export class RoadFileError extends Error {
  override name = 'RoadFileError';
}

export interface RoadFile {
  graph: RoadGraph;
  hierarchy: Hierarchy;
}

export function serializeRoad(graph: RoadGraph, hierarchy: Hierarchy): Uint8Array<ArrayBuffer> {
  assertLittleEndian();
  const parts: [string, Shape, object][] = [
    ['graph', graphArrays, graph],
    ['grid', gridArrays, graph.grid],
    ['fencedGrid', gridArrays, graph.fencedGrid],
    ['hierarchy', hierarchyArrays, hierarchy],
    ['up', ladderArrays, hierarchy.up],
    ['down', ladderArrays, hierarchy.down],
  ];
  const arrays = parts.flatMap(([part, shape, owner]) =>
    Object.keys(shape).map(key => ({
      name: `${part}.${key}`,
      data: (owner as Record<string, NumberArray>)[key]!,
    })),
  );
  const { nodeCount, junctionCount, edgeCount, arcCount, names, dropped, restrictions } = graph;
  const directory: Directory = {
    arrays: {},
    graph: { nodeCount, junctionCount, edgeCount, arcCount, names, dropped, restrictions },
    grid: frameOf(graph.grid),
    fencedGrid: frameOf(graph.fencedGrid),
  };
  // Offsets count from the start of the arrays while the directory's own length is not known yet.
  let length = 0;
  for (const { name, data } of arrays) {
    directory.arrays[name] = [length, data.length];
    length = padded(length + data.byteLength);
  }
  const directoryBytes = new TextEncoder().encode(JSON.stringify(directory));
  const arraysAt = headerBytes + padded(directoryBytes.length);
  const bytes = new Uint8Array(arraysAt + length);
  bytes.set(new TextEncoder().encode(magic));
  bytes.set(directoryBytes, headerBytes);
  for (const { name, data } of arrays) {
    bytes.set(
      new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
      arraysAt + directory.arrays[name]![0],
    );
  }
  const header = new Uint32Array(bytes.buffer, 0, headerBytes / 4);
  header[2] = version;
  header[4] = bytes.length;
  header[5] = directoryBytes.length;
  header[3] = checksum(bytes.buffer);
  return bytes;
}

function frameOf({ west, south, cellWidth, cellHeight, columns, rows }: SnapGrid): GridFrame {
  return { west, south, cellWidth, cellHeight, columns, rows };
}

/**
 * Opens a road file without copying: the arrays are views of `buffer`. Throws RoadFileError on anything but a whole,
 * undamaged file of this version.
 */
export function openRoad(buffer: ArrayBuffer | SharedArrayBuffer): RoadFile {
  assertLittleEndian();
  const directoryLength = checkHeader(buffer);
  // A copy, because text decoders refuse shared memory.
  const directoryBytes = new Uint8Array(new Uint8Array(buffer, headerBytes, directoryLength));
  const directory = JSON.parse(new TextDecoder().decode(directoryBytes)) as Directory;
  const arraysAt = headerBytes + padded(directoryLength);
  const view = <S extends Shape>(part: string, shape: S): Arrays<S> => {
    const entries = Object.entries(shape).map(([key, Maker]) => {
      const place = directory.arrays[`${part}.${key}`];
      if (!place) throw new RoadFileError(`The road file has no array ${part}.${key}.`);
      return [key, new Maker(buffer, arraysAt + place[0], place[1])];
    });
    return Object.fromEntries(entries) as Arrays<S>;
  };
  const ladder = (part: 'up' | 'down'): Ladder => view(part, ladderArrays);
  return {
    graph: {
      ...directory.graph,
      ...view('graph', graphArrays),
      grid: { ...directory.grid, ...view('grid', gridArrays) },
      fencedGrid: { ...directory.fencedGrid, ...view('fencedGrid', gridArrays) },
    },
    hierarchy: {
      nodeCount: directory.graph.nodeCount,
      ...view('hierarchy', hierarchyArrays),
      up: ladder('up'),
      down: ladder('down'),
    },
  };
}

/** Returns the byte length of the directory. */
function checkHeader(buffer: ArrayBuffer | SharedArrayBuffer): number {
  const { byteLength } = buffer;
  if (byteLength < headerBytes)
    throw new RoadFileError(`Not a road file: ${byteLength} bytes, at least ${headerBytes} were expected.`);
  const found = String.fromCharCode(...new Uint8Array(buffer, 0, magic.length));
  if (found !== magic)
    throw new RoadFileError(
      `Not a road file: it begins with ${JSON.stringify(found)}, ${JSON.stringify(magic)} was expected.`,
    );
  const header = new Uint32Array(buffer, 0, headerBytes / 4);
  if (header[2] !== version) {
    throw new RoadFileError(
      `The road file has format version ${header[2]}, version ${version} was expected: import the region again.`,
    );
  }
  if (header[4] !== byteLength) {
    throw new RoadFileError(
      `The road file is ${byteLength} bytes long, ${header[4]} were expected: it was cut off or added to.`,
    );
  }
  if (header[3] !== checksum(buffer))
    throw new RoadFileError('The road file is damaged: its checksum does not fit its content.');
  return header[5]!;
}

/** FNV-1a over 32-bit words: each step is one-to-one, so no change of a single word goes unseen. */
function checksum(buffer: ArrayBufferLike): number {
  const words = new Uint32Array(buffer, checkedFrom, (buffer.byteLength - checkedFrom) >> 2);
  let hash = 0x811c9dc5;
  for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ words[i]!, 0x01000193);
  return hash >>> 0;
}

const padded = (length: number): number => (length + 7) & ~7;

function assertLittleEndian(): void {
  if (!littleEndian) throw new RoadFileError('Road files are little-endian; this processor is not.');
}
