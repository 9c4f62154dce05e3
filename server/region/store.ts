/**
 * Where built regions lie: `regions/<id>/` below the data folder, and `region-current.json`, which names the one in
 * use. Switching is one rename of that small file, so a server that starts at any moment, or a power cut, finds the
 * old region or the new one, whole.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { RegionError } from './error.ts';
import { withRegionLock } from './lock.ts';
import { builtIdOf, manifestSchema, REGION_FORMAT, type RegionManifest, regionFiles } from './manifest.ts';
import { isRunning } from './process.ts';

export interface InstalledRegion {
  dir: string;
  manifest: RegionManifest;
}

const POINTER = 'region-current.json';
const REGIONS = 'regions';
/** So many versions stay to go back to, of so many builds: those of one build share roads and basemap on disk. */
export const KEPT_VERSIONS = 20;
const KEPT_BUILDS = 3;
/** A folder that is being built beside the others; its name tells which process builds it. */
const BUILDING = 'building-';
const folderName = z.string().regex(/^[a-z0-9-]+$/);
const pointerSchema = z.object({ folder: folderName, previous: folderName.nullable() });

/** A fresh path for a build, on the same disk as the regions, so that installing it is a rename. */
export async function buildFolder(dataDir: string): Promise<string> {
  const dir = join(dataDir, REGIONS, `${BUILDING}${process.pid}-${randomUUID()}`);
  await mkdir(dir, { recursive: true });
  return dir;
}

/** Paths of a region's files. */
export function filesOf(region: InstalledRegion): Record<keyof typeof regionFiles, string> {
  const { dir } = region;
  return {
    manifest: join(dir, regionFiles.manifest),
    basemap: join(dir, regionFiles.basemap),
    road: join(dir, regionFiles.road),
    reference: join(dir, regionFiles.reference),
    gazetteer: join(dir, regionFiles.gazetteer),
  };
}

/**
 * The region in use, or null when none was ever installed.
 * @throws {RegionError} notInstalled or broken when the pointer names a region that cannot be read
 */
export async function currentRegion(dataDir: string): Promise<InstalledRegion | null> {
  const pointer = await readPointer(dataDir);
  return pointer && (await readRegion(join(dataDir, REGIONS, pointer.folder)));
}

/**
 * Reads the manifest of a built folder.
 * @throws {RegionError} when the folder is incomplete or of another version
 */
export async function readRegion(dir: string): Promise<InstalledRegion> {
  const text = await readIfThere(join(dir, regionFiles.manifest));
  if (text === null)
    throw new RegionError('notInstalled', `${dir} is no complete region: ${regionFiles.manifest} is missing`);
  const json = parseJson(text);
  const parsed = manifestSchema.safeParse(json);
  if (parsed.success) return { dir, manifest: parsed.data };
  const format = (json as { format?: unknown } | null)?.format;
  const why =
    format === REGION_FORMAT
      ? parsed.error.issues[0]?.message
      : `its format is ${String(format)}, expected ${REGION_FORMAT}`;
  throw new RegionError('broken', `the region in ${dir} cannot be used (${why}); build it again`);
}

export interface InstallOptions {
  /** Id of the version that must be in use before; anything else means that somebody was faster. */
  base?: string;
  /** Runs when the folder is in its place and not in use yet; if it throws, the region before stays in use. */
  beforeSwitch?: (region: InstalledRegion) => Promise<void>;
}

/**
 * Makes a built folder the region in use: moves it to its place, switches the pointer, and removes the oldest versions
 * beyond those that are kept. Until the switch is on disk the old region stays what it was.
 * @throws {RegionError} when the folder is no complete region; conflict when another version than `base` is in use
 */
export async function installRegion(
  builtDir: string,
  dataDir: string,
  { base, beforeSwitch }: InstallOptions = {},
): Promise<InstalledRegion> {
  const { manifest } = await readRegion(builtDir);
  return withRegionLock(dataDir, async () => {
    if (base !== undefined && (await currentRegion(dataDir))?.manifest.id !== base) {
      throw new RegionError('conflict', 'another version of the region came into use meanwhile; look again');
    }
    const regions = join(dataDir, REGIONS);
    await mkdir(regions, { recursive: true });
    const taken = (await readdir(regions)).includes(manifest.id);
    const folder = taken ? `${manifest.id}-${randomUUID().slice(0, 8)}` : manifest.id;
    const dir = join(regions, folder);
    await rename(builtDir, dir);
    try {
      await beforeSwitch?.({ dir, manifest });
    } catch (cause) {
      await rm(dir, { recursive: true, force: true });
      throw cause;
    }
    await syncFolder(regions);
    // A pointer that cannot be read names nothing that could be kept.
    const before = await readPointer(dataDir).catch(() => null);
    await writePointer(dataDir, { folder, previous: before?.folder ?? null });
    await removeOldest(dataDir, [folder, before?.folder]);
    return { dir, manifest };
  });
}

/** All versions that can be used, newest first. */
export async function listRegions(dataDir: string): Promise<InstalledRegion[]> {
  const regions = join(dataDir, REGIONS);
  const names = await readdir(regions).catch(() => []);
  const found = await Promise.all(
    names
      .filter(name => !name.startsWith(BUILDING))
      .map(name => readRegion(join(regions, name)).catch(() => null)),
  );
  const readable = found.filter(region => region !== null);
  return readable.sort((a, b) => Date.parse(b.manifest.createdAt) - Date.parse(a.manifest.createdAt));
}

/** The file whose content changes when another version comes into use. */
export const pointerFile = (dataDir: string): string => join(dataDir, POINTER);

async function readPointer(dataDir: string): Promise<z.infer<typeof pointerSchema> | null> {
  const path = join(dataDir, POINTER);
  const text = await readIfThere(path);
  if (text === null) return null;
  const parsed = pointerSchema.safeParse(parseJson(text));
  if (!parsed.success)
    throw new RegionError(
      'broken',
      `${path} cannot be read; expected {"folder", "previous"}: install a region again`,
    );
  return parsed.data;
}

async function writePointer(dataDir: string, pointer: z.infer<typeof pointerSchema>): Promise<void> {
  const path = join(dataDir, POINTER);
  const next = `${path}.${randomUUID()}`;
  await writeFile(next, `${JSON.stringify(pointer)}\n`, { flush: true });
  await rename(next, path);
  await syncFolder(dataDir);
}

/** What is in use and what was before stay in any case, and so does what a living process still builds. */
async function removeOldest(dataDir: string, always: (string | undefined)[]): Promise<void> {
  const kept = new Set(always);
  const builds = new Set<string>();
  for (const { dir, manifest } of (await listRegions(dataDir)).slice(0, KEPT_VERSIONS)) {
    builds.add(builtIdOf(manifest));
    if (builds.size <= KEPT_BUILDS) kept.add(basename(dir));
  }
  const regions = join(dataDir, REGIONS);
  for (const name of await readdir(regions)) {
    if (!kept.has(name) && !isBeingBuilt(name))
      await rm(join(regions, name), { recursive: true, force: true });
  }
}

const isBeingBuilt = (name: string): boolean =>
  name.startsWith(BUILDING) && isRunning(Number.parseInt(name.slice(BUILDING.length), 10));

/** A rename is only durable once its folder is written. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw cause;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
