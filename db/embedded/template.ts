import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate, readMigrations } from '../migrate.ts';
import { EmbeddedDatabase } from './database.ts';
import { isInitialised } from './folder.ts';

const CACHE = fileURLToPath(new URL('../../.cache/database-template/', import.meta.url));

/** The prepared template of this version's engine and migrations, or undefined: the first start is then slow. */
export async function templateFolder(cache = CACHE): Promise<string | undefined> {
  const folder = join(cache, await templateKey());
  return isInitialised(folder) ? folder : undefined;
}

/**
 * Makes the template that a first start copies: an initialised database with PostGIS and every migration, closed
 * cleanly. Does nothing when it is there. Takes about 15 s once.
 * @returns its folder.
 */
export async function prepareDatabaseTemplate(cache = CACHE): Promise<string> {
  const folder = join(cache, await templateKey());
  if (isInitialised(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const draft = join(cache, `draft-${process.pid}`);
  const engine = await EmbeddedDatabase.start({ folder: draft });
  const pool = engine.pool();
  try {
    await migrate(pool, await readMigrations());
  } finally {
    await pool.end();
    await engine.close();
  }
  await rm(`${draft}.lock`, { recursive: true, force: true });
  // Another process may have finished first; its template is as good.
  await rename(draft, folder).catch(() => rm(draft, { recursive: true, force: true }));
  await removeOthers(cache, folder);
  return folder;
}

/** Changes with the engine's version and with every migration. */
async function templateKey(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of ['@electric-sql/pglite', '@electric-sql/pglite-postgis'])
    hash.update(await installedVersion(name));
  for (const migration of await readMigrations()) hash.update(migration.name).update(migration.hash);
  return hash.digest('hex').slice(0, 16);
}

async function installedVersion(name: string): Promise<string> {
  let folder = dirname(createRequire(import.meta.url).resolve(name));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return (JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}

async function removeOthers(cache: string, keep: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const other = join(cache, name);
    // Drafts belong to processes that may still be at work.
    if (other !== keep && !name.startsWith('draft-')) await rm(other, { recursive: true, force: true });
  }
}
