import { type FullSubject, fullSubject } from '../../../db/queries/full-subject.ts';
import type { Actor } from '../../auth/actor.ts';
import { contextOf } from '../../auth/reach.ts';
import type { ServiceDeps } from '../../deps.ts';
import { notFound } from '../guard.ts';
import { perform } from '../unit-of-work.ts';
import { loadIncident } from './load.ts';

/** Name, number and address in full, for who works on the incident. Read only after its audit row is committed. */
export async function readSubject(deps: ServiceDeps, actor: Actor, incidentId: string): Promise<FullSubject> {
  await perform(deps, { actor }, async work => {
    await loadIncident(work.tx, actor, 'incident.readSubject', incidentId);
    work.audit({ action: 'incident.readSubject', resource: incidentId, incidentId });
  });
  const subject = await deps.database.read(tx => fullSubject(tx, incidentId), contextOf(actor));
  if (!subject) throw notFound('subject; it may have been erased');
  return subject;
}
