/** Everything that is ever written into the audit, closed: a new act needs a new line here. */
type AuditAction =
  | 'session.open'
  | 'session.refuse'
  | 'session.close'
  | 'user.create'
  | 'region.install'
  | 'layer.apply'
  | 'layer.restore'
  | 'camera.setState'
  | 'unit.create'
  | 'unit.setState'
  | 'unit.track'
  | 'device.create'
  | 'position.share'
  | 'position.stopSharing'
  | 'alert.receive'
  | 'incident.readSubject'
  | 'incident.setHome'
  | 'incident.handOver'
  | 'incident.undoHandOver'
  | 'incident.close'
  | 'incident.addMember'
  | 'authority.request'
  | 'authority.approve'
  | 'authority.revoke'
  | 'sighting.record'
  | 'sighting.correct'
  | 'sighting.withdraw'
  | 'task.order'
  | 'task.answer'
  | 'task.result'
  | 'task.undo'
  | 'officer.create'
  | 'officer.change'
  | 'officer.remove'
  | 'vehicle.create'
  | 'vehicle.change'
  | 'vehicle.remove'
  | 'shift.plan'
  | 'shift.change'
  | 'shift.cancel'
  | 'roster.import'
  | 'road.close'
  | 'road.open'
  | 'road.useSpeeds'
  | 'prior.set'
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
