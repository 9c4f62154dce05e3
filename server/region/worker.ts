/** The thread that makes a region: takes one task, reports progress, ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { buildRegion } from './build.ts';
import { RegionError } from './error.ts';
import { importOsm } from './import/index.ts';
import type { MakeStep, RegionOrder, WorkerReport, WorkerTask } from './make.ts';
import type { RegionSource } from './source.ts';

const report = (message: WorkerReport) => parentPort?.postMessage(message);
const onProgress = (step: MakeStep, share: number) => report({ type: 'progress', step, share });

async function readSource(order: RegionOrder): Promise<RegionSource> {
  if (order.from === 'osm') {
    const { from: _, file, ...options } = order;
    return await importOsm(file, { ...options, onProgress });
  }
  onProgress('generate', 0);
  const { synthRegion } = await import('./synth/index.ts');
  return synthRegion({ seed: order.seed, population: order.population });
}

const { order, dir, createdAt } = workerData as WorkerTask;
try {
  await buildRegion(await readSource(order), dir, { createdAt, onProgress });
  report({ type: 'done' });
} catch (cause) {
  if (!(cause instanceof RegionError)) throw cause;
  report({ type: 'refused', code: cause.code, message: cause.message });
}
