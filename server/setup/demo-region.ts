/** The demo's fictional county: built once after installation, copied into each new data folder. */
import { cp, rename, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { nowIso, systemClock } from '../clock.ts';
import { buildRegion } from '../region/build.ts';
import { makeRegion } from '../region/make.ts';
import { buildFolder, type InstalledRegion, installRegion, readRegion } from '../region/store.ts';

const county = { seed: 1, population: 250_000 } as const;
const prepared = fileURLToPath(new URL('../../.cache/demo-region', import.meta.url));

/** Builds the county into `dir`; what was there before goes only when the new one is whole. */
export async function prepareDemoRegion(dir: string = prepared): Promise<void> {
  const { synthRegion } = await import('../region/synth/index.ts');
  const building = `${dir}.building`;
  await rm(building, { recursive: true, force: true });
  await buildRegion(synthRegion(county), building, { createdAt: nowIso(systemClock) });
  await rm(dir, { recursive: true, force: true });
  await rename(building, dir);
}

/** Installs the county in a data folder: the prepared copy where there is one of this version, else built now. */
export async function installDemoRegion(dataDir: string): Promise<InstalledRegion> {
  if (!(await readRegion(prepared).catch(() => null))) {
    return makeRegion({ from: 'synth', ...county }, dataDir, { createdAt: nowIso(systemClock) });
  }
  const dir = await buildFolder(dataDir);
  await cp(prepared, dir, { recursive: true });
  return installRegion(dir, dataDir);
}
