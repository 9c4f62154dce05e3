import type { RequestBatch } from './frames.ts';

/** What the worker is started with. */
export interface WorkerInput {
  folder: string;
  /** Initialise the folder, close it and exit: nothing is served. */
  initialiseOnly: boolean;
}

/** To the worker. `session` numbers the connection; a reply to a connection that is gone is dropped. */
export type ToWorker =
  | ({ type: 'request'; session: number } & RequestBatch)
  | { type: 'resetSession' }
  | { type: 'checkpoint' }
  | { type: 'close' };

/** From the worker. */
export type FromWorker =
  | { type: 'up' }
  | { type: 'reply'; session: number; bytes: Uint8Array<ArrayBuffer> }
  | { type: 'broken'; reason: string };
