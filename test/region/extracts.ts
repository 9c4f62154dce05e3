import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { importOsm, type ImportOptions } from '../../server/region/import/index.ts';
import type { RegionSource } from '../../server/region/source.ts';
import { buildPbf, type PbfContent } from './pbf-builder.ts';

const folder = fileURLToPath(new URL('../../../shared/data/osm/', import.meta.url));

/** Real extracts beside the repository; tests that need them are skipped where they are absent. */
export const extracts = {
  andorra: join(folder, 'andorra-2021.osm.pbf'),
  krems: join(folder, 'krems-2013.osm.pbf'),
  lauf: join(folder, 'lauf-2020.osm.pbf'),
  shenzhen: join(folder, 'shenzhen-longgang-2019.osm.pbf'),
} as const;
export const haveExtracts = Object.values(extracts).every(path => existsSync(path));

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'region-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** Writes bytes to a file that is gone after the test. */
export async function temporaryFile(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, bytes);
  return path;
}

export async function importContent(content: PbfContent, options?: ImportOptions): Promise<RegionSource> {
  return await importOsm(await temporaryFile('small.osm.pbf', buildPbf(content)), options);
}

/** A square block of streets of about 200 m, nodes 1 to 4, way 1: enough of a network for any import. */
export const block = {
  nodes: [
    { id: 1, lon: 103, lat: 25 },
    { id: 2, lon: 103.002, lat: 25 },
    { id: 3, lon: 103.002, lat: 25.002 },
    { id: 4, lon: 103, lat: 25.002 },
  ],
  ways: [{ id: 1, refs: [1, 2, 3, 4, 1], tags: { highway: 'residential' } }],
} satisfies PbfContent;
