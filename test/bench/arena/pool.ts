/** Workers that take jobs as they get free. */
import { Worker } from 'node:worker_threads';

interface Progress {
  done: number;
  total: number;
}

/**
 * Gives the jobs to so many workers of the file; the answers come back in the order of the jobs.
 * @throws the first error of a worker
 */
export async function inWorkers<Job, Answer>(
  file: URL,
  workerData: unknown,
  jobs: readonly Job[],
  count: number,
  onProgress: (progress: Progress) => void,
): Promise<Answer[]> {
  const answers = Array.from<Answer>({ length: jobs.length });
  let next = 0;
  let done = 0;
  const workers = Array.from(
    { length: Math.min(count, jobs.length) },
    () => new Worker(file, { workerData }),
  );
  try {
    await Promise.all(
      workers.map(
        worker =>
          new Promise<void>((resolve, reject) => {
            let current = -1;
            const give = (): void => {
              if (next >= jobs.length) return resolve();
              current = next++;
              worker.postMessage(jobs[current]);
            };
            worker.on('error', reject);
            worker.on('message', (answer: Answer) => {
              answers[current] = answer;
              onProgress({ done: ++done, total: jobs.length });
              give();
            });
            give();
          }),
      ),
    );
  } finally {
    await Promise.all(workers.map(worker => worker.terminate()));
  }
  return answers;
}
