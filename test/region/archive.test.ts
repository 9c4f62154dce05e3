import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ArchiveMeta, type Tile, writeArchive } from '../../server/region/pmtiles/archive.ts';
import { tileAddress, tileId } from '../../server/region/pmtiles/tile-id.ts';
import { temporaryFolder } from './extracts.ts';
import { openPmtiles } from './pmtiles-file.ts';

const meta: ArchiveMeta = {
  minZoom: 5,
  maxZoom: 15,
  bbox: [103.1, 24.5, 103.6, 25.1],
  center: [103.3, 24.8],
  centerZoom: 12,
  metadata: { name: '云溪县', vector_layers: [{ id: 'roads', fields: {} }] },
};

async function write(tiles: Tile[]) {
  const path = join(await temporaryFolder(), 'a.pmtiles');
  return { path, stats: await writeArchive(path, tiles, meta) };
}

const tilesOf = (contents: [id: number, text: string][]): Tile[] =>
  contents.map(([id, text]) => ({ tileId: id, data: Buffer.from(text) }));

describe('archives', () => {
  it('every tile comes back as it went in, others are not there', async () => {
    const ids = fc.uniqueArray(fc.integer({ min: tileId(5, 0, 0), max: tileId(12, 0, 0) }), {
      minLength: 1,
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(
        ids,
        fc.array(fc.string(), { minLength: 1, maxLength: 5 }),
        async (unsorted, texts) => {
          const contents = unsorted
            .sort((a, b) => a - b)
            .map((id, i): [number, string] => [id, texts[i % texts.length]!]);
          const { path, stats } = await write(tilesOf(contents));
          const { archive, addresses } = await openPmtiles(path);
          expect(stats.tiles).toBe(contents.length);
          expect(addresses).toEqual(contents.map(([id]) => tileAddress(id)));
          for (const [id, text] of contents) {
            const found = await archive.getZxy(...tileAddress(id));
            expect(Buffer.from(found!.data).toString()).toBe(text);
          }
          const absent = tileId(14, 3, 3);
          expect(await archive.getZxy(...tileAddress(absent))).toBeUndefined();
        },
      ),
      { numRuns: 40 },
    );
  });

  it('equal neighbours are one entry, equal tiles are stored once', async () => {
    const { path, stats } = await write(
      tilesOf([
        [400, 'sea'],
        [401, 'sea'],
        [402, 'sea'],
        [403, 'land'],
        [409, 'sea'],
      ]),
    );
    expect(stats).toMatchObject({ tiles: 5, entries: 3, contents: 2 });
    const header = await (await openPmtiles(path)).archive.getHeader();
    expect(header).toMatchObject({
      numAddressedTiles: 5,
      numTileEntries: 3,
      numTileContents: 2,
      clustered: true,
    });
  });

  it('a directory too large for the first fetch is split into leaves', async () => {
    // Gaps and lengths from a small generator, so that the directory does not pack to nothing.
    let state = 7;
    const next = (below: number) => (state = (state * 48_271) % 2_147_483_647) % below;
    let id = tileId(12, 0, 0);
    const contents = Array.from({ length: 12_000 }, (_, i): [number, string] => {
      id += 1 + next(90);
      return [id, Array.from({ length: 1 + next(40) }, () => `${next(1e9)}`).join() + i];
    });
    const { path, stats } = await write(tilesOf(contents));
    const { archive, entries } = await openPmtiles(path);
    const header = await archive.getHeader();
    expect(header.leafDirectoryLength).toBeGreaterThan(0);
    expect(header.rootDirectoryOffset + header.rootDirectoryLength).toBeLessThanOrEqual(16_384);
    expect(entries).toHaveLength(stats.entries);
    for (const i of [0, 1, 2047, 2048, 2049, 7000, 11_999]) {
      const [address, text] = contents[i]!;
      expect(Buffer.from((await archive.getZxy(...tileAddress(address)))!.data).toString()).toBe(text);
    }
  });

  it('says what it is', async () => {
    const { path } = await write(tilesOf([[400, 'x']]));
    const { archive, bytes } = await openPmtiles(path);
    expect(await archive.getHeader()).toMatchObject({
      specVersion: 3,
      minZoom: 5,
      maxZoom: 15,
      minLon: 103.1,
      minLat: 24.5,
      maxLon: 103.6,
      maxLat: 25.1,
      centerLon: 103.3,
      centerLat: 24.8,
      centerZoom: 12,
      tileType: 1,
      tileCompression: 2,
      internalCompression: 2,
    });
    expect(await archive.getMetadata()).toEqual(meta.metadata);
    expect(bytes.subarray(0, 8).toString('latin1')).toBe('PMTiles\x03');
  });

  it('tiles may come in any order, but each only once', async () => {
    const sorted = tilesOf([
      [400, 'a'],
      [401, 'b'],
      [402, 'a'],
    ]);
    const { path } = await write(sorted.toReversed());
    expect((await openPmtiles(path)).bytes).toEqual((await openPmtiles((await write(sorted)).path)).bytes);
    await expect(
      write(
        tilesOf([
          [400, 'a'],
          [401, 'b'],
          [400, 'c'],
        ]),
      ),
    ).rejects.toThrow(/400 came twice/);
  });
});
