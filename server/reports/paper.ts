import { Worker } from 'node:worker_threads';
import type { Bulletin } from '#contract/bulletin.ts';
import type { Mark } from './xlsx.ts';

/** The bulletin as the bytes of a PDF file, made in a thread of its own. */
export function paperInThread(bulletin: Bulletin, mark: Mark): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./pdf-worker.ts', import.meta.url), {
      workerData: { bulletin, mark },
    });
    worker.once('message', (bytes: Uint8Array) => resolve(bytes));
    worker.once('error', reject);
    worker.once('exit', code => reject(new Error(`the thread that writes the bulletin ended with ${code}`)));
  });
}
