/** The thread that makes a region: takes one task, reports progress, ends. */
import { buildRegion } from './build.ts';
import { importOsm } from './import/index.ts';
import type { MakeProgress, MakeStep, RegionOrder, WorkerTask } from './make.ts';
import type { RegionSource } from './source.ts';
import { answer } from './thread.ts';

type OnProgress = (step: MakeStep, share: number) => void;

async function readSource(order: RegionOrder, onProgress: OnProgress): Promise<RegionSource> {
  if (order.from === 'osm') {
    const { from: _, file, ...options } = order;
    return await importOsm(file, { ...options, onProgress });
  }
  onProgress('generate', 0);
  const { synthRegion } = await import('./synth/index.ts');
  return synthRegion({ seed: order.seed, population: order.population });
}

await answer<WorkerTask, void, MakeProgress>(async ({ order, dir, createdAt }, report) => {
  const onProgress: OnProgress = (step, share) => report({ step, share });
  await buildRegion(await readSource(order, onProgress), dir, { createdAt, onProgress });
});
