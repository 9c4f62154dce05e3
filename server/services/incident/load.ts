import { CodedError } from '#contract/errors.ts';
import { type IncidentAccess, incidentAccess, type Lock } from '../../../db/queries/incident-access.ts';
import type { Tx } from '../../../db/transaction.ts';
import type { Actor } from '../../auth/actor.ts';
import { type Action, can } from '../../auth/policy.ts';
import { noSuch, requireAllowed } from '../guard.ts';

/**
 * The incident, if `actor` may do `action` to it. Whoever may not read it is told that there is none; a gateway reads
 * nothing and is asked about the action alone. Throws notFound, forbidden, unauthenticated.
 */
export async function loadIncident(
  tx: Tx,
  actor: Actor,
  action: Action,
  incidentId: string,
  lock: Lock = 'none',
): Promise<IncidentAccess> {
  requireAllowed(actor, action);
  const incident = await incidentAccess(tx, incidentId, lock);
  if (!incident) throw noSuch('incident', incidentId);
  if (actor.kind === 'user' && can(actor, 'incident.read', incident) !== 'allow')
    throw noSuch('incident', incidentId);
  requireAllowed(actor, action, incident, { what: 'incident', id: incidentId });
  return incident;
}

/** Throws alreadyClosed unless the incident is open. */
export function requireOpen(incident: IncidentAccess): void {
  if (incident.state !== 'open') throw new CodedError('alreadyClosed', 'this incident is closed');
}
