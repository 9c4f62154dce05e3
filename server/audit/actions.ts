/** Everything that is ever written into the audit, closed: a new act needs a new line here. */
type AuditAction =
  | 'session.open'
  | 'session.refuse'
  | 'session.close'
  | 'user.create'
  | 'region.install'
  | 'unit.create'
  | 'unit.setState'
  | 'device.create'
  | 'alert.receive'
  | 'incident.readSubject'
  | 'incident.close'
  | 'incident.addMember'
  | 'authority.request'
  | 'authority.approve'
  | 'authority.revoke'
  | 'sighting.record'
  | 'sighting.correct'
  | 'sighting.withdraw'
  | 'trace.open'
  | 'trace.read'
  | 'trace.refuse';

/**
 * What an act leaves behind. Ids, classes and counts only: the audit is kept for ever, so names, numbers and free text
 * about a subject have no place in it. `reason` is the actor's own justification of a look or a correction.
 */
export interface AuditDraft {
  action: AuditAction;
  /** What was acted on: an id, or the kind of thing where there is none yet. */
  resource: string;
  incidentId?: string;
  reason?: string;
  detail?: Record<string, string | number | boolean | null | string[]>;
}
