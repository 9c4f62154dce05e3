import { eq } from 'drizzle-orm';
import type { HomeBody } from '#contract/address.ts';
import { incident, subjectPrivate } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { toWgs84 } from '../../ingest/coordinates.ts';
import { confidenceClass } from '../alert/home.ts';
import { notFound } from '../guard.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';
import { assignStation } from './assign-station.ts';
import { loadIncident, requireOpen } from './load.ts';

/**
 * Says where the subject of an open incident lives. Log and audit are told how it is known, never the place. An incident
 * without a station gets that of the home.
 */
export function setHome(
  deps: ServiceDeps,
  call: Call,
  incidentId: string,
  body: HomeBody,
): Promise<Done<{ incidentId: string }>> {
  return perform(deps, call, async work => {
    const found = await loadIncident(work.tx, work.actor, 'incident.setHome', incidentId, 'update');
    requireOpen(found);
    const picked = 'candidate' in body;
    const home = picked ? body.candidate.position : toWgs84(body.position);
    const basis = picked ? 'address' : 'pinned';
    await keepHome(work, incidentId, {
      home: [home.lng, home.lat],
      homeBasis: basis,
      homeRadiusM: picked ? body.candidate.radiusM : null,
      homeConfidence: picked ? body.candidate.confidence : null,
      homeElsewhere: null,
    });
    const confidence = picked ? confidenceClass(body.candidate.confidence) : 'sure';
    work.append({
      kind: 'homeResolved',
      incidentId,
      observedAt: work.now,
      payload: { incidentId, basis, confidenceClass: confidence },
    });
    await assignStation(work, found, home);
    work.audit({ action: 'incident.setHome', resource: incidentId, incidentId, detail: { basis } });
    return { incidentId };
  });
}

type Kept = Pick<
  typeof subjectPrivate.$inferInsert,
  'home' | 'homeBasis' | 'homeRadiusM' | 'homeConfidence' | 'homeElsewhere'
>;

async function keepHome(work: Work, incidentId: string, kept: Kept): Promise<void> {
  const [owner] = await work.tx
    .select({ subjectId: incident.subjectId })
    .from(incident)
    .where(eq(incident.id, incidentId));
  const changed = await work.tx
    .update(subjectPrivate)
    .set(kept)
    .where(eq(subjectPrivate.subjectId, owner!.subjectId))
    .returning({ subjectId: subjectPrivate.subjectId });
  if (changed.length === 0) throw notFound('subject; it may have been erased');
}
