import { existsSync, readdirSync } from 'node:fs';
import { constants, cp, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { WorkerInput } from './messages.ts';

/** Deep recursion in SQL (a runaway function, a huge expression) overflows Node's default 4 MB and poisons the engine. */
const STACK_MB = 16;

/** Whether a folder holds an initialised database. */
export const isInitialised = (folder: string): boolean => existsSync(join(folder, 'PG_VERSION'));

/**
 * Makes `folder` an initialised database with PostGIS: a copy of `template` where there is one (well under a second), else from
 * nothing (about 12 s). Works beside the folder and renames at the end, so a first start that is killed leaves
 * nothing half made. The caller holds the folder's lock.
 */
export async function initialiseFolder(folder: string, template: string | undefined): Promise<void> {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new Error(`${folder} is not empty and not a database: expected an empty folder or none`);
  const draft = `${folder}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  if (template && isInitialised(template)) {
    await cp(template, draft, { recursive: true, mode: constants.COPYFILE_FICLONE });
  } else {
    await initialiseFromNothing(draft);
  }
  await flushAll(draft);
  await rename(draft, folder);
}

/** From here on the engine relies on every file being on the disk. */
async function flushAll(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = await open(join(entry.parentPath, entry.name));
    await file.sync();
    await file.close();
  }
}

function initialiseFromNothing(folder: string): Promise<void> {
  const worker = startWorker({ folder, initialiseOnly: true });
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', code =>
      code === 0
        ? resolve()
        : reject(new Error(`initialising the embedded database ended with exit code ${code}, expected 0`)),
    );
  });
}

/** Starts the engine's thread. It inherits no loader flags: it runs plain TypeScript by type stripping. */
export function startWorker(input: WorkerInput): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: input,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    resourceLimits: { stackSizeMb: STACK_MB },
  });
}
