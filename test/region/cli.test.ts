import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { buildRegion } from '../../server/region/build.ts';
import { buildFolder, currentRegion, installRegion } from '../../server/region/store.ts';
import { block, importContent, temporaryFile, temporaryFolder } from './extracts.ts';
import { buildPbf } from './pbf-builder.ts';

const script = fileURLToPath(new URL('../../server/cli/region.ts', import.meta.url));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', script, ...args],
    { encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

describe('npm run region', () => {
  it('import: steps with times, what was found, and that a running server keeps its region', async () => {
    const dataDir = await temporaryFolder();
    const file = await temporaryFile('yunxi.osm.pbf', buildPbf(block));
    const { status, stdout, stderr } = run('import', file, '--name', '云溪县', '--data-dir', dataDir);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toMatch(/reading the extract +\d+\.\d s/);
    expect(stdout).toMatch(/drawing the basemap +\d+\.\d s/);
    expect(stdout).toContain('云溪县 is installed');
    expect(stdout).toMatch(/No police station/);
    expect(stdout).toMatch(/until it is started again/);
    expect((await currentRegion(dataDir))?.manifest.name).toBe('云溪县');
  });

  it('synth: says which populations there are, and installs nothing', async () => {
    const dataDir = await temporaryFolder();
    const { status, stderr } = run('synth', '--population', '5000', '--data-dir', dataDir);
    expect(stderr).toBe(
      'region: a county of 5000 people cannot be drawn; expected a population of 20,000 to 6,000,000\nNothing was changed.\n',
    );
    expect(status).toBe(1);
    expect(await currentRegion(dataDir)).toBeNull();
  });

  it('layer, versions, undo, use: each says what it did', async () => {
    const dataDir = await temporaryFolder();
    const dir = await buildFolder(dataDir);
    const source = await importContent(block, { name: '云溪县' });
    await buildRegion(source, dir, { createdAt: '2026-11-22T10:00:00Z' });
    const imported = (await installRegion(dir, dataDir)).manifest.id;
    const at = (...args: string[]) => run(...args, '--data-dir', dataDir);
    const template = join(dataDir, 'cameras.csv');
    expect(at('layer', 'cameras', '--template', template).status).toBe(0);
    expect(await readFile(template, 'utf8')).toContain('编号,名称,经度,纬度,朝向,状态');

    const table = await temporaryFile('k.csv', '编号,名称,经度,纬度,厂家\nK1,东门,103,25,海康\n');
    const loaded = at('layer', 'cameras', table);
    expect(loaded.stderr).toBe('');
    expect(loaded.stdout).toContain('cameras: 1 rows read; 1 added, 0 removed, 0 changed');
    expect(loaded.stdout).toContain('Note: nothing is known of the column 厂家; left out');
    expect(at('versions').stdout).toMatch(
      /^\* \S+ {2}\S+ {2}cameras from k\.csv \(cli\): \+1 −0 ~0\n {2}\S+ .*imported 云溪县\n$/,
    );

    expect(at('undo').stdout).toContain(`${imported} is in use again`);
    expect(at('undo')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('no version before') as string,
    });
    expect((await currentRegion(dataDir))?.manifest.counts.cameras).toBe(0);
  }, 120_000);

  it('a bad file: one sentence, exit 1, nothing changed', async () => {
    const dataDir = await temporaryFolder();
    const file = await temporaryFile('roads.osm.pbf', 'not a map\n');
    const { status, stderr } = run('import', file, '--data-dir', dataDir);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^region: .*is a text file; expected an \.osm\.pbf file\nNothing was changed\.\n$/,
    );
    expect(await currentRegion(dataDir)).toBeNull();
  });

  it.each([
    [['import'], /expected one FILE/],
    [['import', 'a', 'b'], /expected one FILE/],
    [['draw'], /unknown: draw/],
    [['import', 'a', '--colour', 'red'], /colour/],
    [['import', 'a', '--bbox', '1,2,3'], /expected west,south,east,north/],
    [['import', 'a', '--bbox', '103.5,24,103.1,25'], /expected west,south,east,north/],
    [['synth', '--population', 'many'], /expected a whole number/],
  ])('%j: what was wrong, the usage, exit 2', (args, says) => {
    const { status, stderr } = run(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(says);
    expect(stderr).toContain('npm run region -- import');
  });

  it('without a command: the usage', () => {
    expect(run()).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('npm run region -- synth') as string,
    });
  });
});
