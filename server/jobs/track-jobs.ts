import type { Database } from '../../db/connect.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { ensurePartitionsAhead } from '../services/position/partitions.ts';
import { compactTracks } from '../services/track/compact.ts';
import { readPeriods } from '../services/purge/periods.ts';
import { trackKeeping } from '../services/track/keeping.ts';
import { retainTracks } from '../services/track/retain.ts';
import type { Job } from './job.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** What keeps positions fast to write, small to store and no longer than they may be. */
export function trackJobs(deps: { database: Database; clock: Clock; log: Logger }): Job[] {
  return [
    { name: 'partitionsAhead', everyMs: hourMs, run: () => ensurePartitionsAhead(deps) },
    {
      name: 'compactTracks',
      everyMs: 10 * minuteMs,
      // After a start there is enough to do.
      firstAfterMs: 2 * minuteMs,
      run: async signal => {
        const done = await compactTracks(deps, signal);
        if (done.chunks > 0 || done.dropped.length > 0) deps.log.info(done, 'positions were compacted');
      },
    },
    {
      name: 'retainTracks',
      everyMs: 6 * hourMs,
      firstAfterMs: 5 * minuteMs,
      run: async signal => {
        const { tracks: retainDays } = await readPeriods(deps.database);
        const dropped = await retainTracks(deps, signal, { ...trackKeeping, retainDays });
        if (dropped.length > 0) deps.log.info({ dropped }, 'tracks older than the retention were dropped');
      },
    },
  ];
}
