import type { PurgedClass, ReceiptBody } from '#contract/retention.ts';
import { countDue } from '../../../db/queries/retention.ts';
import { serverSigner } from '../../audit/signing.ts';
import type { ServiceDeps } from '../../deps.ts';
import { trackKeeping } from '../track/keeping.ts';
import { retainTracks } from '../track/retain.ts';
import { purgeQuarantine, purgeRequests, purgeSessions } from './accounts.ts';
import { archiveIncidents } from './archive.ts';
import { eraseSpace } from './erase.ts';
import { purgeIncidents } from './incidents.ts';
import { daysAgo, dueBefore, readPeriods } from './periods.ts';
import { writeReceipt } from './receipt.ts';

/**
 * One run: everything past its period goes, class by class, then the space, then the signed receipt. A run that is stopped
 * or killed leaves whole incidents behind and no receipt; the next one goes on from there.
 * @returns what the receipt says; undefined when it was stopped.
 */
export async function purge(deps: ServiceDeps, signal: AbortSignal): Promise<ReceiptBody | undefined> {
  const { clock, database } = deps;
  const nowMs = clock.now();
  const periods = await readPeriods(database);
  const before = dueBefore(nowMs, periods);
  await archiveIncidents(deps, signal);
  const classes = [
    await purgeIncidents(deps, 'trace', before.trace, signal),
    await purgeIncidents(deps, 'vault', before.vault, signal),
    await purgeTracks(deps, periods.tracks, signal),
    await purgeSessions(deps, daysAgo(nowMs, periods.sessions)),
    await purgeQuarantine(deps, daysAgo(nowMs, periods.quarantine)),
    await purgeRequests(deps, daysAgo(nowMs, periods.requests)),
  ];
  if (signal.aborted) return undefined;
  const { held } = await database.read(tx => countDue(tx, before));
  const space = await eraseSpace(database);
  return writeReceipt(deps, await serverSigner(deps), { classes, held, space });
}

/** Whole days of tracks: what counts them is the days that went. */
async function purgeTracks(deps: ServiceDeps, days: number, signal: AbortSignal): Promise<PurgedClass> {
  const dropped = await retainTracks(deps, signal, { ...trackKeeping, retainDays: days });
  const dueBefore = daysAgo(deps.clock.now(), days).toISOString();
  return { class: 'tracks', dueBefore, rows: { days: dropped.length } };
}
