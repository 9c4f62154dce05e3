import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildRegion } from '../../server/region/build.ts';
import { withRegionLock } from '../../server/region/lock.ts';
import { builtIdOf } from '../../server/region/manifest.ts';
import type { RegionReference } from '../../server/region/reference.ts';
import {
  buildFolder,
  currentRegion,
  filesOf,
  type InstalledRegion,
  installRegion,
  KEPT_VERSIONS,
  listRegions,
} from '../../server/region/store.ts';
import {
  installTables,
  readReference,
  requireCurrent,
  restoreVersion,
  versionToUndo,
} from '../../server/region/versions.ts';
import { block, importContent, temporaryFolder } from './extracts.ts';

let second = 0;
/** Each instant is later than the one before. */
const now = () => new Date(Date.UTC(2026, 10, 22) + ++second * 1000).toISOString();
const made = () => ({ by: 'cli', createdAt: now() });

async function imported(dataDir: string, name = '云溪县'): Promise<InstalledRegion> {
  const dir = await buildFolder(dataDir);
  await buildRegion(await importContent(block, { name }), dir, { createdAt: now() });
  return installRegion(dir, dataDir);
}

const withCamera = (reference: RegionReference, id: string): RegionReference => ({
  ...reference,
  cameras: [{ id, name: id, position: [103, 25] }],
});

async function changed(dataDir: string, camera: string): Promise<InstalledRegion> {
  const base = await requireCurrent(dataDir);
  const reference = withCamera(await readReference(base), camera);
  const changes = { added: 1, removed: 0, changed: 0 };
  return installTables(dataDir, base, reference, { ...made(), layer: 'cameras', file: 'k.csv', changes });
}

const camerasOf = async (dataDir: string) =>
  (await readReference(await requireCurrent(dataDir))).cameras.map(({ id }) => id);

async function undo(dataDir: string): Promise<InstalledRegion | null> {
  const wanted = await versionToUndo(dataDir);
  return wanted && (await restoreVersion(dataDir, wanted.manifest.id, made()));
}

describe('versions of a region', () => {
  it('say what they are, and share roads and basemap on disk', async () => {
    const dataDir = await temporaryFolder();
    const first = await imported(dataDir);
    const second = await changed(dataDir, 'K1');
    expect(second.manifest).toMatchObject({
      builtId: first.manifest.id,
      version: { kind: 'layer', layer: 'cameras', by: 'cli', base: first.manifest.id, file: 'k.csv' },
      counts: { cameras: 1 },
    });
    for (const file of ['road', 'basemap'] as const) {
      const [a, b] = await Promise.all([stat(filesOf(first)[file]), stat(filesOf(second)[file])]);
      expect(b.ino, file).toBe(a.ino);
    }
    expect((await listRegions(dataDir)).map(({ manifest }) => manifest.id)).toEqual([
      second.manifest.id,
      first.manifest.id,
    ]);
  });

  it('undo goes back step by step, as a new version each time, and ends at the import', async () => {
    const dataDir = await temporaryFolder();
    const first = await imported(dataDir);
    for (const camera of ['K1', 'K2']) await changed(dataDir, camera);
    expect((await undo(dataDir))?.manifest.version).toMatchObject({ kind: 'restore' });
    expect(await camerasOf(dataDir)).toEqual(['K1']);
    expect((await undo(dataDir))?.manifest.version).toMatchObject({ restores: first.manifest.id });
    expect(await camerasOf(dataDir)).toEqual([]);
    expect(await undo(dataDir)).toBeNull();
    expect(await listRegions(dataDir)).toHaveLength(5);
  });

  it('any course of changes and undos: what is in use is what a stack would have on top', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 8 }), async steps => {
        const dataDir = await temporaryFolder();
        await imported(dataDir);
        const stack: string[][] = [[]];
        for (const [i, change] of steps.entries()) {
          if (change) {
            await changed(dataDir, `K${i}`);
            stack.push([`K${i}`]);
          } else if (stack.length > 1) {
            await undo(dataDir);
            stack.pop();
          }
          expect(await camerasOf(dataDir)).toEqual(stack.at(-1));
        }
      }),
      { numRuns: 8 },
    );
  });

  it('a version is brought back by its id; an unknown one is refused', async () => {
    const dataDir = await temporaryFolder();
    await imported(dataDir);
    const wanted = await changed(dataDir, 'K1');
    await changed(dataDir, 'K2');
    const back = await restoreVersion(dataDir, wanted.manifest.id, made());
    expect(await camerasOf(dataDir)).toEqual(['K1']);
    expect(back.manifest.counts).toEqual(wanted.manifest.counts);
    await expect(restoreVersion(dataDir, 'gone', made())).rejects.toMatchObject({ code: 'notFound' });
    await expect(restoreVersion(await temporaryFolder(), 'x', made())).rejects.toMatchObject({
      code: 'notInstalled',
    });
  });

  it(`${KEPT_VERSIONS} are kept, the import among them or not; what is in use always`, async () => {
    const dataDir = await temporaryFolder();
    await imported(dataDir);
    for (let i = 0; i < KEPT_VERSIONS + 3; i++) await changed(dataDir, `K${i}`);
    const versions = await listRegions(dataDir);
    expect(versions).toHaveLength(KEPT_VERSIONS);
    expect(await readdir(join(dataDir, 'regions'))).toHaveLength(KEPT_VERSIONS);
    expect(new Set(versions.map(({ manifest }) => builtIdOf(manifest))).size).toBe(1);
    expect((await readFile(filesOf(await requireCurrent(dataDir)).road)).length).toBeGreaterThan(100);
  });

  it('a version made for another one than the one in use is refused, and changes nothing', async () => {
    const dataDir = await temporaryFolder();
    const base = await imported(dataDir);
    const reference = withCamera(await readReference(base), 'K1');
    await changed(dataDir, 'K2');
    const before = await currentRegion(dataDir);
    await expect(installTables(dataDir, base, reference, made())).rejects.toMatchObject({ code: 'conflict' });
    expect(await currentRegion(dataDir)).toEqual(before);
    expect(await listRegions(dataDir)).toHaveLength(2);
  });

  it('when what must come before the switch fails, the old version stays and the new one is gone', async () => {
    const dataDir = await temporaryFolder();
    const base = await imported(dataDir);
    const beforeSwitch = () => Promise.reject(new Error('no database'));
    const reference = withCamera(await readReference(base), 'K1');
    await expect(installTables(dataDir, base, reference, made(), { beforeSwitch })).rejects.toThrow(
      'no database',
    );
    expect(await currentRegion(dataDir)).toEqual(base);
    expect(await readdir(join(dataDir, 'regions'))).toEqual([base.manifest.id]);
  });
});

describe('the lock', () => {
  it('lets one in at a time', async () => {
    const dataDir = await temporaryFolder();
    let inside = 0;
    const visit = async () => {
      expect(++inside).toBe(1);
      await new Promise(resolve => setTimeout(resolve, 5));
      inside--;
    };
    await Promise.all(Array.from({ length: 6 }, () => withRegionLock(dataDir, visit)));
    await expect(withRegionLock(dataDir, () => Promise.reject(new Error('x')))).rejects.toThrow('x');
    await withRegionLock(dataDir, visit);
    expect(await readdir(dataDir)).toEqual([]);
  });

  it.each([
    ['a dead process', '999999999 x'],
    ['an earlier process of this number', `${process.pid} x`],
  ])('one left behind by %s is taken over', async (_name, holder) => {
    const dataDir = await temporaryFolder();
    await writeFile(join(dataDir, 'region.lock'), holder);
    expect(await withRegionLock(dataDir, async () => 'in')).toBe('in');
  });
});
