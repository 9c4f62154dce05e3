/**
 * Versions of a region: every change of its tables, and every way back, is a folder of its own. Roads and basemap are
 * shared between them on disk, by hard links.
 */
import { copyFile, link, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RegionError } from './error.ts';
import { builtIdOf, regionId, type RegionManifest, regionFiles, type RegionVersion } from './manifest.ts';
import type { RegionReference } from './reference.ts';
import {
  buildFolder,
  currentRegion,
  filesOf,
  type InstalledRegion,
  type InstallOptions,
  installRegion,
  listRegions,
} from './store.ts';

/** Who makes a version, and when (ISO 8601). */
export interface VersionMaker {
  by: string;
  createdAt: string;
}

type BeforeSwitch = Pick<InstallOptions, 'beforeSwitch'>;

/** The reference data of a version. */
export async function readReference(region: InstalledRegion): Promise<RegionReference> {
  return JSON.parse(await readFile(filesOf(region).reference, 'utf8')) as RegionReference;
}

/**
 * Installs a version with other tables on the roads and basemap of the one in use.
 * @throws {RegionError} conflict when `base` is not in use any more
 */
export async function installTables(
  dataDir: string,
  base: InstalledRegion,
  reference: RegionReference,
  made: VersionMaker & Pick<RegionVersion, 'layer' | 'file' | 'changes'>,
  options: BeforeSwitch = {},
): Promise<InstalledRegion> {
  const { by, createdAt: at, ...what } = made;
  const createdAt = await laterThanAll(dataDir, at);
  const version: RegionVersion = { kind: 'layer', by, base: base.manifest.id, ...what };
  const manifest = {
    ...manifestFor(base.manifest, createdAt, version),
    counts: { ...base.manifest.counts, ...countsOf(reference) },
  };
  return install(dataDir, base, manifest, { ...options, base: base.manifest.id }, dir =>
    writeFile(join(dir, regionFiles.reference), JSON.stringify(reference), { flush: true }),
  );
}

/**
 * Brings a kept version back, as a new one.
 * @throws {RegionError} notFound when there is no such version
 */
export async function restoreVersion(
  dataDir: string,
  id: string,
  { by, createdAt }: VersionMaker,
  options: BeforeSwitch = {},
): Promise<InstalledRegion> {
  const current = await requireCurrent(dataDir);
  const wanted = (await listRegions(dataDir)).find(({ manifest }) => manifest.id === id);
  if (!wanted) throw new RegionError('notFound', `there is no version ${id}; see the list of versions`);
  const base = current.manifest.id;
  const restores = wanted.manifest.version?.restores ?? id;
  const manifest = manifestFor(wanted.manifest, await laterThanAll(dataDir, createdAt), {
    kind: 'restore',
    by,
    base,
    restores,
  });
  return install(dataDir, wanted, manifest, { ...options, base }, dir =>
    shareFile(wanted.dir, dir, regionFiles.reference),
  );
}

/**
 * The version that undoing leads to: the one before the one in use, or, when that was brought back itself, the one
 * before the original. Null: there is nothing to go back to.
 */
export async function versionToUndo(dataDir: string): Promise<InstalledRegion | null> {
  const current = await requireCurrent(dataDir);
  const versions = await listRegions(dataDir);
  const shownId = current.manifest.version?.restores ?? current.manifest.id;
  const shown = versions.find(({ manifest }) => manifest.id === shownId);
  if (!shown) return null;
  const baseId = shown.manifest.version?.base;
  if (baseId !== undefined) return versions.find(({ manifest }) => manifest.id === baseId) ?? null;
  return versions[versions.indexOf(shown) + 1] ?? null;
}

/** The region in use. @throws {RegionError} notInstalled */
export async function requireCurrent(dataDir: string): Promise<InstalledRegion> {
  const current = await currentRegion(dataDir);
  if (!current) throw new RegionError('notInstalled', 'there is no region yet; import or generate one first');
  return current;
}

/** Versions are told apart and ordered by their instant, also where two come in one millisecond or a clock goes back. */
async function laterThanAll(dataDir: string, createdAt: string): Promise<string> {
  const newest = (await listRegions(dataDir))[0]?.manifest.createdAt ?? '';
  if (Date.parse(newest) < Date.parse(createdAt) || newest === '') return createdAt;
  return new Date(Date.parse(newest) + 1).toISOString();
}

async function install(
  dataDir: string,
  from: InstalledRegion,
  manifest: RegionManifest,
  options: InstallOptions,
  addReference: (dir: string) => Promise<unknown>,
): Promise<InstalledRegion> {
  const dir = await buildFolder(dataDir);
  const own: string[] = [regionFiles.manifest, regionFiles.reference];
  try {
    const shared = (await readdir(from.dir)).filter(name => !own.includes(name));
    for (const name of shared) await shareFile(from.dir, dir, name);
    await addReference(dir);
    const text = `${JSON.stringify(manifest, null, 2)}\n`;
    await writeFile(join(dir, regionFiles.manifest), text, { flush: true });
    return await installRegion(dir, dataDir, options);
  } finally {
    await rm(dir, { recursive: true, force: true }); // gone already when it was installed
  }
}

/** Files of a version are never written again, so two versions can hold the same one. */
async function shareFile(from: string, to: string, name: string): Promise<void> {
  await link(join(from, name), join(to, name)).catch(() => copyFile(join(from, name), join(to, name)));
}

function manifestFor(before: RegionManifest, createdAt: string, version: RegionVersion): RegionManifest {
  return { ...before, id: regionId(before.name, createdAt), createdAt, builtId: builtIdOf(before), version };
}

function countsOf({ stations, places, segments, cellSites, cameras, units }: RegionReference) {
  return {
    stations: stations.length,
    places: places.length,
    segments: segments.length,
    cellSites: cellSites.length,
    cameras: cameras.length,
    units: units.length,
  };
}
