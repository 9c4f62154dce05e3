import { Worker } from 'node:worker_threads';
import type { Comparison } from './compare.ts';
import type { Task } from './worker.ts';

/** Runs a fork on in a thread of its own, which ends with it. Rejects when it fails or is stopped. */
export function solveInThread(task: Task, signal: AbortSignal): Promise<Comparison> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: task });
    const stop = () => void worker.terminate();
    signal.addEventListener('abort', stop, { once: true });
    worker.once('message', (comparison: Comparison) => resolve(comparison));
    worker.once('error', reject);
    worker.once('exit', code => {
      signal.removeEventListener('abort', stop);
      reject(new Error(`the thread that runs a fork on ended with ${code}`));
    });
  });
}
