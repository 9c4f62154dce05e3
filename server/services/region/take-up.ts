import { unwatchFile, watchFile } from 'node:fs';
import type { ServiceDeps } from '../../deps.ts';
import type { RegionInUse } from '../../region/in-use.ts';
import { currentRegion, type InstalledRegion, pointerFile } from '../../region/store.ts';
import { installRegionData } from './install.ts';

const LOOK_EVERY_MS = 1000;

/**
 * Takes up what the command line installs beside a running server: other tables at once, in one transaction; other
 * roads only at the next start, which the log says. Returns the way out.
 */
export function followRegion(deps: ServiceDeps, inUse: RegionInUse, dataDir: string): () => Promise<void> {
  const file = pointerFile(dataDir);
  let running = Promise.resolve();
  const look = () => {
    running = running.then(async () => {
      try {
        const installed = await currentRegion(dataDir);
        if (installed) await takeUp(deps, inUse, installed);
      } catch (error) {
        deps.log.error({ error }, 'a new version of the region cannot be taken up; the old one stays in use');
      }
    });
  };
  watchFile(file, { interval: LOOK_EVERY_MS, persistent: false }, look);
  // What was installed while the server started.
  look();
  return () => {
    unwatchFile(file, look);
    return running;
  };
}

async function takeUp(deps: ServiceDeps, inUse: RegionInUse, installed: InstalledRegion): Promise<void> {
  const regionId = installed.manifest.id;
  if (regionId === inUse.current?.manifest.id) return;
  if (inUse.fits(installed)) await installRegionData(deps, installed);
  inUse.replace(installed);
  if (inUse.restartNeeded) {
    deps.log.warn({ regionId }, 'a region with other roads is installed: start the server again to use it');
  } else deps.log.info({ regionId }, 'a new version of the region is in use');
}
