import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { RegionError } from '../../server/region/error.ts';
import { importOsm } from '../../server/region/import/index.ts';
import { block, extracts, haveExtracts, importContent, temporaryFile, temporaryFolder } from './extracts.ts';
import { buildPbf, frame, headerFrame, type Packing } from './pbf-builder.ts';

async function refusal(path: string): Promise<RegionError> {
  const cause: unknown = await importOsm(path).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(cause).toBeInstanceOf(RegionError);
  return cause as RegionError;
}

const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const small = buildPbf(block);
const headerBytes = headerFrame({}).length;

describe('files that are no extract', () => {
  it.each<[name: string, bytes: Uint8Array | string, code: string, says: RegExp]>([
    ['nothing', '', 'empty', /0 bytes/],
    ['a PNG', png, 'foreign', /PNG picture/],
    ['a text', 'roads of the county\n', 'foreign', /text file/],
    ['a Chinese text', '云溪县的道路\n', 'foreign', /text file/],
    ['OSM XML', '<?xml version="1.0"?>\n<osm version="0.6"></osm>', 'foreign', /OSM XML.*osmium/],
    ['HTML', '<!doctype html><title>404</title>', 'foreign', /HTML/],
    ['GeoJSON', '{"type":"FeatureCollection"}', 'foreign', /JSON/],
    ['a gzip', gzipSync('x'), 'foreign', /unpack/],
    ['a ZIP', 'PK\x03\x04....', 'foreign', /ZIP/],
    ['zeros', Buffer.alloc(4096), 'foreign', /does not start like/],
    ['ones', Buffer.alloc(4096, 0xff), 'foreign', /expected/],
    ['a frame of something else', frame('Other', Buffer.from('x')), 'noRoads', /no nodes/],
    ['data before the header', small.subarray(headerBytes), 'broken', /wrong order/],
    ['two headers', Buffer.concat([small.subarray(0, headerBytes), small]), 'broken', /wrong order/],
    ['a header only', headerFrame({}), 'noRoads', /no nodes/],
    [
      'a full history',
      buildPbf({ ...block, features: ['OsmSchema-V0.6', 'HistoricalInformation'] }),
      'unsupported',
      /HistoricalInformation/,
    ],
    ['lzma blocks', buildPbf({ ...block, packing: 'lzma' }), 'unsupported', /zlib/],
    [
      'no road for a car',
      buildPbf({ nodes: block.nodes, ways: [{ id: 1, refs: [1, 2], tags: { highway: 'footway' } }] }),
      'noRoads',
      /no road/,
    ],
    [
      'a block that is too large',
      Buffer.concat([headerFrame({}), Buffer.from('0000000b0a074f534d446174611880808040', 'hex')]),
      'broken',
      /./,
    ],
  ])('%s: one error that says what was wrong and what was expected', async (_name, bytes, code, says) => {
    const error = await refusal(await temporaryFile('wrong.osm.pbf', bytes));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(says);
    expect(error.message).toMatch(/expected|download it again|wrong order|too large/);
  });

  it('a missing file and a folder', async () => {
    const dir = await temporaryFolder();
    expect((await refusal(`${dir}/none.osm.pbf`)).code).toBe('notFound');
    expect((await refusal(dir)).code).toBe('foreign');
  });
});

describe('damaged extracts', () => {
  it('cut off anywhere', async () => {
    for (let cut = 1; cut < small.length; cut++) {
      const error = await refusal(await temporaryFile('cut.osm.pbf', small.subarray(0, cut)));
      expect(cut === headerBytes ? ['noRoads'] : ['truncated', 'foreign']).toContain(error.code);
    }
  });

  it('any changed byte gives the same region or one clear error, never a crash or a hang', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(small.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const bytes = Buffer.from(small);
        bytes[at] = bytes[at]! ^ change;
        const path = await temporaryFile('changed.osm.pbf', bytes);
        const error: unknown = await importOsm(path).then(
          () => null,
          (thrown: unknown) => thrown,
        );
        expect(error === null || error instanceof RegionError).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it.skipIf(!haveExtracts)('a real extract cut in the middle (skipped without ../shared/data)', async () => {
    const bytes = await readFile(extracts.krems);
    const error = await refusal(await temporaryFile('half.osm.pbf', bytes.subarray(0, bytes.length / 2)));
    expect(error.code).toBe('truncated');
    expect(error.message).toMatch(/cut off.*download it again/);
  });

  it.skipIf(!haveExtracts)(
    'a real extract with noise in the middle (skipped without ../shared/data)',
    async () => {
      const bytes = Buffer.from(await readFile(extracts.krems));
      bytes.fill(0x5a, 60_000, 61_000);
      expect((await refusal(await temporaryFile('noise.osm.pbf', bytes))).code).toBe('broken');
    },
  );
});

describe('block packings', () => {
  it.each<Packing>(['zlib', 'raw', 'zstd'])('%s is read', async packing => {
    const source = await importContent({ ...block, packing });
    expect(source.roads.ways).toHaveLength(1);
    expect(source.roads.nodes.get(3)).toEqual([103.002, 25.002]);
  });
});
