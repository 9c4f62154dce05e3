import { Worker } from 'node:worker_threads';
import type { AfterAction } from '#contract/after-action.ts';
import type { Bulletin } from '#contract/bulletin.ts';
import type { Mark } from './xlsx.ts';

/** What can be put on paper. */
export type Paper = { bulletin: Bulletin } | { afterAction: AfterAction };

/** The bytes of a PDF file, made in a thread of its own. */
export function paperInThread(paper: Paper, mark: Mark): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./pdf-worker.ts', import.meta.url), {
      workerData: { paper, mark },
    });
    worker.once('message', (bytes: Uint8Array) => resolve(bytes));
    worker.once('error', reject);
    worker.once('exit', code => reject(new Error(`the thread that writes the paper ended with ${code}`)));
  });
}
