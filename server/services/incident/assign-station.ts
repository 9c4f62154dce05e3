import { eq } from 'drizzle-orm';
import type { Position } from '#contract/common.ts';
import { stationFor } from '../../../db/queries/station-for.ts';
import { incident } from '../../../db/schema/index.ts';
import { issueToOwnStation } from '../order/issue.ts';
import type { Work } from '../unit-of-work.ts';

/**
 * An incident that nobody had a place for gets its station from a home that becomes known. Once decided it stays:
 * officers are already on their way.
 */
export async function assignStation(
  work: Work,
  { id: incidentId, stationId: decided }: { id: string; stationId: string | null },
  home: Position | null,
): Promise<void> {
  if (decided !== null || !home) return;
  const { stationId, basis: stationBasis } = await stationFor(work.tx, home);
  if (stationId === null || stationBasis === 'none') return;
  await work.tx.update(incident).set({ stationId, stationBasis }).where(eq(incident.id, incidentId));
  work.append({
    kind: 'stationAssigned',
    incidentId,
    observedAt: work.now,
    payload: { incidentId, stationId, stationBasis },
  });
  await issueToOwnStation(work, incidentId);
}
