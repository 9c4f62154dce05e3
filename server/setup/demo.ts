/** Demo mode: only ever in a data folder that a demo made, never on a database server. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';

const marker = 'demo';
/** What an import leaves in a data folder. */
const ofRegions = ['regions', 'region-current.json'];

/** DEMO=1 was asked of a folder with real data. */
export class DemoRefused extends Error {}

/**
 * Decides whether this start is a demo, and marks a folder as a demo's own. Without DEMO a folder becomes one
 * that is empty or holds regions alone: whoever has just imported a county wants to see it, and has no account yet. DEMO=1
 * takes any folder without a database. Throws DemoRefused.
 */
export async function decideDemo({ databaseUrl, demo, dataDir }: Config): Promise<boolean> {
  if (databaseUrl !== undefined || demo === false) return false;
  await mkdir(dataDir, { recursive: true });
  const names = (await readdir(dataDir)).filter(name => !name.startsWith('.'));
  if (names.includes(marker)) return true;
  if (demo === true && names.includes('database')) {
    throw new DemoRefused(
      `DEMO=1: the data folder ${dataDir} holds a real database, and demo accounts have no place in it; choose an empty DATA_DIR`,
    );
  }
  if (!demo && !names.every(name => ofRegions.includes(name))) return false;
  await writeFile(join(dataDir, marker), 'This folder belongs to a demo: fictional data, demo accounts.\n');
  return true;
}
