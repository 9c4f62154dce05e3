import { hourOf } from '#road/speeds.ts';
import type { ServiceDeps } from '../deps.ts';
import { newestReceipt } from '../../db/queries/retention.ts';
import { archiveIncidents } from '../services/purge/archive.ts';
import { purge } from '../services/purge/run.ts';
import { reportDays } from '../services/review/report-days.ts';
import type { Job } from './job.ts';

const hourMs = 3_600_000;
/** Hours in Shanghai at which a purge disturbs the fewest. */
const quietHours = { from: 3, to: 6 };
/** A centre that is only up by day is purged by day in the end. */
const overdueMs = 36 * hourMs;

/** What keeps nothing longer than it may be kept, and notes each day where the audit's chain has come to. */
export function retentionJobs(deps: ServiceDeps & { dataDir: string }): Job[] {
  return [
    {
      name: 'archiveIncidents',
      everyMs: hourMs,
      firstAfterMs: 5 * 60_000,
      run: async signal => void (await archiveIncidents(deps, signal)),
    },
    { name: 'purge', everyMs: hourMs, firstAfterMs: 30 * 60_000, run: signal => purgeIfDue(deps, signal) },
    {
      name: 'reportDays',
      everyMs: hourMs / 4,
      firstAfterMs: 60_000,
      run: async signal => void (await reportDays(deps, signal)),
    },
  ];
}

/** Once a night. */
async function purgeIfDue(deps: ServiceDeps, signal: AbortSignal): Promise<void> {
  const nowMs = deps.clock.now();
  const last = await deps.database.read(newestReceipt);
  const sinceMs = last ? nowMs - Date.parse(last.at) : Number.POSITIVE_INFINITY;
  const { hour } = hourOf(nowMs);
  const quiet = hour >= quietHours.from && hour < quietHours.to;
  if (sinceMs < 20 * hourMs || !(quiet || sinceMs > overdueMs)) return;
  const receipt = await purge(deps, signal);
  if (receipt)
    deps.log.info({ receiptId: receipt.id, held: receipt.held }, 'what was past its period was purged');
}
