import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { RegionError } from './error.ts';
import { isRunning } from './process.ts';

const LOCK = 'region.lock';
const RETRY_MS = 50;
const PATIENCE_MS = 60_000;
/** Nobody takes longer from making the file to writing a name into it. */
const NAMING_MS = 2000;
/** Tells this process from an earlier one of the same number, as it happens in containers. */
const self = `${process.pid} ${randomUUID()}`;

/**
 * Runs `work` while no other process, and nobody else in this one, switches the data folder's region. A lock that a
 * killed process left behind is removed.
 * @throws {RegionError} conflict when another one does not finish within a minute
 */
export async function withRegionLock<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dataDir, { recursive: true });
  const path = join(dataDir, LOCK);
  for (let waitedMs = 0; !(await take(path, waitedMs)); waitedMs += RETRY_MS) {
    if (waitedMs >= PATIENCE_MS) {
      throw new RegionError(
        'conflict',
        `another process is changing the region (see ${path}); try again later`,
      );
    }
    await wait(RETRY_MS);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string, waitedMs: number): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(self);
    await file.close();
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    const holder = await readFile(path, 'utf8').catch(() => '');
    // Empty: its owner is just about to write its name, or was killed before it did.
    const abandoned = holder === '' ? waitedMs >= NAMING_MS : !isAlive(Number.parseInt(holder, 10));
    if (holder !== self && abandoned) await rm(path, { force: true });
    return false;
  }
}

/** Another living process; this one's number in another's lock is from before a restart. */
const isAlive = (pid: number): boolean => pid !== process.pid && isRunning(pid);
