import { existsSync, readdirSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { verifyAudit } from '../audit/verify.ts';
import { perform } from '../services/unit-of-work.ts';
import { contentsIn } from './contents.ts';
import { type Installed, places, type WithServices } from './make.ts';
import { BadBackup, type Manifest, readManifest } from './manifest.ts';
import { restoreServer } from './postgres.ts';

/**
 * Puts a backup where nothing is yet: an empty data folder, and on a server an empty database. Then counts every table, walks
 * the audit to the head that was kept, and writes down that it was restored. Throws BadBackup; what was restored in vain is left
 * for whoever looks into it.
 */
export async function restoreBackup(
  { databaseUrl, dataDir }: Installed,
  withServices: WithServices,
  from: string,
): Promise<Manifest> {
  const folder = resolve(from);
  const manifest = await readManifest(folder);
  const wanted = databaseUrl === undefined ? 'embedded' : 'server';
  if (manifest.kind !== wanted)
    throw new BadBackup(
      `the backup is of the ${named[manifest.kind]}, and the settings name the ${named[wanted]}; expected the same`,
    );
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0)
    throw new BadBackup(`the data folder ${dataDir} is not empty; expected an empty one or none`);
  if (databaseUrl !== undefined) await restoreServer(databaseUrl, join(folder, places.dump));
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await cp(join(folder, places.data), dataDir, { recursive: true });
  if (databaseUrl === undefined)
    await cp(join(folder, places.database), join(dataDir, 'database'), { recursive: true });
  await withServices(async deps => {
    requireSameRows(manifest.rows, (await contentsIn(deps.database.pool)).rows);
    const verdict = await verifyAudit(deps.database, manifest.audit.head);
    if (!verdict.ok)
      throw new BadBackup(`the audit is not whole: row ${verdict.firstBadSeq} (${verdict.reason})`);
    await perform(deps, { actor: { kind: 'system', name: 'setup' } }, async work =>
      work.audit({ action: 'backup.restore', resource: manifest.kind, detail: { from: manifest.madeAt } }),
    );
  });
  return manifest;
}

const named = { embedded: 'embedded database', server: 'PostgreSQL database' } as const;

function requireSameRows(kept: Manifest['rows'], restored: Manifest['rows']): void {
  const tables = new Set([...Object.keys(kept), ...Object.keys(restored)]);
  const wrong = [...tables].find(table => kept[table] !== restored[table]);
  if (wrong !== undefined)
    throw new BadBackup(
      `table ${wrong} has ${restored[wrong] ?? 'no'} rows after the restore; expected ${kept[wrong] ?? 'none'}`,
    );
}
