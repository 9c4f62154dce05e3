import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { lockFolder } from '../../db/embedded/folder-lock.ts';
import type { ServiceDeps } from '../deps.ts';
import { perform } from '../services/unit-of-work.ts';
import { contentsIn } from './contents.ts';
import { BadBackup, type Manifest, writeManifest } from './manifest.ts';
import { dumpServer } from './postgres.ts';

/** Where things are in a backup. */
export const places = { dump: 'database.dump', database: 'database', data: 'data' } as const;

export interface Installed {
  databaseUrl: string | undefined;
  dataDir: string;
}

/** Opens the services for as long as `work` lasts. */
export type WithServices = (work: (deps: ServiceDeps) => Promise<void>) => Promise<void>;

/**
 * Keeps the database and the data folder in the new folder `to`; the audit knows of it before anything is read, and the backup
 * holds that row. What is half made is called `to`.part and never looks whole. An embedded database is copied at rest.
 * Throws BadBackup.
 */
export async function makeBackup(
  { databaseUrl, dataDir }: Installed,
  withServices: WithServices,
  to: string,
): Promise<Manifest['audit']> {
  const target = resolve(to);
  if (existsSync(target)) throw new BadBackup(`${target} exists; expected a folder that does not`);
  if (target.startsWith(`${resolve(dataDir)}/`))
    throw new BadBackup(`${target} is in the data folder; expected another place`);
  const draft = `${target}.part`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  let said: Omit<Manifest, 'files' | 'format'> | undefined;
  await withServices(async deps => {
    const { kind, pool } = deps.database;
    await perform(deps, { actor: { kind: 'system', name: 'setup' } }, async work =>
      work.audit({ action: 'backup.make', resource: kind }),
    );
    const madeAt = new Date(deps.clock.now()).toISOString();
    if (databaseUrl !== undefined) {
      said = { madeAt, kind, ...(await dumpServer(databaseUrl, join(draft, places.dump))) };
      return;
    }
    said = { madeAt, kind, ...(await contentsIn(pool)) };
  });
  if (databaseUrl === undefined) await copyAtRest(join(dataDir, 'database'), join(draft, places.database));
  await copyData(dataDir, join(draft, places.data));
  await writeManifest(draft, said!);
  await rename(draft, target);
  return said!.audit;
}

/** The services let go of it when they were closed: nobody may open it before it is copied. */
async function copyAtRest(from: string, to: string): Promise<void> {
  const unlock = await lockFolder(from);
  try {
    await cp(from, to, { recursive: true });
  } finally {
    unlock();
  }
}

/** Regions, signed days and what else is not in the database, without locks. */
async function copyData(from: string, to: string): Promise<void> {
  await mkdir(to);
  const names = existsSync(from) ? await readdir(from) : [];
  for (const name of names.filter(each => each !== 'database' && !each.endsWith('.lock')))
    await cp(join(from, name), join(to, basename(name)), {
      recursive: true,
      filter: path => !path.endsWith('.lock') || dirname(path) !== from,
    });
}
