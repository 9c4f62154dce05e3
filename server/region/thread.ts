/** Long work in a thread of its own: it holds nobody up, and one that needs too much memory ends alone. */
import { totalmem } from 'node:os';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { RegionError, type RegionErrorCode } from './error.ts';

type Report<Progress, Result> =
  | { type: 'progress'; progress: Progress }
  | { type: 'done'; result: Result }
  | { type: 'refused'; code: RegionErrorCode; message: string };

export interface ThreadOptions<Progress> {
  /** Most that the thread's objects may take, in MB. */
  heapMb: number;
  /** What to say when that is too little. */
  tooLarge: string;
  onProgress?: (progress: Progress) => void;
}

/** What one thread may take of this machine, or of the container around it, in MB: the rest is for others. */
export function mostHeapMb(): number {
  // 0 or beyond all reason where nothing is constrained.
  const limit = process.constrainedMemory() || Infinity;
  return Math.round((Math.min(totalmem(), limit) / 2 ** 20) * 0.75);
}

/**
 * Runs a script that consists of `answer` and resolves to what that gives.
 * @throws {RegionError} what the script refuses, or unsupported with `tooLarge`
 */
export function runThread<Task, Result, Progress = never>(
  script: URL,
  task: Task,
  { heapMb, tooLarge, onProgress = () => {} }: ThreadOptions<Progress>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    });
    worker.on('message', (report: Report<Progress, Result>) => {
      if (report.type === 'progress') onProgress(report.progress);
      else if (report.type === 'done') resolve(report.result);
      else reject(new RegionError(report.code, report.message));
    });
    worker.on('error', (cause: NodeJS.ErrnoException) => {
      const full = cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
      reject(full ? new RegionError('unsupported', tooLarge) : cause);
    });
    worker.on('exit', code => reject(new Error(`the thread ended early (exit ${code})`)));
  });
}

/** The thread's side: does the one task that it was started for and tells what came of it. */
export async function answer<Task, Result, Progress = never>(
  work: (task: Task, onProgress: (progress: Progress) => void) => Promise<Result>,
): Promise<void> {
  const report = (message: Report<Progress, Result>) => parentPort?.postMessage(message);
  try {
    const result = await work(workerData as Task, progress => report({ type: 'progress', progress }));
    report({ type: 'done', result });
  } catch (cause) {
    if (!(cause instanceof RegionError)) throw cause;
    report({ type: 'refused', code: cause.code, message: cause.message });
  }
}
