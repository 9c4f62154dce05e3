import { Worker } from 'node:worker_threads';

export interface SimOptions {
  baseUrl: string;
  /** Folder of the current region (reference data and road graph). */
  regionDir: string;
  /** File where the demo's devices keep their tokens. */
  deviceFile: string;
  seed: number;
}

export type SimMessage = { say: string };

/** Runs the demo's world in a thread of its own; it reaches the server through its address like everyone else. */
export function startSim(options: SimOptions, say: (line: string) => void): { stop(): Promise<void> } {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: options });
  worker.on('message', (message: SimMessage) => say(message.say));
  worker.on('error', error => say(`demo: the simulator stopped: ${error.message}`));
  return {
    stop: async () => {
      await worker.terminate();
    },
  };
}
