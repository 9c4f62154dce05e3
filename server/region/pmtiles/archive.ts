/**
 * Writes a PMTiles version 3 archive as a stream: tile data first, directories after, and the header last, when all
 * is known. So a province's tiles never have to be in memory at once, and a file without a header is never a map.
 */
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { Bbox, LngLat } from '../source.ts';
import { type DirectoryEntry, encodeDirectory } from './directory.ts';

const HEADER_BYTES = 127;
/** Readers fetch this much at once and expect the root directory to be in it. */
const PREFETCHED_BYTES = 16_384;
const MAX_ROOT_BYTES = PREFETCHED_BYTES - HEADER_BYTES;
const FIRST_LEAF_ENTRIES = 2048;
const GZIP = 2;
const MVT = 1;

export interface ArchiveMeta {
  minZoom: number;
  maxZoom: number;
  bbox: Bbox;
  center: LngLat;
  centerZoom: number;
  /** Goes into the archive's JSON metadata as it is. */
  metadata: Record<string, unknown>;
}

export interface ArchiveStats {
  /** Tiles that can be asked for; of these, how many directory entries and how many different contents there are. */
  tiles: number;
  entries: number;
  contents: number;
  bytes: number;
}

export interface Tile {
  tileId: number;
  /** Encoded vector tile, not compressed. */
  data: Uint8Array;
}

/**
 * @param tiles in rising order of tile id
 * @throws {Error} when they are not, or the disk is full
 */
export async function writeArchive(path: string, tiles: Iterable<Tile>, meta: ArchiveMeta): Promise<ArchiveStats> {
  const file = await open(path, 'w');
  try {
    const { entries, dataBytes, contents } = await writeTiles(file, tiles);
    const { root, leaves } = splitDirectory(entries);
    const metadata = gzipSync(JSON.stringify(meta.metadata));
    const metadataAt = PREFETCHED_BYTES + dataBytes;
    const leavesAt = metadataAt + metadata.length;
    await writeAll(file, metadata, metadataAt);
    await writeAll(file, leaves, leavesAt);
    await writeAll(file, root, HEADER_BYTES);
    const tileCount = entries.reduce((sum, entry) => sum + entry.runLength, 0);
    const header = encodeHeader(meta, {
      sections: [HEADER_BYTES, root.length, metadataAt, metadata.length, leavesAt, leaves.length, PREFETCHED_BYTES, dataBytes],
      counts: [tileCount, entries.length, contents],
    });
    await writeAll(file, header, 0);
    await file.sync();
    return { tiles: tileCount, entries: entries.length, contents, bytes: leavesAt + leaves.length };
  } finally {
    await file.close();
  }
}

async function writeTiles(file: FileHandle, tiles: Iterable<Tile>) {
  const entries: DirectoryEntry[] = [];
  const seen = new Map<string, { offset: number; length: number }>();
  let dataBytes = 0;
  for (const { tileId, data } of tiles) {
    const last = entries[entries.length - 1];
    if (last && tileId < last.tileId + last.runLength) {
      throw new Error(`tile ${tileId} came after tile ${last.tileId}; expected rising ids`);
    }
    const key = createHash('sha1').update(data).digest('base64');
    let place = seen.get(key);
    if (!place) {
      const packed = gzipSync(data, { level: 6 });
      place = { offset: dataBytes, length: packed.length };
      seen.set(key, place);
      await writeAll(file, packed, PREFETCHED_BYTES + dataBytes);
      dataBytes += packed.length;
    }
    if (last && last.offset === place.offset && last.tileId + last.runLength === tileId) last.runLength++;
    else entries.push({ tileId, runLength: 1, ...place });
  }
  return { entries, dataBytes, contents: seen.size };
}

/** One directory where it fits into the first fetch; else leaf directories, as large as the root's size allows. */
function splitDirectory(entries: readonly DirectoryEntry[]): { root: Uint8Array; leaves: Uint8Array } {
  const whole = gzipSync(encodeDirectory(entries));
  if (whole.length <= MAX_ROOT_BYTES) return { root: whole, leaves: new Uint8Array() };
  for (let size = FIRST_LEAF_ENTRIES; ; size *= 2) {
    const leaves: Uint8Array[] = [];
    const pointers: DirectoryEntry[] = [];
    let offset = 0;
    for (let i = 0; i < entries.length; i += size) {
      const leaf = gzipSync(encodeDirectory(entries.slice(i, i + size)));
      pointers.push({ tileId: entries[i]!.tileId, runLength: 0, offset, length: leaf.length });
      leaves.push(leaf);
      offset += leaf.length;
    }
    const root = gzipSync(encodeDirectory(pointers));
    if (root.length <= MAX_ROOT_BYTES) return { root, leaves: Buffer.concat(leaves) };
  }
}

/** `sections`: offset and length of root, metadata, leaves and tile data; `counts`: tiles, entries, contents. */
function encodeHeader(meta: ArchiveMeta, { sections, counts }: { sections: number[]; counts: number[] }): Uint8Array {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('PMTiles', 'latin1');
  header[7] = 3;
  [...sections, ...counts].forEach((value, i) => header.writeBigUInt64LE(BigInt(value), 8 + i * 8));
  header[96] = 1; // clustered: data in the order of ids
  header[97] = GZIP; // directories and metadata
  header[98] = GZIP; // tiles
  header[99] = MVT;
  header[100] = meta.minZoom;
  header[101] = meta.maxZoom;
  meta.bbox.forEach((degrees, i) => header.writeInt32LE(Math.round(degrees * 1e7), 102 + i * 4));
  header[118] = meta.centerZoom;
  meta.center.forEach((degrees, i) => header.writeInt32LE(Math.round(degrees * 1e7), 119 + i * 4));
  return header;
}

async function writeAll(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done);
    done += bytesWritten;
  }
}
