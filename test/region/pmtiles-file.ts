/** Reading a PMTiles file with the reference reader and decoder, for the tests. */
import { readFileSync } from 'node:fs';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { PMTiles, type RangeResponse, type Source, tileIdToZxy } from 'pmtiles';
import { gunzipSync } from 'node:zlib';
import { decodeDirectory, type DirectoryEntry } from '../../server/region/pmtiles/directory.ts';

class FileSource implements Source {
  readonly bytes: Buffer;

  constructor(path: string) {
    this.bytes = readFileSync(path);
  }

  getKey(): string {
    return 'file';
  }

  getBytes(offset: number, length: number): Promise<RangeResponse> {
    const part = this.bytes.subarray(offset, offset + length);
    return Promise.resolve({ data: new Uint8Array(part).buffer });
  }
}

export interface PmtilesFile {
  bytes: Buffer;
  archive: PMTiles;
  /** All entries, leaf directories followed. */
  entries: DirectoryEntry[];
  /** Addresses of all tiles, runs spelled out. */
  addresses: [number, number, number][];
  tile(z: number, x: number, y: number): Promise<VectorTile | null>;
}

export async function openPmtiles(path: string): Promise<PmtilesFile> {
  const source = new FileSource(path);
  const archive = new PMTiles(source);
  const header = await archive.getHeader();
  const directory = (offset: number, length: number): DirectoryEntry[] =>
    decodeDirectory(gunzipSync(source.bytes.subarray(offset, offset + length))).flatMap(entry =>
      entry.runLength > 0 ? [entry] : directory(header.leafDirectoryOffset + entry.offset, entry.length),
    );
  const entries = directory(header.rootDirectoryOffset, header.rootDirectoryLength);
  const addresses = entries.flatMap(({ tileId, runLength }) =>
    Array.from({ length: runLength }, (_, i) => tileIdToZxy(tileId + i)),
  );
  const tile = async (z: number, x: number, y: number) => {
    const response = await archive.getZxy(z, x, y);
    return response ? new VectorTile(new PbfReader(new Uint8Array(response.data))) : null;
  };
  return { bytes: source.bytes, archive, entries, addresses, tile };
}
