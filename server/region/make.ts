/** Import or generate, build and install a region: the long work in a thread of its own, the switch at the end here. */
import { rm } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { BuildStep } from './build.ts';
import { RegionError, type RegionErrorCode } from './error.ts';
import type { Bbox } from './source.ts';
import { buildFolder, type InstalledRegion, installRegion } from './store.ts';

/** What to make a region of. */
export type RegionOrder =
  | { from: 'osm'; file: string; name?: string; bbox?: Bbox }
  | { from: 'synth'; seed: number; population: number };

export type MakeStep = 'read' | 'roads' | 'areas' | 'places' | 'generate' | BuildStep;

export interface WorkerTask {
  order: RegionOrder;
  dir: string;
  createdAt: string;
}

export type WorkerReport =
  | { type: 'progress'; step: MakeStep; share: number }
  | { type: 'done' }
  | { type: 'refused'; code: RegionErrorCode; message: string };

export interface MakeOptions {
  /** ISO 8601. */
  createdAt: string;
  onProgress?: (step: MakeStep, share: number) => void;
}

/**
 * Makes a region and installs it in the data folder. A server that runs keeps the region it started with.
 * @throws {RegionError} what was wrong with the input; the region that is installed is then untouched
 */
export async function makeRegion(
  order: RegionOrder,
  dataDir: string,
  options: MakeOptions,
): Promise<InstalledRegion> {
  const dir = await buildFolder(dataDir);
  try {
    await buildInThread({ order, dir, createdAt: options.createdAt }, options.onProgress ?? (() => {}));
    return await installRegion(dir, dataDir);
  } finally {
    await rm(dir, { recursive: true, force: true }); // gone already when it was installed
  }
}

/** Builds into a folder without stalling this thread. */
function buildInThread(task: WorkerTask, onProgress: (step: MakeStep, share: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: task });
    worker.on('message', (report: WorkerReport) => {
      if (report.type === 'progress') onProgress(report.step, report.share);
      else if (report.type === 'done') resolve();
      else reject(new RegionError(report.code, report.message));
    });
    worker.on('error', (cause: NodeJS.ErrnoException) => {
      const full = cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
      reject(
        full
          ? new RegionError(
              'unsupported',
              'the extract is too large for the memory of this machine; cut out a part with --bbox',
            )
          : cause,
      );
    });
    worker.on('exit', code => reject(new Error(`the building thread ended early (exit ${code})`)));
  });
}
