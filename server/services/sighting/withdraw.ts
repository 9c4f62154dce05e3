import { and, eq, isNull } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import { sighting } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';
import { loadAmendable } from './load.ts';

/** Takes a sighting back: it no longer counts, but stays for the replay. */
export function withdrawSighting(
  deps: ServiceDeps,
  call: Call,
  sightingId: string,
  reason: string,
): Promise<Done<{ sightingId: string }>> {
  return perform(deps, call, async work => {
    const { incidentId } = await loadAmendable(work, sightingId);
    await markWithdrawn(work, incidentId, sightingId);
    work.audit({ action: 'sighting.withdraw', resource: sightingId, incidentId, reason });
    return { sightingId };
  });
}

/** Marks and logs a sighting as withdrawn; the caller audits why. Throws conflict when somebody was faster. */
export async function markWithdrawn(work: Work, incidentId: string, sightingId: string): Promise<void> {
  const withdrawn = await work.tx
    .update(sighting)
    .set({ withdrawnAt: work.at })
    .where(and(eq(sighting.id, sightingId), isNull(sighting.withdrawnAt)))
    .returning({ id: sighting.id });
  if (withdrawn.length === 0) throw new CodedError('conflict', 'this sighting was withdrawn');
  work.append({
    kind: 'sightingWithdrawn',
    incidentId,
    observedAt: work.now,
    payload: { incidentId, sightingId },
  });
}
