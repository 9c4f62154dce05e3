import { type AuthorityRow, authorityForUpdate } from '../../../db/queries/authority.ts';
import type { IncidentAccess } from '../../../db/queries/incident-access.ts';
import { notFound, requireAllowed, requireUser } from '../guard.ts';
import { loadIncident } from '../incident/load.ts';
import type { Work } from '../unit-of-work.ts';

/** The authority, for somebody who may decide on it. Throws notFound, forbidden. */
export async function loadAuthority(
  work: Work,
  authorityId: string,
): Promise<{ row: AuthorityRow; incident: IncidentAccess; approver: string }> {
  requireAllowed(work.actor, 'authority.decide');
  const { userId: approver } = requireUser(work.actor, 'only a person can decide on an authority');
  const row = await authorityForUpdate(work.tx, authorityId);
  if (!row) throw notFound('authority');
  const incident = await loadIncident(work.tx, work.actor, 'authority.decide', row.incidentId, 'share');
  return { row, incident, approver };
}
