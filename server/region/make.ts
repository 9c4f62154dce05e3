/** Import or generate, build and install a region: the long work in a thread of its own, the switch at the end here. */
import { rm } from 'node:fs/promises';
import type { BuildStep } from './build.ts';
import type { Bbox } from './source.ts';
import { buildFolder, type InstalledRegion, installRegion } from './store.ts';
import { mostHeapMb, runThread } from './thread.ts';

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

export interface MakeProgress {
  step: MakeStep;
  share: number;
}

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

/** What to ask for instead of a region that does not fit. */
const SMALLER: Record<RegionOrder['from'], string> = {
  osm: 'the extract is too large for the memory of this machine; cut out a part with --bbox',
  synth: 'the county is too large for the memory of this machine; ask for a smaller --population',
};

/** Builds into a folder without stalling this thread. */
function buildInThread(task: WorkerTask, onProgress: (step: MakeStep, share: number) => void): Promise<void> {
  return runThread<WorkerTask, void, MakeProgress>(new URL('./worker.ts', import.meta.url), task, {
    heapMb: mostHeapMb(),
    tooLarge: SMALLER[task.order.from],
    onProgress: ({ step, share }) => onProgress(step, share),
  });
}
