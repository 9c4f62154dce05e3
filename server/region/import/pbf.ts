/**
 * Reads the frames of an .osm.pbf file one by one and hands out what is in them.
 * Format: https://wiki.openstreetmap.org/wiki/PBF_Format. The frames are read here, and not by the parser's own
 * stream, because that one throws out of the pipe on a damaged file and takes the process with it; here every
 * damage becomes one RegionError with the byte where it was found.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { inflateSync, zstdDecompressSync } from 'node:zlib';
import { parse } from 'osm-pbf-parser-node';
import { RegionError } from '../error.ts';
import type { Bbox } from '../source.ts';
import { foreignKind } from './foreign.ts';
import type { OsmEntity } from './osm.ts';
import { messageFields, zigzag } from './wire.ts';

const MAX_HEADER_BYTES = 64 * 1024;
const MAX_BLOB_BYTES = 32 * 1024 * 1024;
const KNOWN_FEATURES = new Set(['OsmSchema-V0.6', 'DenseNodes', 'Sort.Type_then_ID', 'LocationsOnWays']);

export type PbfBlock =
  | { type: 'header'; bbox: Bbox | null }
  | { type: 'entities'; entities: OsmEntity[]; readBytes: number; totalBytes: number };

/**
 * The header and then the blocks of entities, in file order.
 * @throws {RegionError} notFound, empty, foreign, truncated, broken or unsupported
 */
export async function* readPbf(path: string): AsyncGenerator<PbfBlock> {
  const file = await open(path, 'r').catch((cause: NodeJS.ErrnoException) => {
    throw new RegionError(
      'notFound',
      `cannot open ${path} (${cause.code ?? cause.message}); expected an .osm.pbf file`,
    );
  });
  try {
    yield* readFrames(file, path);
  } finally {
    await file.close();
  }
}

async function* readFrames(file: FileHandle, path: string): AsyncGenerator<PbfBlock> {
  const stat = await file.stat();
  if (!stat.isFile()) throw new RegionError('foreign', `${path} is not a file; expected an .osm.pbf file`);
  const totalBytes = stat.size;
  if (totalBytes === 0)
    throw new RegionError('empty', `${path} is empty (0 bytes); expected an .osm.pbf file`);
  const reader = { file, path, totalBytes, at: 0 };
  let header = true;
  while (reader.at < totalBytes) {
    const frameAt = reader.at;
    const frame = await readFrame(reader, header);
    if (frame.type !== 'OSMHeader' && frame.type !== 'OSMData') continue; // unknown frames are to be skipped
    if (header !== (frame.type === 'OSMHeader')) {
      throw new RegionError(
        'broken',
        `${path} has its blocks in the wrong order: '${frame.type}' at byte ${frameAt}`,
      );
    }
    const data = guarded(path, frameAt, () => inflateBlob(frame.blob));
    if (header) {
      yield readHeader(data, path);
      header = false;
    } else {
      const entities = guarded(path, frameAt, () => parse(data, { withTags: true }) as OsmEntity[]);
      yield { type: 'entities', entities, readBytes: reader.at, totalBytes };
    }
  }
}

interface Reader {
  file: FileHandle;
  path: string;
  totalBytes: number;
  at: number;
}

async function readFrame(reader: Reader, first: boolean): Promise<{ type: string; blob: Buffer }> {
  const { path } = reader;
  const frameAt = reader.at;
  const foreign = first ? foreignKind(await peek(reader, 64)) : null;
  if (foreign) throw new RegionError('foreign', `${path} is ${foreign}; expected an .osm.pbf file`);
  const headerBytes = (await take(reader, 4)).readUInt32BE();
  if (headerBytes === 0 || headerBytes > MAX_HEADER_BYTES) {
    if (first) throw new RegionError('foreign', `${path} does not start like an .osm.pbf file; expected one`);
    throw new RegionError('broken', `${path} is damaged at byte ${frameAt}: no block header there`);
  }
  const header = await take(reader, headerBytes);
  const { type, blobBytes } = guarded(path, frameAt, () => readBlobHeader(header), first);
  if (!(blobBytes >= 0 && blobBytes <= MAX_BLOB_BYTES)) {
    throw new RegionError(
      'broken',
      `${path} is damaged at byte ${frameAt}: a block of ${blobBytes} bytes is too large`,
    );
  }
  return { type, blob: await take(reader, blobBytes) };
}

async function peek(reader: Reader, bytes: number): Promise<Buffer> {
  const { buffer, bytesRead } = await reader.file.read(Buffer.alloc(bytes), 0, bytes, reader.at);
  return buffer.subarray(0, bytesRead);
}

async function take(reader: Reader, bytes: number): Promise<Buffer> {
  if (reader.at + bytes > reader.totalBytes) {
    const message = `${reader.path} is cut off: a block at byte ${reader.at} needs ${bytes} bytes, but the file ends at ${reader.totalBytes}; download it again`;
    throw new RegionError('truncated', message);
  }
  const buffer = Buffer.allocUnsafe(bytes);
  let done = 0;
  while (done < bytes) {
    const { bytesRead } = await reader.file.read(buffer, done, bytes - done, reader.at + done);
    if (bytesRead === 0)
      throw new RegionError('truncated', `${reader.path} became shorter while it was read`);
    done += bytesRead;
  }
  reader.at += bytes;
  return buffer;
}

function readBlobHeader(bytes: Buffer): { type: string; blobBytes: number } {
  let type = '';
  let blobBytes = -1;
  for (const { field, bytes: value, varint } of messageFields(bytes)) {
    if (field === 1 && value) type = value.toString('utf8');
    if (field === 3) blobBytes = Number(varint);
  }
  if (type === '' || blobBytes < 0) throw new Error('the block header has no type or no size');
  return { type, blobBytes };
}

function inflateBlob(blob: Buffer): Buffer {
  for (const { field, bytes } of messageFields(blob)) {
    if (!bytes) continue;
    if (field === 1) return bytes;
    if (field === 3) return inflateSync(bytes, { maxOutputLength: MAX_BLOB_BYTES });
    if (field === 7) return zstdDecompressSync(bytes, { maxOutputLength: MAX_BLOB_BYTES });
    if (field >= 4 && field <= 6)
      throw new RegionError(
        'unsupported',
        'blocks packed with lzma, bzip2 or lz4 cannot be read; expected zlib',
      );
  }
  throw new Error('the block is empty');
}

function readHeader(data: Buffer, path: string): PbfBlock {
  let bbox: Bbox | null = null;
  for (const { field, bytes } of guarded(path, 0, () => [...messageFields(data)])) {
    if (!bytes) continue;
    if (field === 1) bbox = guarded(path, 0, () => readHeaderBbox(bytes));
    const feature = bytes.toString('utf8');
    if (field === 4 && !KNOWN_FEATURES.has(feature)) {
      throw new RegionError(
        'unsupported',
        `${path} needs the feature '${feature}', which is not known; expected a plain extract`,
      );
    }
  }
  return { type: 'header', bbox };
}

/** Four signed numbers of 1e-9 degrees: left, right, top, bottom. */
function readHeaderBbox(bytes: Buffer): Bbox {
  const sides = [0, 0, 0, 0];
  for (const { field, varint } of messageFields(bytes)) {
    if (field >= 1 && field <= 4) sides[field - 1] = Number(zigzag(varint)) * 1e-9;
  }
  const [left, right, top, bottom] = sides as [number, number, number, number];
  return [left, bottom, right, top];
}

/** Turns whatever a decoder throws on damaged bytes into one clear error. */
function guarded<T>(path: string, at: number, decode: () => T, first = false): T {
  try {
    return decode();
  } catch (cause) {
    if (cause instanceof RegionError) throw cause;
    if (first) throw new RegionError('foreign', `${path} does not start like an .osm.pbf file; expected one`);
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RegionError(
      'broken',
      `${path} is damaged in the block at byte ${at} (${why}); download it again`,
    );
  }
}
