import { CodedError } from '#contract/errors.ts';
import { type SightingAccess, sightingAccess } from '../../../db/queries/sighting-access.ts';
import { asSystem, elevate } from '../../../db/transaction.ts';
import { notFound, requireAllowed } from '../guard.ts';
import { loadIncident, requireOpen } from '../incident/load.ts';
import type { Work } from '../unit-of-work.ts';

/** The sighting, for somebody who may amend it now. Throws notFound, forbidden, alreadyClosed, conflict. */
export async function loadAmendable(work: Work, sightingId: string): Promise<SightingAccess> {
  requireAllowed(work.actor, 'sighting.amend');
  // Whoever may amend need not be looking: which incident it is of is asked first, and then whether that is in reach.
  const sighting = await asSystem(work.tx, () => sightingAccess(work.tx, sightingId));
  if (!sighting) throw notFound('sighting');
  requireOpen(await loadIncident(work.tx, work.actor, 'sighting.amend', sighting.incidentId, 'share'));
  if (sighting.withdrawn) throw new CodedError('conflict', 'this sighting was withdrawn');
  if (sighting.replacedBy !== null) {
    throw new CodedError('conflict', 'this sighting was corrected already; amend the newer one', {
      replacedBy: sighting.replacedBy,
    });
  }
  await elevate(work.tx);
  return sighting;
}
