import type { z } from 'zod';
import type { correctBodySchema } from '#contract/sighting.ts';
import type { ServiceDeps } from '../../deps.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';
import { loadAmendable } from './load.ts';
import { storeSighting } from './store.ts';

/** Replaces a sighting by a corrected one; the old one stays, marked, so that a replay shows what was believed when. */
export function correctSighting(
  deps: ServiceDeps,
  call: Call,
  sightingId: string,
  { reason, ...sighting }: z.infer<typeof correctBodySchema>,
): Promise<Done<{ sightingId: string }>> {
  return perform(deps, call, async work => {
    const { incidentId } = await loadAmendable(work, sightingId);
    const correctedId = await storeSighting(work, incidentId, sighting, sightingId);
    const observedAt = new Date(sighting.observedAt).toISOString();
    const { kind } = sighting;
    work.append({
      kind: 'sightingCorrected',
      incidentId,
      observedAt,
      payload: { incidentId, sightingId: correctedId, replaces: sightingId, kind, observedAt },
    });
    work.audit({
      action: 'sighting.correct',
      resource: correctedId,
      incidentId,
      reason,
      detail: { replaces: sightingId },
    });
    return { sightingId: correctedId };
  });
}
