import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRegion } from '../../server/region/make.ts';
import { currentRegion, filesOf, installRegion } from '../../server/region/store.ts';
import { installTables, readReference, requireCurrent } from '../../server/region/versions.ts';
import { openRouter } from '../../server/setup/region.ts';
import { block } from '../region/extracts.ts';
import { buildPbf } from '../region/pbf-builder.ts';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const cli = path('../../server/cli/region.ts');
const switcher = path('../fixtures/region-switcher.ts');

function run(...args: string[]) {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function runToItsEnd(...args: string[]): Promise<{ signal: string | null; output: string }> {
  const child = run(...args);
  const [output, [, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return { signal: signal as string | null, output };
}

/** The region in use, after everything that a server needs of it was read. */
async function wholeRegion(dataDir: string): Promise<{ name: string; places: number }> {
  const region = (await currentRegion(dataDir))!;
  const reference = await readReference(region);
  expect(reference.places.length).toBe(region.manifest.counts.places);
  await openRouter(region);
  expect((await stat(filesOf(region).basemap)).size).toBeGreaterThan(100);
  return { name: region.manifest.name, places: reference.places.length };
}

describe('kill -9 of whoever changes the region', () => {
  let folder: string;
  /** A data folder with the region 旧县 in use. */
  let before: string;
  let pbf: string;
  const fresh = async () => {
    const dataDir = await mkdtemp(join(folder, 'data-'));
    await cp(before, dataDir, { recursive: true });
    return dataDir;
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jianmian-kill-region-'));
    pbf = join(folder, 'county.osm.pbf');
    await writeFile(pbf, buildPbf(block));
    before = await mkdtemp(join(folder, 'before-'));
    await makeRegion({ from: 'osm', file: pbf, name: '旧县' }, before, {
      createdAt: '2026-11-22T01:00:00.000Z',
    });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Kills before the first change of the disk, before the second, and so on until there is none to be killed before. */
  async function atEveryChange(
    args: (dataDir: string) => Promise<string[]>,
    next: (dataDir: string) => Promise<unknown>,
    names: [string, number][],
  ) {
    const seen = new Set<string>();
    for (let change = 1; ; change++) {
      const dataDir = await fresh();
      const { signal, output } = await runToItsEnd(
        switcher,
        String(change),
        dataDir,
        ...(await args(dataDir)),
      );
      const region = await wholeRegion(dataDir);
      expect(names, `killed before change ${change}`).toContainEqual([region.name, region.places]);
      seen.add(`${region.name} ${region.places}`);
      if (signal === null) {
        expect(output.trim()).toBe('done');
        break;
      }
      // Whoever comes next is not refused because of what the dead one left.
      await next(dataDir);
      expect((await readdir(dataDir)).filter(name => name.endsWith('.lock'))).toEqual([]);
      await rm(dataDir, { recursive: true });
    }
    expect(seen.size, 'the old one and the new one').toBe(2);
  }

  it('while a region comes into use: it is the old one or the new one, and the next goes through', {
    timeout: 300_000,
  }, async () => {
    const made = await mkdtemp(join(folder, 'made-'));
    await makeRegion({ from: 'osm', file: pbf, name: '新县' }, made, {
      createdAt: '2026-11-22T02:00:00.000Z',
    });
    const newRegion = (await currentRegion(made))!.dir;
    const built = async (dataDir: string) => {
      const dir = join(dataDir, 'regions', 'building-1-test');
      await rm(dir, { recursive: true, force: true });
      await cp(newRegion, dir, { recursive: true });
      return ['install', dir];
    };
    await atEveryChange(built, async dataDir => installRegion((await built(dataDir))[1]!, dataDir), [
      ['旧县', 0],
      ['新县', 0],
    ]);
  });

  it('while a layer is loaded: likewise', { timeout: 300_000 }, async () => {
    await atEveryChange(
      async () => ['tables'],
      async dataDir => {
        const current = await requireCurrent(dataDir);
        const reference = await readReference(current);
        const made = {
          by: 'test',
          createdAt: '2026-11-22T03:00:00.000Z',
          layer: 'places',
          file: 'y.csv',
        } as const;
        await installTables(dataDir, current, reference, {
          ...made,
          changes: { added: 0, removed: 0, changed: 0 },
        });
      },
      [
        ['旧县', 0],
        ['旧县', 1],
      ],
    );
  });

  it('while npm run region -- import is at work: likewise, and nothing half made stays', {
    timeout: 120_000,
  }, async () => {
    const dataDir = await fresh();
    for (const delayMs of [300, 0, 40]) {
      const child = run(cli, 'import', pbf, '--name', '新县', '--data-dir', dataDir);
      const ended = once(child, 'exit');
      // Its first line comes when it has read the extract; the rest is a fraction of a second.
      await Promise.race([once(child.stdout, 'data'), ended]);
      await Promise.race([sleep(delayMs), ended]);
      child.kill('SIGKILL');
      await ended;
      expect(['旧县', '新县']).toContain((await wholeRegion(dataDir)).name);
    }
    const { output } = await runToItsEnd(cli, 'import', pbf, '--name', '新县', '--data-dir', dataDir);
    expect(output).toContain('新县 is installed');
    expect((await wholeRegion(dataDir)).name).toBe('新县');
    expect((await readdir(join(dataDir, 'regions'))).filter(name => name.startsWith('building-'))).toEqual(
      [],
    );
  });
});
