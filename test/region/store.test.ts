import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildRegion } from '../../server/region/build.ts';
import { makeRegion } from '../../server/region/make.ts';
import { buildFolder, currentRegion, filesOf, installRegion, readRegion } from '../../server/region/store.ts';
import { openRoad } from '../../server/road/file.ts';
import type { RegionReference } from '../../server/region/reference.ts';
import { block, importContent, temporaryFile, temporaryFolder } from './extracts.ts';
import { buildPbf } from './pbf-builder.ts';
import { openPmtiles } from './pmtiles-file.ts';

const town = {
  ...block,
  nodes: [
    ...block.nodes,
    { id: 20, lon: 103.001, lat: 25.001, tags: { amenity: 'police', name: '茶口派出所' } },
  ],
};
const second = (n: number) => `2026-11-22T10:00:0${n}.000Z`;

async function install(dataDir: string, name: string, createdAt: string) {
  const dir = await buildFolder(dataDir);
  await buildRegion(await importContent(town, { name }), dir, { createdAt });
  return await installRegion(dir, dataDir);
}

describe('a region folder', () => {
  it('holds what the server needs, readable by its readers', async () => {
    const dir = join(await temporaryFolder(), 'built');
    const manifest = await buildRegion(await importContent(town, { name: '云溪县' }), dir, {
      createdAt: second(1),
    });
    const region = await readRegion(dir);
    expect(region.manifest).toEqual(manifest);
    expect(manifest).toMatchObject({
      name: '云溪县',
      fictional: false,
      createdAt: second(1),
      counts: { places: 1, stations: 1 },
    });
    const files = filesOf(region);
    const { graph } = openRoad(new Uint8Array(await readFile(files.road)).buffer);
    expect(graph.edgeCount).toBe(manifest.counts.roadEdges);
    const reference = JSON.parse(await readFile(files.reference, 'utf8')) as RegionReference;
    expect(reference.stations).toEqual([{ id: 'n20', name: '茶口派出所', position: [103.001, 25.001] }]);
    expect(reference.jurisdictions).toEqual([expect.objectContaining({ stationId: 'n20', estimated: true })]);
    expect((await openPmtiles(files.basemap)).addresses).toHaveLength(manifest.counts.tiles);
  });
});

describe('installing', () => {
  it('nothing is installed at first', async () => {
    expect(await currentRegion(await temporaryFolder())).toBeNull();
  });

  it('switches to the new region, keeps three builds, removes what is older', async () => {
    const dataDir = await temporaryFolder();
    const regions: string[] = [];
    for (const n of [1, 2, 3, 4]) {
      const { manifest } = await install(dataDir, `region ${n}`, second(n));
      regions.push(manifest.id);
      expect((await currentRegion(dataDir))?.manifest.name).toBe(`region ${n}`);
    }
    expect((await readdir(join(dataDir, 'regions'))).sort()).toEqual(regions.slice(1).sort());
    expect(await readdir(dataDir)).toEqual(expect.arrayContaining(['region-current.json', 'regions']));
    expect(await readdir(dataDir)).toHaveLength(2);
  });

  it('the same region again lies beside itself, never in a hole', async () => {
    const dataDir = await temporaryFolder();
    const first = await install(dataDir, '云溪县', second(1));
    const again = await install(dataDir, '云溪县', second(1));
    expect(again.manifest.id).toBe(first.manifest.id);
    expect(again.dir).not.toBe(first.dir);
    expect((await currentRegion(dataDir))?.dir).toBe(again.dir);
    expect(existsSync(first.dir)).toBe(true);
  });

  it('an incomplete folder is refused, and the old region stays', async () => {
    const dataDir = await temporaryFolder();
    await install(dataDir, '云溪县', second(1));
    const dir = await buildFolder(dataDir);
    await writeFile(join(dir, 'basemap.pmtiles'), 'half');
    await expect(installRegion(dir, dataDir)).rejects.toThrow(/no complete region/);
    expect((await currentRegion(dataDir))?.manifest.name).toBe('云溪县');
  });

  it('folders that a dead process left are removed, those of a living one stay', async () => {
    const dataDir = await temporaryFolder();
    const living = await buildFolder(dataDir);
    const dead = join(dataDir, 'regions', 'building-999999999-x');
    await mkdir(dead);
    await install(dataDir, '云溪县', second(1));
    expect(existsSync(living)).toBe(true);
    expect(existsSync(dead)).toBe(false);
  });

  it.each([
    ['region-current.json', '{"folder":"../../etc"}', /cannot be read/],
    ['region-current.json', 'x', /cannot be read/],
    ['region-current.json', '{"folder":"gone","previous":null}', /region.json is missing/],
  ])('%s = %s says what to do', async (file, text, says) => {
    const dataDir = await temporaryFolder();
    await writeFile(join(dataDir, file), text);
    await expect(currentRegion(dataDir)).rejects.toThrow(says);
  });

  it('a folder of another version is refused by its number', async () => {
    const dataDir = await temporaryFolder();
    const { dir } = await install(dataDir, '云溪县', second(1));
    const manifest = JSON.parse(await readFile(join(dir, 'region.json'), 'utf8')) as object;
    await writeFile(join(dir, 'region.json'), JSON.stringify({ ...manifest, format: 99 }));
    await expect(currentRegion(dataDir)).rejects.toThrow(/format is 99, expected 2/);
  });
});

describe('making a region in a thread', () => {
  const good = buildPbf(town);

  it('reports its steps in order and installs', async () => {
    const dataDir = await temporaryFolder();
    const file = await temporaryFile('town.osm.pbf', good);
    const steps: string[] = [];
    const onProgress = (step: string) => void (steps.at(-1) !== step && steps.push(step));
    const { manifest } = await makeRegion({ from: 'osm', file }, dataDir, {
      createdAt: second(1),
      onProgress,
    });
    expect(steps).toEqual([
      'read',
      'roads',
      'areas',
      'places',
      'roadGraph',
      'hierarchy',
      'reference',
      'basemap',
    ]);
    expect(manifest.name).toBe('town');
  });

  it.each([
    ['cut off', good.subarray(0, good.length - 9), 'truncated'],
    ['no extract', Buffer.from('not a map'), 'foreign'],
    ['no roads', buildPbf({ nodes: block.nodes }), 'noRoads'],
    [
      'one road that leads nowhere',
      buildPbf({
        nodes: block.nodes,
        ways: [{ id: 1, refs: [1, 2], tags: { highway: 'primary', oneway: 'yes' } }],
      }),
      'noRoads',
    ],
  ])('%s: a clear error, the old region as it was, nothing left over', async (_name, bytes, code) => {
    const dataDir = await temporaryFolder();
    const before = await install(dataDir, '云溪县', second(1));
    const pointer = await readFile(join(dataDir, 'region-current.json'), 'utf8');
    const file = await temporaryFile('bad.osm.pbf', bytes);
    await expect(makeRegion({ from: 'osm', file }, dataDir, { createdAt: second(2) })).rejects.toMatchObject({
      name: 'RegionError',
      code,
    });
    expect(await readFile(join(dataDir, 'region-current.json'), 'utf8')).toBe(pointer);
    expect(await readdir(join(dataDir, 'regions'))).toEqual([before.manifest.id]);
    expect((await currentRegion(dataDir))?.manifest).toEqual(before.manifest);
  });
});
