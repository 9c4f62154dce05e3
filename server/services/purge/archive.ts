import { inArray } from 'drizzle-orm';
import { type DueIncident, dueIncidents } from '../../../db/queries/retention.ts';
import { incident } from '../../../db/schema/index.ts';
import { clockActor } from '../../auth/actor.ts';
import type { ServiceDeps } from '../../deps.ts';
import { archiveAfterDays } from '../../retention/classes.ts';
import { perform, type Work } from '../unit-of-work.ts';
import { daysAgo } from './periods.ts';

const atOnce = 200;

/** Takes incidents off the screens that were closed long enough ago. @returns how many. */
export async function archiveIncidents(deps: ServiceDeps, signal: AbortSignal): Promise<number> {
  const before = daysAgo(deps.clock.now(), archiveAfterDays);
  let archived = 0;
  for (let more = true; more && !signal.aborted; ) {
    const { reply } = await perform(deps, { actor: clockActor }, async work => {
      const due = await dueIncidents(work.tx, 'archive', before, atOnce);
      await archive(work, due);
      return due.length;
    });
    archived += reply;
    more = reply === atOnce;
  }
  return archived;
}

/** Takes those of these incidents off the screens that still are on them. */
export async function archive(work: Work, incidents: readonly DueIncident[]): Promise<void> {
  const shown = incidents.filter(({ archivedAt }) => archivedAt === null);
  if (shown.length === 0) return;
  await work.tx
    .update(incident)
    .set({ archivedAt: work.at })
    .where(
      inArray(
        incident.id,
        shown.map(({ id }) => id),
      ),
    );
  for (const { id: incidentId, stationId, orderStationIds } of shown)
    work.append({
      kind: 'incidentArchived',
      incidentId,
      observedAt: work.now,
      payload: { incidentId, stationId, orderStationIds },
    });
}
