import type { ServiceDeps } from '../deps.ts';
import type { Locating } from '../locating/locating.ts';
import { valueEvidence } from '../services/calibration/value-evidence.ts';
import type { Job } from './job.ts';

/** What learns from closed cases. One case a turn: questions of open ones wait for one answer at most. */
export const calibrationJobs = (
  deps: ServiceDeps,
  locating: () => Pick<Locating, 'thread'> | null,
): Job[] => [
  {
    name: 'valueEvidence',
    everyMs: 20_000,
    run: async () => {
      const thread = locating()?.thread;
      if (thread) await valueEvidence(deps, thread);
    },
  },
];
